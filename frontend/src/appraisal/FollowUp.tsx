/** The incident out of a diary entry: a link to it, or making it. */
import { Anchor, Button, Group, Select } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { pathOf } from '../app/route';
import { kinds } from '../desk/api';
import { useDeed } from '../desk/useDeed';
import { nameIn } from '../i18n';
import { useStore } from '../state/store';
import { useAsked } from '../ui/useAsked';
import * as api from './api';
import type { Entry } from './types';

export function FollowUp({ entry, done }: { entry: Entry; done: () => void }) {
  const { t } = useTranslation('appraisal');
  const [open, setOpen] = useState(false);
  const observer = useStore((state) => state.me?.role === 'observer');
  if (entry.incident)
    return (
      <Anchor size="sm" href={pathOf('desk', [entry.incident])}>
        {entry.incident}
      </Anchor>
    );
  if (observer || entry.latitude === null) return null;
  if (open) return <Report entry={entry} done={done} />;
  return (
    <Button size="compact-sm" variant="default" onClick={() => setOpen(true)} data-testid="diary-report">
      {t('report')}
    </Button>
  );
}

function Report({ entry, done }: { entry: Entry; done: () => void }) {
  const { t, i18n } = useTranslation('appraisal');
  const [kind, setKind] = useState<string | null>(null);
  const known = useAsked(kinds, []);
  const { busy, run } = useDeed();
  const choices = (known.data ?? []).map((one) => ({ value: one.code, label: `${nameIn(i18n.language, one.name_en, one.name_zh)} · ${one.code}` }));
  const report = async () => {
    if (kind && (await run(() => api.followUp(entry.id, kind)))) done();
  };
  return (
    <Group gap={8}>
      <Select size="xs" w={280} aria-label={t('kind')} placeholder={t('kind')} searchable data={choices} value={kind} onChange={setKind} />
      <Button size="compact-sm" loading={busy} disabled={!kind} onClick={() => void report()}>
        {t('report')}
      </Button>
    </Group>
  );
}
