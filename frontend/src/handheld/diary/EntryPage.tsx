/** One entry: words, photographs, how it was rated, and the incident out of it. */
import { Alert, Badge, Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Photographs } from '../../appraisal/Photographs';
import type { Entry } from '../../appraisal/types';
import { momentOf } from '../../format/moments';
import { Empty } from '../../ui/States';
import { Dim, Heading } from '../pages/parts';
import { KindSelect } from '../pages/ReportForm';
import { outbox } from '../service';
import { read } from '../session';
import { useHandheld } from '../store';
import { followUp } from './entry';

export function EntryPage({ id }: { id: string }) {
  const { t } = useTranslation('diary');
  const entry = useHandheld((state) => state.diary.find((one) => one.id === id));
  return (
    <>
      <Heading back="diary">{entry?.place ?? t('diary')}</Heading>
      {entry ? <Shown entry={entry} /> : <Empty>{t('gone')}</Empty>}
    </>
  );
}

function Shown({ entry }: { entry: Entry }) {
  const { t } = useTranslation('diary');
  const met = [...entry.visited.map((one) => one.name), ...(entry.met ? [entry.met] : [])];
  return (
    <Stack gap="sm">
      <Dim>
        {entry.id} · {momentOf(entry.visited_at)}
        {met.length > 0 && ` · ${t('met')} ${met.join(', ')}`}
      </Dim>
      <Text className="said">{entry.text}</Text>
      {entry.photographs > 0 && <Photographs entry={entry} read={read} />}
      {entry.drawn_at && entry.rating === null && <Badge variant="light" c="var(--mantine-color-text)">{t('drawn')}</Badge>}
      {entry.rating !== null && (
        <Alert title={t('ratedBy', { rating: entry.rating, name: entry.rated_by })}>
          <span className="said">{entry.word}</span>
        </Alert>
      )}
      <FollowUp entry={entry} />
    </Stack>
  );
}

function FollowUp({ entry }: { entry: Entry }) {
  const { t } = useTranslation('diary');
  const [kind, setKind] = useState('');
  const isWaiting = useHandheld((state) => state.outbox.some((item) => item.doing === 'follow-up' && item.path === followUp(entry.id, '', '').path));
  if (entry.incident) return <Text fw={650}>{t('incidentOf', { id: entry.incident })}</Text>;
  if (isWaiting) return <Dim>{t('waiting')}</Dim>;
  if (entry.latitude === null) return <Dim>{t('noPlace')}</Dim>;
  return (
    <Stack gap={8} component="section" className="card" aria-label={t('report')}>
      <KindSelect isEmergency={false} value={kind} change={setKind} label={t('alsoReport')} />
      <Group grow>
        <Button disabled={!kind} onClick={() => void outbox.add(followUp(entry.id, kind, entry.text.slice(0, 80)))} data-testid="diary-follow-up">
          {t('report')}
        </Button>
      </Group>
    </Stack>
  );
}
