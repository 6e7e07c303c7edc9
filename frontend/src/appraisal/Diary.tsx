/** The work diary: read, draw by chance, rate what was drawn. */
import { Alert, Badge, Button, Card, Group, Rating, SegmentedControl, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FollowUp } from '../desk/FollowUp';
import { useDeed } from '../desk/useDeed';
import { get } from '../api/request';
import { momentOf } from '../format/moments';
import { useStore } from '../state/store';
import { Answered, Empty } from '../ui/States';
import { useAsked } from '../ui/useAsked';
import * as api from './api';
import { Photographs } from './Photographs';
import type { Entry } from './types';

export function Diary({ judge }: { judge: boolean }) {
  const { t } = useTranslation('appraisal');
  const [drawn, setDrawn] = useState(false);
  const [count, setCount] = useState<number | null>(null);
  const organisation = useStore((state) => state.organisation ?? undefined);
  const asked = useAsked(() => api.entries(drawn, organisation), [drawn, organisation]);
  const { busy, run } = useDeed();
  const draw = () =>
    run(async () => {
      setCount((await api.draw()).drawn);
      asked.again();
    });
  return (
    <>
      <Group>
        <SegmentedControl data={[{ value: 'all', label: t('all') }, { value: 'drawn', label: t('toRate') }]} value={drawn ? 'drawn' : 'all'} onChange={(to) => setDrawn(to === 'drawn')} aria-label={t('diary')} />
        {judge && (
          <Button variant="default" loading={busy} onClick={() => void draw()} data-testid="diary-draw">
            {t('draw')}
          </Button>
        )}
      </Group>
      {count !== null && <Alert role="status">{t('drawnNow', { count })}</Alert>}
      <div className="appraisal-scroll">
        <Answered asked={asked}>{(items) => (items.length ? items.map((one) => <One key={one.id} entry={one} judge={judge} done={asked.again} />) : <Empty hint={t('noDiaryHint')}>{t('noDiary')}</Empty>)}</Answered>
      </div>
    </>
  );
}

function One({ entry, judge, done }: { entry: Entry; judge: boolean; done: () => void }) {
  const { t } = useTranslation('appraisal');
  const observer = useStore((state) => state.me?.role === 'observer');
  return (
    <Card withBorder mb={10} data-testid="diary-entry">
      <Group justify="space-between">
        <Text fw={600} size="sm">
          {entry.author} · {entry.organisation_name}
        </Text>
        <Text size="xs" c="dimmed">
          {momentOf(entry.visited_at)} {entry.place}
        </Text>
      </Group>
      <Text size="sm" style={{ whiteSpace: 'pre-wrap' }}>
        {entry.text}
      </Text>
      {entry.photographs > 0 && <Photographs entry={entry} read={get} />}
      <Group gap={8} mt={4}>
        {entry.met && (
          <Text size="sm" c="dimmed">
            {t('met')}: {entry.met}
          </Text>
        )}
        {entry.visited.map((one) => (
          <Badge key={one.element + one.id} variant="default">
            {one.name}
          </Badge>
        ))}
        <FollowUp incident={entry.incident} may={!observer && entry.latitude !== null} report={(kind) => api.followUp(entry.id, kind)} done={done} testId="diary-report" />
        {entry.drawn_at && entry.rating === null && <Badge variant="light" c="var(--mantine-color-text)">{t('drawnMark')}</Badge>}
        {entry.rating !== null && (
          <Text size="sm">
            {t('rated', { rating: entry.rating, name: entry.rated_by })}: {entry.word}
          </Text>
        )}
      </Group>
      {judge && entry.drawn_at && entry.rating === null && <Rate entry={entry} done={done} />}
    </Card>
  );
}

function Rate({ entry, done }: { entry: Entry; done: () => void }) {
  const { t } = useTranslation('appraisal');
  const [rating, setRating] = useState(0);
  const [word, setWord] = useState('');
  const { busy, run } = useDeed();
  const rate = async () => {
    if (await run(() => api.rate(entry.id, rating, word))) done();
  };
  return (
    <Group align="flex-end" mt={6}>
      <Rating value={rating} onChange={setRating} getSymbolLabel={(value) => `${t('rating')} ${value}`} aria-label={t('rating')} data-testid="diary-rating" />
      <TextInput data-testid="diary-word" label={t('word')} maxLength={4000} value={word} onChange={(event) => setWord(event.currentTarget.value)} flex={1} />
      <Button loading={busy} disabled={!rating || !word} onClick={() => void rate()} data-testid="diary-rate">
        {t('rate')}
      </Button>
    </Group>
  );
}
