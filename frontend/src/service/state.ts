/** What the service desk decides, without a browser. Pure. */
import type { RequestState } from './types';

export const DEEDS = ['take', 'message', 'answer', 'forward', 'send-on', 'reject', 'follow-up'] as const;
export type Deed = (typeof DEEDS)[number];

const WORKERS: readonly string[] = ['administrator', 'commander', 'dispatcher', 'officer'];

/** Deeds that the server allows in a state; it has the last word. */
const ALLOWED: Readonly<Record<RequestState, readonly Deed[]>> = {
  received: ['take', 'message', 'answer', 'forward', 'send-on', 'reject'],
  in_hand: ['message', 'answer', 'forward', 'send-on', 'reject'],
  forwarded: ['take', 'message', 'answer', 'send-on', 'reject'],
  answered: ['take', 'message', 'follow-up'],
  rejected: ['take', 'message', 'follow-up'],
  withdrawn: ['follow-up'],
};

export const mayWork = (role: string): boolean => WORKERS.includes(role);
export const deedsOf = (state: RequestState, role: string): readonly Deed[] => (mayWork(role) ? ALLOWED[state] : []);
export const hasEnded = (state: RequestState): boolean => state === 'answered' || state === 'rejected' || state === 'withdrawn';

/** state: one of the room's, "open" (which is asked for where the address says nothing), or "all". */
export interface Choice {
  state: string;
  kind: string | undefined;
  organisation: string | undefined;
}

/** The filters of an address in a room with those states and kinds. What is unknown is left out. */
export function choiceOf(query: Readonly<Record<string, string>>, states: readonly string[], kinds: readonly string[]): Choice {
  const state = query.state === 'all' ? 'all' : (states.find((one) => one === query.state) ?? 'open');
  return { state, kind: kinds.find((one) => one === query.kind), organisation: query.organisation || undefined };
}

/** The address of filters. */
export const addressOf = ({ state, kind, organisation }: Choice): Record<string, string | undefined> => ({ state: state === 'open' ? undefined : state, kind, organisation });

/** What the API is asked. text: of the search field; flags: states that it asks for by a flag of that name. */
export const questionOf = ({ state, kind, organisation }: Choice, text: string, flags: readonly string[] = []): Record<string, string | boolean | undefined> => ({
  ...(flags.includes(state) ? { [state]: true } : { state: state === 'open' || state === 'all' ? undefined : state, open: state === 'open' ? true : undefined }),
  kind,
  organisation,
  q: text.trim().slice(0, 100) || undefined,
});

/** "51.15, 71.43" as a place, degrees; null where it is none. */
export function placeOf(text: string): { latitude: number; longitude: number } | null {
  const numbers = text.split(/[\s,,;]+/).filter(Boolean).map(Number);
  const [latitude, longitude] = numbers;
  if (numbers.length !== 2 || latitude === undefined || longitude === undefined) return null;
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 ? { latitude, longitude } : null;
}
