import { expect, it } from 'vitest';
import type { Organisation } from '../api/types';
import { boundsOf, tonesOf } from './territory-shapes';

const one = (id: string, level: Organisation['level'], parent: string | null): Organisation => ({
  key: 1, version: 1, id, parent, level, name: id, code: null, territory: null, label: null,
});

it('gives each district a colour and all below it the same', () => {
  const all = [one('c', 'city', null), one('a', 'district', 'c'), one('b', 'district', 'c'), one('a1', 'street', 'a'), one('a11', 'grid', 'a1')];
  const tones = tonesOf(all, 'dark');
  expect(tones.get('a11')).toBe(tones.get('a'));
  expect(tones.get('a')).not.toBe(tones.get('b'));
});

it('bounds what has a territory, and nothing where nothing has', () => {
  const territory = { type: 'Polygon' as const, coordinates: [[[71, 51], [72, 51], [72, 52], [71, 51]]] };
  expect(boundsOf([one('c', 'city', null), { ...one('a', 'district', 'c'), territory }])).toEqual([71, 51, 72, 52]);
  expect(boundsOf([one('c', 'city', null)])).toBeNull();
});
