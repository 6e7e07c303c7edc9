/** What the page asks for, out of its address, and how its figures are said. Pure. */
import { pathOf, type Route } from '../app/route';
import type { Query } from '../api/request';
import type { Totals } from './types';

export const PERIODS = [7, 28, 84, 365] as const;

/** What is chosen. since, until: days (YYYY-MM-DD; until: the one behind the last) where one looks at a span of the past, else the last `days`. */
export interface Choice {
  organisation?: string;
  kind?: string;
  class?: string;
  since?: string;
  until?: string;
  days: number;
}

export type Choose = (change: { [K in keyof Choice]?: Choice[K] | undefined }) => void;

export function choiceOf(query: Route['query']): Choice {
  const days = Number(query.days);
  return {
    ...(query.organisation ? { organisation: query.organisation } : {}),
    ...(query.kind ? { kind: query.kind } : {}),
    ...(query.class ? { class: query.class } : {}),
    ...(isDay(query.since) && isDay(query.until) && query.since < query.until ? { since: query.since, until: query.until } : {}),
    days: Number.isInteger(days) && days >= 1 && days <= 1400 ? days : 28,
  };
}

const isDay = (text: string | undefined): text is string => /^\d{4}-\d\d-\d\d$/.test(text ?? '');

/** Its address's query: what is as usual is left out. */
export const addressOf = (choice: { [K in keyof Choice]?: Choice[K] | undefined }): Record<string, string | undefined> => ({
  organisation: choice.organisation,
  kind: choice.kind,
  class: choice.class,
  since: choice.since,
  until: choice.until,
  days: choice.days === 28 || choice.days === undefined || choice.since !== undefined ? undefined : String(choice.days),
});

/** What the API is asked; today: the local day, YYYY-MM-DD. */
export function questionOf(choice: Choice, today: string): Query {
  const until = choice.until ?? dayAfter(today, 1);
  return { organisation: choice.organisation, kind: choice.kind, class: choice.class, since: choice.since ?? dayAfter(until, -choice.days), until };
}

/** The day so many days later. */
export function dayAfter(day: string, days: number): string {
  const at = new Date(`${day}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() + days);
  return at.toISOString().slice(0, 10);
}

/** The days that a point of a line stands for. day: its first. */
export function spanOf(day: string, bucket: 'day' | 'week' | 'month'): { since: string; until: string } {
  if (bucket !== 'month') return { since: day, until: dayAfter(day, bucket === 'day' ? 1 : 7) };
  const [year, month] = day.split('-').map(Number) as [number, number];
  return { since: day, until: new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 10) };
}

/** Which incidents of those chosen: as /statistics/incidents takes it. */
export interface Which {
  figure?: string;
  source?: string;
  hour?: string;
  clock?: string;
  from_s?: string;
  to_s?: string;
}

const WHICH = ['figure', 'source', 'hour', 'clock', 'from_s', 'to_s'] as const;

/** Pure: out of the address of a list. */
export const whichOf = (query: Route['query']): Which => Object.fromEntries(WHICH.flatMap((name) => (query[name] ? [[name, query[name]]] : [])));

/** The address of the list behind a figure. */
export const behind = (choice: Choice, which: Which): string => pathOf('statistics', ['incidents'], { ...addressOf(choice), ...which });

/** The change against the period before, as a share; null where there was nothing. */
export const changeOf = (now: number | null, before: number | null): number | null => (now === null || !before ? null : (now - before) / before);

const percent = (change: number): number => Math.round(change * 100);

/** "+12 %", "−3 %", "±0 %". */
export function changeText(change: number | null): string {
  if (change === null) return '–';
  const rounded = percent(change);
  return `${rounded > 0 ? '+' : rounded < 0 ? '−' : '±'}${Math.abs(rounded)} %`;
}

export type Unit = 'incidents' | 'share' | 's';

/**
 * A tile. better: whether more is good (1), bad (-1) or neither (0); null: no change is shown, as the period before has had longer to be
 * closed. figure: the incidents behind it; a time's are those that took longer.
 */
export interface Tile {
  code: keyof Totals;
  unit: Unit;
  better: -1 | 0 | 1 | null;
  figure: string;
}

/** Pure: how a change is coloured: as its text, which knows whole percents. */
export function moodOf(change: number | null, better: Tile['better']): 'even' | 'good' | 'bad' {
  if (change === null || !better || percent(change) === 0) return 'even';
  return change > 0 === better > 0 ? 'good' : 'bad';
}

export const TILES: readonly Tile[] = [
  { code: 'reported', unit: 'incidents', better: 0, figure: 'reported' },
  { code: 'still_open', unit: 'incidents', better: null, figure: 'still_open' },
  { code: 'overdue', unit: 'incidents', better: null, figure: 'overdue' },
  { code: 'closing_rate', unit: 'share', better: null, figure: 'closed' },
  { code: 'on_time_rate', unit: 'share', better: 1, figure: 'on_time' },
  { code: 'response_p50', unit: 's', better: -1, figure: 'reported' },
  { code: 'response_p90', unit: 's', better: -1, figure: 'reported' },
  { code: 'sent_back', unit: 'incidents', better: -1, figure: 'sent_back' },
];

/** What a tile's number stands for. */
export const behindTile = ({ code, unit, figure }: Tile, totals: Totals): Which =>
  unit === 's' ? { clock: 'response', from_s: String(Math.floor(totals[code] ?? 0)) } : { figure };

/** "1,234", "87 %", "12 min". */
export function figure(value: number | null, unit: Unit): string {
  if (value === null) return '–';
  if (unit === 'share') return `${Math.round(value * 100)} %`;
  return unit === 's' ? took(value) : Math.round(value).toLocaleString('en');
}

export function took(seconds: number): string {
  if (seconds < 90) return `${Math.round(seconds)} s`;
  if (seconds < 5400) return `${(seconds / 60).toFixed(seconds < 600 ? 1 : 0)} min`;
  return seconds < 172_800 ? `${(seconds / 3600).toFixed(1)} h` : `${(seconds / 86_400).toFixed(1)} d`;
}
