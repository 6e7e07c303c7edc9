/** How long each step took: a distribution, half of it and nine tenths of it named. */
import { Select } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { bars, joined } from './options';
import { Chart } from './Chart';
import { figure, type Which } from './state';
import type { Clock, Summary, Totals } from './types';

const CLOCKS: readonly Clock[] = ['response', 'accept', 'arrive', 'handle', 'verify', 'resolution'];

export function Times({ summary, list }: { summary: Summary; list: (which: Which) => void }) {
  const { t } = useTranslation('statistics');
  const [clock, setClock] = useState<Clock>('response');
  const rows = useMemo(() => joined(summary.times[clock] ?? []), [summary, clock]);
  const option = useMemo(() => bars(rows.map((one) => one.label), rows.map((one) => one.incidents)), [rows]);
  const tools = (
    <Select size="xs" w={150} aria-label={t('whichTime')} value={clock} allowDeselect={false} onChange={(to) => setClock(to as Clock)} data={CLOCKS.map((value) => ({ value, label: t(`clock_${value}`) }))} />
  );
  return (
    <Chart
      title={t('times')}
      tools={tools}
      note={t('halfAndMost', { half: share(summary.totals, clock, 'p50'), most: share(summary.totals, clock, 'p90') })}
      option={option}
      head={[t('from'), t('incidents')]}
      rows={rows.map((one) => [one.label, one.incidents])}
      choose={(at) => rows[at] && list({ clock, from_s: String(rows[at].from_s), to_s: String(rows[at].to_s) })}
    />
  );
}

const share = (totals: Totals, clock: Clock, word: 'p50' | 'p90'): string => figure(totals[`${clock}_${word}`], 's');
