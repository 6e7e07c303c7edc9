/** Who is wanted against who is there, in an organisation and all below it; and by which presets it is staffed. */
import { MultiSelect, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { reasonOf } from '../../api/request';
import { nameIn } from '../../i18n';
import { Answered } from '../../ui/States';
import { useAsked } from '../../ui/useAsked';
import * as api from '../api';
import { sayDone, sayFault } from '../saved';
import type { Filled, Preset, Staffing as Said } from '../types';

export function Staffing({ organisation }: { organisation: string }) {
  const { t } = useTranslation('admin');
  const asked = useAsked(async () => ({ said: await api.staffing(organisation), presets: await api.presets() }), [organisation]);
  return (
    <section className="ui-tools" aria-label={t('staffing')} data-testid="staffing">
      <Title order={4} size="h5">
        {t('staffing')}
      </Title>
      <Answered asked={asked}>{({ said, presets }) => <Of organisation={organisation} first={said} presets={presets} />}</Answered>
    </section>
  );
}

function Of({ organisation, first, presets }: { organisation: string; first: Said; presets: readonly Preset[] }) {
  const { t, i18n } = useTranslation('admin');
  const [said, setSaid] = useState(first);
  const choose = (codes: string[]) => api.chooseStaffing(organisation, codes).then((now) => (setSaid(now), sayDone('saved')), (error: unknown) => sayFault(reasonOf(error)));
  const offered = presets.filter((one) => !one.retired || said.chosen.includes(one.code));
  return (
    <Stack gap="xs">
      <MultiSelect label={t('staffedBy')} description={t('staffedByHint')} data={offered.map((one) => ({ value: one.code, label: nameIn(i18n.language, one.name_en, one.name_zh) }))} value={said.chosen} onChange={(codes) => void choose(codes)} />
      {said.posts.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('noStaffing')}
        </Text>
      ) : (
        <Table posts={said.posts} />
      )}
      {said.short_total > 0 && <Text size="sm">{t('shortTotal', { count: said.short_total })}</Text>}
    </Stack>
  );
}

function Table({ posts }: { posts: readonly Filled[] }) {
  const { t, i18n } = useTranslation('admin');
  return (
    <table className="admin-staffing">
      <thead>
        <tr>
          {(['post', 'wanted', 'present', 'onDuty', 'shortfall'] as const).map((key) => (
            <th key={key} scope="col">
              {t(key)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {posts.map((one) => (
          <tr key={one.post}>
            <th scope="row">{nameIn(i18n.language, one.name_en, one.name_zh)}</th>
            <td>{one.wanted}</td>
            <td>{one.present}</td>
            <td>{one.on_duty}</td>
            <td className={one.shortfall ? 'short' : ''}>{one.shortfall || '–'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
