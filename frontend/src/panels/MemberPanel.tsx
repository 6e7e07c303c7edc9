/** The selected member: who, where, how fresh; track and replay. */
import { Button, Card, CloseButton, Group, Stack, Switch, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNow } from '../app/useNow';
import { age, course, degrees, percent, speed } from '../format/units';
import { usePostName } from '../state/posts';
import { shownOf, useStore } from '../state/store';
import { Replay } from './Replay';
import { Trips } from './Trips';

const PRESENCES = ['online', 'stale', 'silent'] as const;

export function MemberPanel({ device }: { device: number }) {
  const { t } = useTranslation();
  const live = useStore(shownOf);
  const { organisations, track, trips, following, follow, select, loadTrack } = useStore();
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const now = useNow();
  const postName = usePostName();
  const info = live.info.get(device);
  const row = live.rows.get(device);
  if (!info) return null;
  const home = organisations.find((one) => one.key === info.organisation)?.name ?? '–';

  async function load(hours: number): Promise<void> {
    setBusy(true);
    setProblem(null);
    try {
      await loadTrack(hours);
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
    setBusy(false);
  }

  return (
    <Card component="aside" className="panel" withBorder shadow="md" p="md" aria-label={info.name} data-testid="member-panel">
      <Stack gap="sm">
        <Group justify="space-between" wrap="nowrap">
          <Title order={2} size="h4">
            {info.name}
          </Title>
          <CloseButton aria-label={t('close')} onClick={() => select(null)} />
        </Group>
        {row && (
          <span className="count">
            <i className={`mark ${row.emergency ? 'emergency' : PRESENCES[row.presence]}`} aria-hidden />
            {t(PRESENCES[row.presence])}
            {row.silence > 0 ? ` (${t(`silence_${row.silence}`)})` : ` · ${t(row.moving ? 'moving' : 'standing')}`}
          </span>
        )}
        <dl className="facts">
          <dt>{t('post')}</dt>
          <dd>{postName(info.post) ?? '–'}</dd>
          <dt>{t('organisation')}</dt>
          <dd>{home}</dd>
          <dt>{t('device')}</dt>
          <dd>{info.device}</dd>
          <dt>{t('place')}</dt>
          <dd data-testid="member-place">{row ? degrees(row.latitude, row.longitude) : '–'}</dd>
          <dt>{t('age')}</dt>
          <dd data-testid="position-age">{row ? (row.older ? '> ' : '') + age(now + live.skew - row.fixedAt) : '–'}</dd>
          <dt>{t('speed')}</dt>
          <dd>{speed(row?.speed ?? null)}</dd>
          <dt>{t('course')}</dt>
          <dd>{course(row?.course ?? null)}</dd>
          <dt>{t('battery')}</dt>
          <dd>{percent(row?.battery ?? null)}</dd>
        </dl>
        <Switch label={t('follow')} checked={following} onChange={(event) => follow(event.currentTarget.checked)} />
        {info.member ? (
          <Group gap={6}>
            <Text size="sm">{t('track')}</Text>
            <Button size="compact-xs" variant="default" loading={busy} onClick={() => void load(1)} data-testid="track-hour">
              {t('lastHour')}
            </Button>
            <Button size="compact-xs" variant="default" loading={busy} onClick={() => void load(24)}>
              {t('today')}
            </Button>
          </Group>
        ) : (
          <Text size="sm">{t('untied')}</Text>
        )}
        {problem && <Text c="red" size="sm" role="alert">{problem}</Text>}
        {track && (track.count > 1 ? <Replay track={track} /> : <Text size="sm">{t('noTrack')}</Text>)}
        {trips.length > 0 && <Trips trips={trips} />}
      </Stack>
    </Card>
  );
}
