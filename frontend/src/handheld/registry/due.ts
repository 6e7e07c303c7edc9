/** What is due in the grid, less what was done and waits to be sent. Pure. */
import type { Inspection } from '../../inspections/types';
import { type Draft, type Item, MADE } from '../outbox/outbox';

export const pathOfDone = (inspection: string): string => `/registry/inspections/${encodeURIComponent(inspection)}/done`;

/** That it was done; and the incident out of the faults it found, which waits for that. kind: empty: none. */
export function doneDrafts(one: Inspection, body: Record<string, unknown>, kind: string, newKey: () => string): (Draft & { key: string })[] {
  const done = { key: newKey(), doing: 'inspection' as const, path: pathOfDone(one.id), body, about: one.place_name };
  if (!kind || body.result !== 'faults') return [done];
  return [done, { key: newKey(), doing: 'found', path: `/registry/inspections/${MADE}/incident`, body: { kind }, about: one.place_name, needs: done.key }];
}

export const stillDue = (due: readonly Inspection[], items: readonly Item[]): Inspection[] => due.filter((one) => !items.some((item) => item.path === pathOfDone(one.id) && !item.refusal));
