/** The incident out of something else, a visit or an inspection: a link to it, or making it. */
import { Anchor, Button, Group, Select } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { pathOf } from '../app/route';
import { nameIn } from '../i18n';
import { useAsked } from '../ui/useAsked';
import { kinds } from './api';
import { useDeed } from './useDeed';
import './words';

interface Props {
  /** Id, once there is one. */
  incident: string | null;
  /** Whether who looks may make one of this. */
  may: boolean;
  report: (kind: string) => Promise<unknown>;
  done: () => void;
  testId: string;
}

export function FollowUp({ incident, may, testId, ...making }: Props) {
  const { t } = useTranslation('desk');
  const [open, setOpen] = useState(false);
  if (incident)
    return (
      <Anchor size="sm" href={pathOf('desk', [incident])} data-testid={`${testId}-incident`}>
        {incident}
      </Anchor>
    );
  if (!may) return null;
  if (open) return <Making {...making} />;
  return (
    <Button size="compact-sm" variant="default" onClick={() => setOpen(true)} data-testid={testId}>
      {t('followUp')}
    </Button>
  );
}

function Making({ report, done }: Pick<Props, 'report' | 'done'>) {
  const { t, i18n } = useTranslation('desk');
  const [kind, setKind] = useState<string | null>(null);
  const known = useAsked(kinds, []);
  const { busy, run } = useDeed();
  const choices = (known.data ?? []).map((one) => ({ value: one.code, label: `${nameIn(i18n.language, one.name_en, one.name_zh)} · ${one.code}` }));
  const make = async () => {
    if (kind && (await run(() => report(kind)))) done();
  };
  return (
    <Group gap={8}>
      <Select size="xs" w={280} aria-label={t('followUpKind')} placeholder={t('followUpKind')} searchable data={choices} value={kind} onChange={setKind} />
      <Button size="compact-sm" loading={busy} disabled={!kind} onClick={() => void make()}>
        {t('followUp')}
      </Button>
    </Group>
  );
}
