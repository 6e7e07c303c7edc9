/** The member's work diary: what he wrote, what waits to be sent, and writing another. */
import { Badge, Group, Stack, Text } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { Entry } from '../../appraisal/types';
import { momentOf } from '../../format/moments';
import { Empty } from '../../ui/States';
import type { Item } from '../outbox/outbox';
import { Dim, Heading, To } from '../pages/parts';
import { useHandheld } from '../store';
import { readDiary } from './ask';
import { EntryForm } from './EntryForm';
import { EntryPage } from './EntryPage';
import './words';

export function Diary({ id }: { id: string | null }) {
  if (id === 'new') return <EntryForm />;
  return id === null ? <Entries /> : <EntryPage id={id} />;
}

function Entries() {
  const { t } = useTranslation('diary');
  const { diary, outbox } = useHandheld();
  const waiting = outbox.filter((item) => item.doing === 'diary');
  useEffect(() => void readDiary().catch(() => undefined), []);
  return (
    <Stack gap={8}>
      <Heading back="report">{t('diary')}</Heading>
      <To page="diary" id="new" className="card diary-write" testId="diary-write">
        <Text fw={650}>{t('write')}</Text>
      </To>
      {waiting.map((item) => (
        <Waiting key={item.key} item={item} />
      ))}
      {diary.length + waiting.length === 0 && <Empty hint={t('noneHint')}>{t('none')}</Empty>}
      {diary.map((entry) => (
        <Shown key={entry.id} entry={entry} />
      ))}
    </Stack>
  );
}

function Waiting({ item }: { item: Item }) {
  const { t } = useTranslation('diary');
  return (
    <To page="unsent" className="card" testId="diary-waiting">
      <Group justify="space-between">
        <Badge variant="outline" color="gray" c="inherit" radius="sm">
          {t('waiting')}
        </Badge>
        <Dim>{momentOf(item.at)}</Dim>
      </Group>
      <Text size="sm" className="said" lineClamp={3} mt={4}>
        {item.about}
      </Text>
    </To>
  );
}

function Shown({ entry }: { entry: Entry }) {
  const { t } = useTranslation('diary');
  return (
    <To page="diary" id={entry.id} className="card" testId="diary-entry">
      <Group justify="space-between">
        <Text fw={650} size="sm">
          {entry.place ?? entry.id}
        </Text>
        <Dim>{momentOf(entry.visited_at)}</Dim>
      </Group>
      <Text size="sm" className="said" lineClamp={3}>
        {entry.text}
      </Text>
      <Group gap={10} mt={4}>
        {entry.photographs > 0 && <Dim>{t('photographCount', { count: entry.photographs })}</Dim>}
        {entry.incident && <Dim>{t('incidentOf', { id: entry.incident })}</Dim>}
        {entry.rating !== null && <Dim>{t('rated', { rating: entry.rating })}</Dim>}
      </Group>
    </To>
  );
}
