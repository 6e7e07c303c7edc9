import { expect, test } from 'vitest';
import type { Inspection } from '../../inspections/types';
import type { Item } from '../outbox/outbox';
import { doneDrafts, pathOfDone, stillDue } from './due';

const DUE = [{ id: 'V-1' }, { id: 'V-2' }] as Inspection[];
const done = (id: string, more: Partial<Item> = {}): Item => ({ order: 1, key: id, at: 0, doing: 'inspection', path: pathOfDone(id), about: '', ...more });

test('what was done without a network is not due any more, unless the server refused it', () => {
  expect(stillDue(DUE, [done('V-1')]).map((one) => one.id)).toEqual(['V-2']);
  expect(stillDue(DUE, [done('V-1', { refusal: { status: 400, detail: '' } })])).toEqual(DUE);
});

test('the incident out of faults waits until the inspection is done; what is in order makes none', () => {
  let n = 0;
  const drafts = (result: string, kind: string) => doneDrafts({ id: 'V-1', place_name: 'Hall' } as Inspection, { result }, kind, () => `k${(n += 1)}`);
  expect(drafts('faults', 'C0101').map(({ doing, path, key, needs }) => [doing, path, key, needs])).toEqual([
    ['inspection', '/registry/inspections/V-1/done', 'k1', undefined],
    ['found', '/registry/inspections/{made}/incident', 'k2', 'k1'],
  ]);
  expect(drafts('ok', 'C0101')).toHaveLength(1);
  expect(drafts('faults', '')).toHaveLength(1);
});
