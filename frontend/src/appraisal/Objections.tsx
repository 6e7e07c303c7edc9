/** Objections, and deciding them. */
import { Badge, Button, Card, Group, NumberInput, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDeed } from '../desk/useDeed';
import { momentOf } from '../format/moments';
import { Answered, Empty } from '../ui/States';
import { useAsked } from '../ui/useAsked';
import * as api from './api';
import { pointsOf } from './figures';
import type { Objection } from './types';

export function Objections({ judge }: { judge: boolean }) {
  const { t } = useTranslation('appraisal');
  const asked = useAsked(api.objections, []);
  return (
    <div className="appraisal-scroll">
      <Answered asked={asked}>{(items) => (items.length ? items.map((one) => <One key={one.id} objection={one} judge={judge} done={asked.again} />) : <Empty hint={t('noObjectionsHint')}>{t('noObjections')}</Empty>)}</Answered>
    </div>
  );
}

function One({ objection, judge, done }: { objection: Objection; judge: boolean; done: () => void }) {
  const { t } = useTranslation('appraisal');
  return (
    <Card withBorder mb={10} data-testid="objection">
      <Group justify="space-between">
        <Text fw={600}>
          {objection.name} · {objection.period} · {t(`level_${objection.level}`)} {objection.incident ?? objection.rule}
        </Text>
        <Badge variant="light" color={objection.state === 'open' ? 'orange' : 'gray'} c="var(--mantine-color-text)">
          {t(`state_${objection.state}`)}
        </Badge>
      </Group>
      <Text size="sm" style={{ whiteSpace: 'pre-wrap' }}>
        {objection.reason}
      </Text>
      <Text size="xs" c="dimmed">
        {objection.made_by} · {momentOf(objection.made_at)}
      </Text>
      {objection.decided_by && (
        <Text size="sm" mt={6}>
          {t('decidedBy', { name: objection.decided_by })}: {objection.answer} {objection.points !== null && `(${objection.points > 0 ? '+' : ''}${pointsOf(objection.points)})`}
        </Text>
      )}
      {judge && objection.state === 'open' && <Decide objection={objection} done={done} />}
    </Card>
  );
}

function Decide({ objection, done }: { objection: Objection; done: () => void }) {
  const { t } = useTranslation('appraisal');
  const [answer, setAnswer] = useState('');
  const [points, setPoints] = useState<number | string>(1);
  const { busy, run } = useDeed();
  const decide = async (accepts: boolean) => {
    const body = { version: objection.version, accepts, points: accepts ? Number(points) : 0, answer };
    if (await run(() => api.decide(objection.id, body))) done();
  };
  return (
    <Group align="flex-end" mt={8}>
      <Textarea label={t('answer')} autosize maxLength={4000} value={answer} onChange={(event) => setAnswer(event.currentTarget.value)} flex={1} data-testid="decision-answer" />
      <NumberInput label={t('correctBy')} w={150} step={0.5} decimalScale={2} min={-1000} max={1000} value={points} onChange={setPoints} data-testid="decision-points" />
      <Button loading={busy} disabled={!answer || !Number(points)} onClick={() => void decide(true)} data-testid="decision-accept">
        {t('accept')}
      </Button>
      <Button loading={busy} disabled={!answer} variant="default" onClick={() => void decide(false)} data-testid="decision-reject">
        {t('reject')}
      </Button>
    </Group>
  );
}
