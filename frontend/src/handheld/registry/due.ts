/** What is due in the grid, less what was done and waits to be sent. Pure. */
import type { Inspection } from '../../inspections/types';
import type { Item } from '../outbox/outbox';

export const pathOfDone = (inspection: string): string => `/registry/inspections/${encodeURIComponent(inspection)}/done`;

export const stillDue = (due: readonly Inspection[], items: readonly Item[]): Inspection[] => due.filter((one) => !items.some((item) => item.path === pathOfDone(one.id) && !item.refusal));
