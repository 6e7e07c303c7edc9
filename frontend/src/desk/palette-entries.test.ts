import { expect, it } from 'vitest';
import { joined, matching } from './palette-entries';

const entry = (id: string, name: string, hint?: string) => ({ id, name, kind: 'x', ...(hint ? { hint } : {}), run: () => undefined });
const all = [entry('1', 'Old Anna'), entry('2', 'Anna Li', 'grid 7'), entry('I-3', 'Fire')];
const ids = (typed: string, most = 9) => matching(all, typed, most).map((one) => one.id);

it('puts first what begins with the words', () => expect(ids('anna')).toEqual(['2', '1']));
it('finds by name and hint together', () => expect(ids('anna 7')).toEqual(['2']));
it('shows only so many', () => expect(ids('', 2)).toHaveLength(2));
it('adds what the server found, and nothing twice', () =>
  expect(joined(all, [entry('I-3', 'Fire'), entry('P-1', 'Anna Wu')]).map((one) => one.id)).toEqual(['1', '2', 'I-3', 'P-1']));
