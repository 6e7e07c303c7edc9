/** What the page asks for, out of its address, and how its figures are said. Pure. */
import type { Route } from '../app/route';
import type { Query } from '../api/request';
import type { Totals } from './types';

export const PERIODS = [7, 28, 84, 365] as const;

/** What is chosen. since, until: days (YYYY-MM-DD) that stand in the address of a saved look; else the last `days`. */
export interface Choice {
  organisation?: string;
  kind?: string;
  class?: string;
  days: number;
}

export function choiceOf(query: Route['query']): Choice {
  const days = Number(query.days);
  return {
    ...(query.organisation ? { organisation: query.organisation } : {}),
    ...(query.kind ? { kind: query.kind } : {}),
    ...(query.class ? { class: query.class } : {}),
    days: Number.isInteger(days) && days >= 1 && days <= 1400 ? days : 28,
  };
}

/** Its address's query: what is as usual is left out. */
export const addressOf = (choice: Choice): Record<string, string | undefined> => ({
  organisation: choice.organisation,
  kind: choice.kind,
  class: choice.class,
  days: choice.days === 28 ? undefined : String(choice.days),
});

/** What the API is asked; today: the local day, YYYY-MM-DD. */
export function questionOf(choice: Choice, today: string): Query {
  const until = new Date(`${today}T00:00:00Z`);
  until.setUTCDate(until.getUTCDate() + 1);
  const since = new Date(until);
  since.setUTCDate(since.getUTCDate() - choice.days);
  const day = (at: Date) => at.toISOString().slice(0, 10);
  return { organisation: choice.organisation, kind: choice.kind, class: choice.class, since: day(since), until: day(until) };
}

/** The change against the period before, as a share; null where there was nothing. */
export const changeOf = (now: number | null, before: number | null): number | null => (now === null || !before ? null : (now - before) / before);

/** "+12 %", "−3 %", "±0 %". */
export function changeText(change: number | null): string {
  if (change === null) return '–';
  const rounded = Math.round(change * 100);
  return `${rounded > 0 ? '+' : rounded < 0 ? '−' : '±'}${Math.abs(rounded)} %`;
}

export type Unit = 'incidents' | 'share' | 's';

/** A tile: better: whether more is good (1), bad (-1) or neither (0); null: no change is shown, as the period before has had longer to be closed. */
export interface Tile {
  code: keyof Totals;
  unit: Unit;
  better: -1 | 0 | 1 | null;
}

export const TILES: readonly Tile[] = [
  { code: 'reported', unit: 'incidents', better: 0 },
  { code: 'still_open', unit: 'incidents', better: null },
  { code: 'overdue', unit: 'incidents', better: null },
  { code: 'closing_rate', unit: 'share', better: null },
  { code: 'on_time_rate', unit: 'share', better: 1 },
  { code: 'response_p50', unit: 's', better: -1 },
  { code: 'response_p90', unit: 's', better: -1 },
  { code: 'sent_back', unit: 'incidents', better: -1 },
];

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
