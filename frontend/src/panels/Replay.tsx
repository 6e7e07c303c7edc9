/** A track played on the map: a slider over its time, at up to 600 times its pace. */
import { Button, Group, SegmentedControl, Slider, Stack, Text } from '@mantine/core';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Track } from '../api/types';
import { clock } from '../format/units';
import { useStore } from '../state/store';
import { placeAt } from './place';

const PACES = ['1', '10', '60', '600'];

export function Replay({ track }: { track: Track }) {
  const { t } = useTranslation();
  const setReplay = useStore((state) => state.setReplay);
  const times = useMemo(() => track.time.map((time) => Date.parse(time)), [track]);
  const [first, last] = [times[0]!, times[times.length - 1]!];
  const moment = useStore((state) => state.moment);
  const setMoment = useStore((state) => state.setMoment);
  const at = Math.min(last, Math.max(first, moment ?? first));
  const [playing, setPlaying] = useState(false);
  const [pace, setPace] = useState('60');

  useEffect(() => setReplay(placeAt(track, times, at)), [track, times, at, setReplay]);
  useEffect(() => () => setReplay(null), [setReplay]);
  useEffect(() => {
    if (!playing) return;
    let frame = 0;
    let before = performance.now();
    const step = (now: number) => {
      const passed = (now - before) * Number(pace);
      before = now;
      setMoment(Math.min(last, (useStore.getState().moment ?? first) + passed));
      frame = requestAnimationFrame(step);
    };
    frame = requestAnimationFrame(step);
    return () => cancelAnimationFrame(frame);
  }, [playing, pace, first, last, setMoment]);
  useEffect(() => {
    if (at >= last) setPlaying(false);
  }, [at, last]);

  function toggle(): void {
    if (!playing && at >= last) setMoment(first);
    setPlaying(!playing);
  }

  return (
    <Stack gap={6}>
      <Group justify="space-between">
        <Text size="sm">
          {t('replay')} · {track.count} {t('positions')}
        </Text>
        <Text size="sm" ff="monospace" data-testid="replay-time">
          {clock(at)}
        </Text>
      </Group>
      <Slider min={first} max={last} step={1000} value={at} onChange={setMoment} label={clock} thumbLabel={t('replay')} data-testid="replay-slider" />
      <Group gap={6} wrap="nowrap">
        <Button size="compact-sm" onClick={toggle} data-testid="replay-play">
          {playing ? t('pause') : t('play')}
        </Button>
        <SegmentedControl size="xs" value={pace} onChange={setPace} data={PACES.map((value) => ({ value, label: `${value}×` }))} aria-label={t('replay')} />
      </Group>
    </Stack>
  );
}
