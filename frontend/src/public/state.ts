/** What the public's pages decide, without a browser. Pure. */
import type { RequestState as State } from '../service/types';
import type { Organisation } from './api';

/** Which section an address below /public shows, and what follows it; null is the start page, as for what is unknown. */
export function viewOf(path: string, names: readonly string[]): { name: string | null; rest: readonly string[] } {
  const [, name, ...rest] = path.split('/').filter(Boolean);
  return name !== undefined && names.includes(name) ? { name, rest } : { name: null, rest: [] };
}

/** The lowest level a choice goes to, with the names above it: "Street · Community", in order. */
export function choices(all: readonly Organisation[]): { id: string; label: string }[] {
  const byId = new Map(all.map((one) => [one.id, one]));
  const label = (one: Organisation): string => {
    const above = one.parent === null ? undefined : byId.get(one.parent);
    return above ? `${label(above)} · ${one.name}` : one.name;
  };
  return all.map((one) => ({ id: one.id, label: label(one) })).sort((a, b) => a.label.localeCompare(b.label));
}

/** The steps of a request's way; how many of them are behind it. */
export const STEPS = ['received', 'in_hand', 'ended'] as const;
export const stepOf = (state: State): number => (state === 'received' ? 0 : state === 'in_hand' || state === 'forwarded' ? 1 : 2);

export const mayWithdraw = (state: State): boolean => state === 'received' || state === 'in_hand';
export const mayRate = (state: State, score: number | null): boolean => score === null && (state === 'answered' || state === 'rejected');
