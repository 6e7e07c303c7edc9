import { describe, expect, it } from 'vitest';
import type { Organisation } from '../api/types';
import { memberCounts, treeRows } from './tree';

const one = (key: number, id: string, parent: string | null): Organisation => ({
  key, version: 1, id, parent, level: 'street', name: `Name ${id}`, code: null, territory: null, label: null,
});
const city = [one(1, 'city', null), one(2, 'a', 'city'), one(3, 'a1', 'a'), one(4, 'b', 'city')];

describe('treeRows', () => {
  it('shows what is open', () => {
    expect(treeRows(city, new Set(['city']), '').map((row) => row.organisation.id)).toEqual(['city', 'a', 'b']);
    expect(treeRows(city, new Set(['city', 'a']), '').map((row) => row.depth)).toEqual([0, 1, 2, 1]);
  });
  it('shows a match with its ancestors', () => {
    expect(treeRows(city, new Set(), 'a1').map((row) => row.organisation.id)).toEqual(['city', 'a', 'a1']);
  });
  it('starts where the caller may look, though the parent is hidden', () => {
    expect(treeRows(city.slice(1), new Set(), '').map((row) => row.organisation.id)).toEqual(['a', 'b']);
  });
});

it('counts members upwards', () => {
  expect(Object.fromEntries(memberCounts(city, [3, 3, 4]))).toEqual({ a1: 2, a: 2, city: 3, b: 1 });
});
