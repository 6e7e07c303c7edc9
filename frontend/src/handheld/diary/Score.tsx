/** The member's own score: how much, which place, how each point came about, and saying that it is wrong. */
import { Alert, Badge, Button, Group, NativeSelect, Stack, Text, Textarea, Title } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Trend } from '../../appraisal/Trend';
import { pointsOf, valueOf } from '../../appraisal/figures';
import type { Line, Score } from '../../appraisal/types';
import '../../appraisal/words';
import { momentOf } from '../../format/moments';
import { Empty } from '../../ui/States';
import { useAsked } from '../../ui/useAsked';
import { Dim, Heading } from '../pages/parts';
import { outbox } from '../service';
import { useHandheld } from '../store';
import { readObjections, readPeriods, readScore } from './ask';
import './words';

export function ScorePage() {
  const { t } = useTranslation('diary');
  const known = useHandheld((state) => state.score);
  const [period, setPeriod] = useState<string | null>(null);
  const asked = useAsked(() => readScore(period), [period]);
  const score = asked.data ?? (period === null ? known : null);
  return (
    <Stack gap="sm">
      <Heading back="me">{t('score')}</Heading>
      <Periods value={period} change={setPeriod} />
      {asked.problem && score && <Dim>{t('lastKnown', { at: momentOf(score.counted_at) })}</Dim>}
      {score ? <Shown score={score} /> : !asked.busy && <Empty hint={t('noScoreHint')}>{t('noScore')}</Empty>}
      <Objections />
    </Stack>
  );
}

function Periods({ value, change }: { value: string | null; change: (period: string | null) => void }) {
  const { t } = useTranslation('diary');
  const asked = useAsked(readPeriods, []);
  const [running, ...frozen] = asked.data ?? [];
  if (!running || frozen.length === 0) return null;
  return <NativeSelect label={t('period')} value={value ?? ''} onChange={(event) => change(event.currentTarget.value || null)} data={[{ value: '', label: `${running} (${t('running')})` }, ...frozen]} data-testid="score-period" />;
}

function Shown({ score }: { score: Score }) {
  const { t } = useTranslation('diary');
  return (
    <>
      <div className="card" data-testid="my-score">
        <Group justify="space-between" wrap="nowrap" align="flex-start">
          <div>
            <Text size="xl" fw={750}>
              {pointsOf(score.total)} / {pointsOf(score.possible)}
            </Text>
            {score.total_before !== null && <Dim>{t('before', { points: pointsOf(score.total_before) })}</Dim>}
            {score.total !== score.raw && <Dim>{t('raw', { points: pointsOf(score.raw), by: pointsOf(score.total - score.raw) })}</Dim>}
          </div>
          <Trend trend={score.trend} />
        </Group>
        {score.few ? <Dim>{t('few')}</Dim> : score.places.map((one) => <Text size="sm" key={one.organisation}>{t('of', one)}</Text>)}
      </div>
      <Title order={2} size="h5">
        {t('lines')}
      </Title>
      {score.lines.map((line) => (
        <Rule key={line.code} line={line} score={score} />
      ))}
      {score.corrections.map((one) => (
        <Alert key={one.made_at} title={`${t('corrections')}: ${one.points > 0 ? '+' : ''}${pointsOf(one.points)}`}>
          {one.reason} · {one.made_by}, {momentOf(one.made_at)}
        </Alert>
      ))}
      <Objecting score={score} rule={null} incident={null} />
    </>
  );
}

function Rule({ line, score }: { line: Line; score: Score }) {
  const { t } = useTranslation('diary');
  const named = useTranslation('appraisal').t;
  return (
    <details className="card score-line" data-testid={`line-${line.code}`}>
      <summary>
        <span>
          {named(line.code)}
          {line.possible > 0 && <Dim>{`${valueOf(line.code, line.value)} · ${t('reached', { reached: line.reached, of: line.of })}`}</Dim>}
        </span>
        <b>{line.possible > 0 ? `${pointsOf(line.points)} / ${pointsOf(line.possible)}` : pointsOf(line.points)}</b>
      </summary>
      {line.items.length === 0 && <Dim>{t('nothingLost')}</Dim>}
      {line.items.map((item, n) => (
        <div key={n} className="score-item">
          <Group justify="space-between" wrap="nowrap">
            <span>
              {item.incident ?? item.entry} {item.why} {item.at && <Dim>{momentOf(item.at)}</Dim>}
            </span>
            <b>{item.points > 0 ? t('lost', { points: pointsOf(item.points) }) : '0'}</b>
          </Group>
          {item.incident && <Objecting score={score} rule={line.code} incident={item.incident} />}
        </div>
      ))}
      {line.left_out > 0 && <Dim>{t('leftOut', { n: line.left_out })}</Dim>}
    </details>
  );
}

/** Closed until it is wanted; kept at once, sent once. */
function Objecting({ score, rule, incident }: { score: Score; rule: string | null; incident: string | null }) {
  const { t } = useTranslation('diary');
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const [isKept, setKept] = useState(false);
  if (isKept) return <Dim>{t('objectionKept')}</Dim>;
  if (!open)
    return (
      <Button size={incident ? 'compact-md' : 'md'} variant="default" onClick={() => setOpen(true)} data-testid={incident ? 'object-to-incident' : 'object-to-score'}>
        {t('object')}
      </Button>
    );
  function send(): void {
    const body = { level: score.level, subject: score.id, period: score.period, rule, incident, reason: reason.trim() };
    void outbox.add({ doing: 'object', path: '/appraisal/objections', body, about: `${incident ?? t('wholeScore')}: ${reason}`.slice(0, 80) });
    setKept(true);
  }
  return (
    <Stack gap={8}>
      <Textarea label={t('objectTo')} value={reason} onChange={(event) => setReason(event.currentTarget.value)} autosize minRows={2} maxLength={4000} data-testid="objection-reason" />
      <Button disabled={!reason.trim()} onClick={send} data-testid="objection-send">
        {t('sendObjection')}
      </Button>
    </Stack>
  );
}

function Objections() {
  const { t } = useTranslation('diary');
  const waiting = useHandheld((state) => state.outbox.filter((item) => item.doing === 'object').length);
  const asked = useAsked(readObjections, []);
  useEffect(asked.again, [waiting]);
  if (!asked.data?.length) return null;
  return (
    <section>
      <Title order={2} size="h5" mt="sm" mb={8}>
        {t('objections')}
      </Title>
      <Stack gap={8}>
        {asked.data.map((one) => (
          <article key={one.id} className="card" data-testid="my-objection" data-state={one.state}>
            <Group justify="space-between">
              <Text fw={650} size="sm">
                {one.period} · {one.incident ?? t('wholeScore')}
              </Text>
              <Badge variant="outline" color="gray" c="inherit" radius="sm">
                {t(`state_${one.state}`)}
              </Badge>
            </Group>
            <Text size="sm" className="said">
              {one.reason}
            </Text>
            {one.answer && (
              <Dim>
                {one.decided_by}: {one.answer} {one.points !== null && `(${one.points > 0 ? '+' : ''}${pointsOf(one.points)})`}
              </Dim>
            )}
          </article>
        ))}
      </Stack>
    </section>
  );
}
