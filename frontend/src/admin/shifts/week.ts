/** A week of shifts as bars on lanes. Pure; days are those of the browser's time zone. */
import type { Shift } from '../types';

export interface Bar {
  shift: Shift;
  /** Parts of the week, 0 to 1. */
  left: number;
  width: number;
  lane: number;
}

/** Midnight of the Monday of that day's week. */
export function mondayOf(day: Date): Date {
  const monday = new Date(day.getFullYear(), day.getMonth(), day.getDate());
  monday.setDate(monday.getDate() - ((monday.getDay() + 6) % 7));
  return monday;
}

/** So many days later, at midnight, whatever summer time does. */
export const daysLater = (day: Date, days: number): Date => new Date(day.getFullYear(), day.getMonth(), day.getDate() + days);

/** "2026-11-23" of a local day, and back; what is none is today. */
export const dayText = (day: Date): string => `${day.getFullYear()}-${String(day.getMonth() + 1).padStart(2, '0')}-${String(day.getDate()).padStart(2, '0')}`;

export function dayOf(text: string | undefined, today: Date): Date {
  const [year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text ?? '')?.slice(1).map(Number) ?? [];
  return year && month && day ? new Date(year, month - 1, day) : today;
}

/** The bars of one organisation; those that overlap lie on different lanes. At least a fortieth of the week wide. */
export function barsOf(shifts: readonly Shift[], monday: Date): Bar[] {
  const [from, to] = [monday.getTime(), daysLater(monday, 7).getTime()];
  const part = (instant: string) => Math.min(1, Math.max(0, (Date.parse(instant) - from) / (to - from)));
  const ends: number[] = [];
  return [...shifts]
    .filter((one) => Date.parse(one.ends_at) > from && Date.parse(one.starts_at) < to)
    .sort((a, b) => a.starts_at.localeCompare(b.starts_at) || a.id.localeCompare(b.id))
    .map((shift) => {
      const left = part(shift.starts_at);
      const width = Math.max(part(shift.ends_at) - left, 1 / 40);
      const free = ends.findIndex((end) => end <= left);
      const lane = free < 0 ? ends.length : free;
      ends[lane] = left + width;
      return { shift, left, width, lane };
    });
}

export const lanesOf = (bars: readonly Bar[]): number => bars.reduce((most, bar) => Math.max(most, bar.lane + 1), 1);
