/** What the page of social management decides, without a browser. Pure. */
import type { Counts } from './types';

/** Closed within every limit, of those closed, in percent; null where none was closed. */
export const onTime = ({ closed, on_time }: Counts): number | null => (closed ? Math.round((100 * on_time) / closed) : null);

/** Days that a period goes back. */
export const PERIODS = [7, 30, 90, 365] as const;
export type Period = (typeof PERIODS)[number];
export const periodOf = (said: string | undefined): Period => PERIODS.find((one) => String(one) === said) ?? 30;

/** The first day of a period that ends today: "2026-11-26". */
export function firstDay(period: Period, today: Date): string {
  const day = new Date(today.getFullYear(), today.getMonth(), today.getDate() - period + 1);
  return `${day.getFullYear()}-${String(day.getMonth() + 1).padStart(2, '0')}-${String(day.getDate()).padStart(2, '0')}`;
}

/** Share of the largest, in percent, for a bar. */
export const barOf = (value: number, all: readonly Counts[]): number => (100 * value) / Math.max(1, ...all.map((one) => one.reported));
