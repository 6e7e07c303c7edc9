/** How the public found the services: counted by organisation, window, service or day, and low scores to follow up. */
import { Button, Group, Select, Text, Textarea, Title } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useDeed } from '../desk/useDeed';
import { usePages } from '../ui/list/usePages';
import '../desk/words';
import { instantOf } from '../format/moments';
import { nameIn } from '../i18n';
import { OrganisationChoice } from '../service/OrganisationChoice';
import { Answered, Empty, Fault } from '../ui/States';
import { useAsked } from '../ui/useAsked';
import * as api from './api';
import { shares } from './state';
import { GROUPS, type Evaluation, type Group as By, type Result } from './types';

export function Evaluations() {
  const { t } = useTranslation('partyDesk');
  const [by, setBy] = useState<By>('window');
  const [organisation, setOrganisation] = useState<string | null>(null);
  const asked = useAsked(() => api.results(by, organisation ?? undefined), [by, organisation]);
  return (
    <div className="party-evaluations">
      <section>
        <Group align="end">
          <Select aria-label={t('evaluations')} data={GROUPS.map((value) => ({ value, label: t(`by_${value}`) }))} value={by} onChange={(value) => value && setBy(value as By)} allowDeselect={false} data-testid="results-by" />
          <OrganisationChoice aria-label={t('organisation')} placeholder={t('everyOrganisation')} value={organisation} onChange={setOrganisation} clearable />
          <Text size="sm" c="dimmed" pb={8}>
            {t('lastDays')}
          </Text>
        </Group>
        <Answered asked={asked}>{({ whole, items }) => (whole === null ? <Empty hint={t('noEvaluationsHint')}>{t('noEvaluations')}</Empty> : <Results whole={whole} items={items} />)}</Answered>
      </section>
      <ToFollowUp organisation={organisation} onChange={asked.again} />
    </div>
  );
}

function Results({ whole, items }: { whole: Result; items: readonly Result[] }) {
  const { t } = useTranslation('partyDesk');
  return (
    <>
      <div className="party-figures">
        {([['evaluated', whole.evaluations], ['mean', whole.mean.toFixed(2)], ['low', whole.low], ['openLow', whole.open]] as const).map(([name, figure]) => (
          <div key={name}>
            <b data-testid={`figure-${name}`}>{figure}</b>
            <span>{t(name)}</span>
          </div>
        ))}
      </div>
      <div className="party-scroll" tabIndex={0} role="region" aria-label={t('evaluations')}>
        <table className="party-table">
          <thead>
            <tr>
              <th scope="col" aria-label={t('organisation')} />
              <th scope="col">{t('evaluated')}</th>
              <th scope="col">{t('mean')}</th>
              <th scope="col">{t('distribution')}</th>
              <th scope="col">{t('openLow')}</th>
            </tr>
          </thead>
          <tbody>
            {items.map((one) => (
              <Line key={one.id} one={one} />
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

function Line({ one }: { one: Result }) {
  const { t, i18n } = useTranslation('partyDesk');
  return (
    <tr data-testid="result">
      <th scope="row">{one.name_en === null ? (one.id ?? t('ofRequest')) : nameIn(i18n.language, one.name_en, one.name_zh)}</th>
      <td>{one.evaluations}</td>
      <td>{one.mean.toFixed(2)}</td>
      <td>
        <span className="party-bar" role="img" aria-label={one.scores.map((count, n) => `${n + 1}: ${count}`).join(', ')}>
          {shares(one.scores).map((share, n) => (
            <i key={n} data-score={n + 1} style={{ width: `${share}%` }} />
          ))}
        </span>
      </td>
      <td>{one.open || ''}</td>
    </tr>
  );
}

function ToFollowUp({ organisation, onChange }: { organisation: string | null; onChange: () => void }) {
  const { t } = useTranslation('partyDesk');
  const pages = usePages<Evaluation>('/evaluations', { open: true, organisation });
  return (
    <section className="party-low">
      <Title order={3} size="h5">
        {t('toFollowUp')}
      </Title>
      {pages.problem && <Fault problem={pages.problem} again={pages.again} />}
      {pages.rows.map((one) => (
        <Low key={one.id} one={one} onChange={() => (pages.again(), onChange())} />
      ))}
      {pages.done && pages.rows.length === 0 && <Empty>{t('nothingLow')}</Empty>}
    </section>
  );
}

function Low({ one, onChange }: { one: Evaluation; onChange: () => void }) {
  const { t, i18n } = useTranslation('partyDesk');
  const { busy, run } = useDeed();
  const [note, setNote] = useState('');
  const send = (event: FormEvent) => {
    event.preventDefault();
    void run(() => api.followUp(one.id, one.version, note.trim()), t('done_save')).then(onChange);
  };
  return (
    <form className="party-card" onSubmit={send} data-testid="low">
      <Text fw={600}>
        {one.score}/5 · {one.window_name ?? one.organisation_name} {one.service_en && `· ${nameIn(i18n.language, one.service_en, one.service_zh)}`}
      </Text>
      <Text size="sm" c="dimmed">
        {t(one.subject === 'tickets' ? 'ofTicket' : 'ofRequest')} {one.of} · {instantOf(one.at)} {one.tags.length > 0 && `· ${one.tags.map((tag) => t(tag === 'place' ? 'tag_place' : tag)).join(', ')}`}
      </Text>
      {one.comment && <Text className="party-wrap">{one.comment}</Text>}
      <Textarea label={t('followUp')} required autosize minRows={2} maxLength={2_000} value={note} onChange={(event) => setNote(event.currentTarget.value)} data-testid="follow-up-note" />
      <Button type="submit" size="xs" loading={busy} disabled={!note.trim()} data-testid="follow-up-send">
        {t('doFollowUp')}
      </Button>
    </form>
  );
}
