import { expect, test } from 'vitest';
import type { Inspection } from '../../inspections/types';
import type { Item } from '../outbox/outbox';
import { pathOfDone, stillDue } from './due';

const DUE = [{ id: 'V-1' }, { id: 'V-2' }] as Inspection[];
const done = (id: string, more: Partial<Item> = {}): Item => ({ order: 1, key: id, at: 0, doing: 'inspection', path: pathOfDone(id), about: '', ...more });

test('what was done without a network is not due any more, unless the server refused it', () => {
  expect(stillDue(DUE, [done('V-1')]).map((one) => one.id)).toEqual(['V-2']);
  expect(stillDue(DUE, [done('V-1', { refusal: { status: 400, detail: '' } })])).toEqual(DUE);
});
