/** Figures as ECharts' options. Pure. */
import type { EChartsCoreOption } from 'echarts/core';
import { took } from './state';
import type { Summary } from './types';

const GRID = { left: 44, right: 12, top: 12, bottom: 26 };
const MOST_SLICES = 8;

export const bars = (labels: readonly string[], values: readonly number[]): EChartsCoreOption => ({
  grid: GRID,
  tooltip: { trigger: 'axis' },
  xAxis: { type: 'category', data: [...labels], axisTick: { show: false } },
  yAxis: { type: 'value', minInterval: 1, splitLine: { lineStyle: { opacity: 0.25 } } },
  series: [{ type: 'bar', data: [...values], itemStyle: { borderRadius: [3, 3, 0, 0] }, barMaxWidth: 34 }],
});

/** Reported as bars, of them closed as a line. */
export const overTime = (series: Summary['series'], reported: string, closed: string): EChartsCoreOption => ({
  grid: { ...GRID, top: 30 },
  tooltip: { trigger: 'axis' },
  legend: { top: 0, right: 0, itemHeight: 10 },
  xAxis: { type: 'category', data: series.map((one) => one.day.slice(5)), axisTick: { show: false } },
  yAxis: { type: 'value', minInterval: 1, splitLine: { lineStyle: { opacity: 0.25 } } },
  series: [
    { name: reported, type: 'bar', data: series.map((one) => one.reported), itemStyle: { borderRadius: [3, 3, 0, 0] }, barMaxWidth: 34 },
    { name: closed, type: 'line', data: series.map((one) => one.closed), symbolSize: 5 },
  ],
});

export const slices = (parts: readonly (readonly [string, number])[]): EChartsCoreOption => ({
  tooltip: { trigger: 'item' },
  legend: { type: 'scroll', orient: 'vertical', right: 0, top: 'middle', itemHeight: 10, itemWidth: 14, textStyle: { width: 130, overflow: 'truncate' } },
  series: [{ type: 'pie', radius: ['52%', '80%'], center: ['28%', '50%'], label: { show: false }, data: parts.map(([name, value]) => ({ name, value })) }],
});

/** The largest, and the rest as one. */
export function largest(parts: readonly (readonly [string, number])[], others: string): (readonly [string, number])[] {
  const sorted = [...parts].sort((a, b) => b[1] - a[1]).filter(([, value]) => value > 0);
  const rest = sorted.slice(MOST_SLICES).reduce((sum, [, value]) => sum + value, 0);
  return rest ? [...sorted.slice(0, MOST_SLICES), [others, rest]] : sorted;
}

/** A bar of a histogram, from from_s up to to_s. */
export interface Bar {
  label: string;
  from_s: number;
  to_s: number;
  incidents: number;
}

/** Every second row of a histogram joined to the one before it: half an octave a bar. */
export function joined(rows: Summary['times'][string]): Bar[] {
  const found = new Map<number, number>();
  for (const { from_s, incidents } of rows) {
    const row = from_s === 0 ? -1 : Math.floor(Math.log2(from_s / 15) * 2 + 0.01);
    found.set(row, (found.get(row) ?? 0) + incidents);
  }
  if (!found.size) return [];
  const [first, last] = [Math.min(...found.keys()), Math.max(...found.keys())];
  return Array.from({ length: last - first + 1 }, (_, at) => barOf(first + at, found.get(first + at) ?? 0));
}

const barOf = (row: number, incidents: number): Bar => ({ label: row < 0 ? '0 s' : took(begin(row)), from_s: row < 0 ? 0 : begin(row), to_s: begin(row + 1), incidents });

/** To a tenth of a second, as the server's rows begin. */
const begin = (row: number): number => Math.round(150 * 2 ** (row / 2)) / 10;
