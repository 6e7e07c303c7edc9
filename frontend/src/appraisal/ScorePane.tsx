/** A score explained: each rule, its points, and the incidents that it counted; and the objection against it. */
import { Alert, Anchor, Button, CloseButton, Group, Select, Text, Textarea, Title } from '@mantine/core';
import { useRef, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { goTo, pathOf } from '../app/route';
import { useDeed } from '../desk/useDeed';
import { momentOf } from '../format/moments';
import { useStore } from '../state/store';
import { Answered } from '../ui/States';
import { useAsked } from '../ui/useAsked';
import * as api from './api';
import { pointsOf, valueOf } from './figures';
import { Trend } from './Trend';
import type { Level, Line, Score } from './types';

export function ScorePane({ level, id, period, onClose }: { level: Level; id: string; period: string; onClose: () => void }) {
  const { t } = useTranslation('appraisal');
  const { t: common } = useTranslation();
  const asked = useAsked(() => api.score(level, id, period), [level, id, period]);
  const observer = useStore((state) => state.me?.role === 'observer');
  return (
    <aside className="appraisal-scroll appraisal-pane" aria-label={t('explained')} data-testid="score-pane">
      <Answered asked={asked}>
        {(score) => (
          <>
            <Group justify="space-between" wrap="nowrap">
              <Title order={3} size="h5">
                {score.name} · {score.period}
              </Title>
              <CloseButton aria-label={common('close')} onClick={onClose} />
            </Group>
            <Explained score={score} />
            {!observer && <Objecting score={score} />}
          </>
        )}
      </Answered>
    </aside>
  );
}

function Explained({ score }: { score: Score }) {
  const { t } = useTranslation('appraisal');
  return (
    <>
      <Group justify="space-between">
        <Text size="xl" fw={700}>
          {pointsOf(score.total)} / {pointsOf(score.possible)}
        </Text>
        <Trend trend={score.trend} />
      </Group>
      <Text size="sm" c="dimmed">
        {t('raw')} {pointsOf(score.raw)} · {t('due')} {score.due} · {t('deferred', { n: score.deferred })}
        {score.total_before !== null && ` · ${t('before')} ${pointsOf(score.total_before)}`}
        {score.few && ` · ${t('few')}`}
      </Text>
      {score.lines.map((line) => (
        <LineOf key={line.code} line={line} />
      ))}
      {score.corrections.length > 0 && (
        <div className="appraisal-line" data-testid="corrections">
          <Text size="sm" fw={600}>
            {t('corrections')}
          </Text>
          {score.corrections.map((one) => (
            <Text size="sm" key={one.made_at + one.reason}>
              {one.points > 0 ? '+' : '−'}
              {pointsOf(Math.abs(one.points))} · {one.reason} · {one.made_by}, {momentOf(one.made_at)}
            </Text>
          ))}
        </div>
      )}
      {!score.few && score.places.length > 0 && (
        <div className="appraisal-line">
          <Text size="sm" fw={600}>
            {t('places')}
          </Text>
          {score.places.map((one) => (
            <Text size="sm" key={one.organisation}>
              {one.name}: {t('of', { rank: one.rank, of: one.of })}
            </Text>
          ))}
        </div>
      )}
    </>
  );
}

function LineOf({ line }: { line: Line }) {
  const { t } = useTranslation('appraisal');
  return (
    <details className="appraisal-line" data-testid={`line-${line.code}`}>
      <summary>
        <span>
          {t(line.code)} {line.possible > 0 && <Text span size="xs" c="dimmed">{`${valueOf(line.code, line.value)} · ${t('reachedOf', { reached: line.reached, of: line.of })}`}</Text>}
        </span>
        <b>{line.possible > 0 ? `${pointsOf(line.points)} / ${pointsOf(line.possible)}` : pointsOf(line.points)}</b>
      </summary>
      <ul>
        {line.items.map((item, number) => (
          <li key={number}>
            <span>
              {item.incident ? (
                <Anchor
                  size="sm"
                  href={pathOf('desk', [item.incident])}
                  onClick={(event) => {
                    if (event.ctrlKey || event.metaKey) return;
                    event.preventDefault();
                    goTo(pathOf('desk', [item.incident ?? '']));
                  }}
                >
                  {item.incident}
                </Anchor>
              ) : (
                item.entry
              )}{' '}
              {item.why} {item.at && <Text span size="xs" c="dimmed">{momentOf(item.at)}</Text>}
            </span>
            <span>{item.points > 0 ? `−${pointsOf(item.points)}` : '0'}</span>
          </li>
        ))}
        {line.left_out > 0 && <li>{t('leftOut', { n: line.left_out })}</li>}
        {line.items.length === 0 && <li>{t('nothingLost')}</li>}
      </ul>
    </details>
  );
}

function Objecting({ score }: { score: Score }) {
  const { t } = useTranslation('appraisal');
  const [about, setAbout] = useState('');
  const [reason, setReason] = useState('');
  const [sent, setSent] = useState(false);
  const key = useRef(crypto.randomUUID());
  const { busy, run } = useDeed();
  const incidents = [...new Set(score.lines.flatMap((line) => line.items.map((item) => item.incident)).filter((one) => one !== null))];

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    const body = { level: score.level, subject: score.id, period: score.period, reason, ...(about ? { incident: about } : {}) };
    if (await run(() => api.object(body, key.current))) setSent(true);
  }

  if (sent) return <Alert mt="sm" role="status" data-testid="object-sent">{t('sent')}</Alert>;
  return (
    <form onSubmit={(event) => void submit(event)} className="appraisal-line">
      <Text size="sm" fw={600}>
        {t('objectTo')}
      </Text>
      <Select label={t('concerns')} data={[{ value: '', label: t('whole') }, ...incidents.map((value) => ({ value, label: value }))]} value={about} onChange={(to) => setAbout(to ?? '')} allowDeselect={false} searchable limit={50} data-testid="object-about" />
      <Textarea label={t('reason')} required maxLength={4000} autosize minRows={2} value={reason} onChange={(event) => setReason(event.currentTarget.value)} data-testid="objection-reason" />
      <Button type="submit" mt={8} loading={busy} variant="default" data-testid="object">
        {t('object')}
      </Button>
    </form>
  );
}
