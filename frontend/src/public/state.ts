/** What the public's pages decide, without a browser. Pure. */
import type { Organisation, State } from './api';

export type View = 'home' | 'file' | 'follow';

export const viewOf = (path: string): View => {
  const name = path.split('/').filter(Boolean)[1];
  return name === 'file' || name === 'follow' ? name : 'home';
};

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
