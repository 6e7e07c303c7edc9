/** A diary entry as the phone keeps it until it is sent. Pure. */
import { type Draft, MADE } from '../outbox/outbox';
import type { Place } from '../types';

/** Somebody of the registry, as the field for names shows him. */
export interface Known {
  id: string;
  label: string;
}

export interface Visit {
  text: string;
  at: Date;
  place: Place | null;
  where: string;
  whom: readonly string[];
  /** Kind of the incident that is to be reported out of it; empty: none. */
  kind: string;
}

const MET_MOST = 200;

/** Names that the registry knows become its ids, each once; the others stay words. */
export function metOf(whom: readonly string[], known: readonly Known[]): { people: string[]; met: string | null } {
  const idOf = new Map(known.map((one) => [one.label, one.id]));
  const people = [...new Set(whom.flatMap((name) => idOf.get(name) ?? []))];
  const words = whom.filter((name) => !idOf.has(name)).join(', ').slice(0, MET_MOST);
  return { people, met: words || null };
}

/** The entry; its photographs and the incident out of it wait until it has its id. `newKey` makes Idempotency-Keys. */
export function draftsOf(visit: Visit, known: readonly Known[], photos: readonly Blob[], newKey: () => string): (Draft & { key: string })[] {
  const key = newKey();
  const about = visit.text.slice(0, 80);
  const body = { text: visit.text, visited_at: visit.at.toISOString(), ...visit.place, place: visit.where || null, ...metOf(visit.whom, known) };
  const entry = { key, doing: 'diary' as const, path: '/diary', body, about };
  const pictures = photos.map((file, n) => ({ key: newKey(), doing: 'photo' as const, path: `/diary/${MADE}/photographs?name=visit-${n + 1}.jpg`, file, about, needs: key }));
  return visit.kind ? [entry, ...pictures, { ...followUp(MADE, visit.kind, about), key: newKey(), needs: key }] : [entry, ...pictures];
}

/** Report an incident out of an entry. */
export const followUp = (entry: string, kind: string, about: string): Draft => ({ doing: 'follow-up', path: `/diary/${entry}/incident`, body: { kind }, about });

/** For `<input type="datetime-local">`, in the phone's own time. */
export function localOf(at: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}T${two(at.getHours())}:${two(at.getMinutes())}`;
}
