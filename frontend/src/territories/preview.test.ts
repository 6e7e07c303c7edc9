import { expect, it } from 'vitest';
import type { Organisation } from '../api/types';
import { mayDraw, movedOf, shapesOf, siblingsOf } from './preview';
import type { Drawn, Fault, Past } from './types';

const territory = { type: 'Polygon' as const, coordinates: [] };
const one = (id: string, parent: string | null, level: Organisation['level'] = 'grid'): Organisation => ({ key: 1, version: 1, id, parent, level, name: id, code: null, territory, label: null });
const TREE = [one('c', null, 'community'), one('a', 'c'), one('b', 'c'), one('x', 'd'), { ...one('bare', 'c'), territory: null }];

it('merges siblings that have a territory', () => {
  expect(siblingsOf(TREE, TREE[1]!).map(({ id }) => id)).toEqual(['b']);
});

it('draws those with none below them, but not the caller\u2019s own', () => {
  expect(TREE.map((it) => mayDraw(TREE, it, 'x'))).toEqual([false, true, true, false, true]);
});

it('sums what changes hands', () => {
  const drawn = (moved: Record<string, number>): Drawn => ({ id: 'a', name: 'a', code: null, territory, moved });
  expect(movedOf([drawn({ buildings: 2, houses: 9, incidents: 0 }), drawn({ buildings: 1, people: 4 })])).toEqual([{ what: 'buildings', count: 3 }, { what: 'people', count: 4 }]);
});

it('draws what would be, what was, and where it does not fit', () => {
  const fault = { place: { type: 'Point', coordinates: [1, 2] } } as Fault;
  const drawn: Drawn = { id: 'a', name: 'a', code: null, territory, moved: {} };
  const { features } = shapesOf({ areas: [drawn], faults: [fault] }, [{ name: 'old', territory } as unknown as Past, { territory: null } as Past]);
  expect(features.map(({ properties }) => properties!.what)).toEqual(['drawn', 'past', 'fault']);
});
