import { expect, it } from 'vitest';
import type { Way } from '../geo/way';
import type { Candidate } from './types';
import { labelPlace, lineOf } from './ways';

const one = { longitude: 1, latitude: 2 } as Candidate;
const way: Way = { basis: 'streets', why: null, profile: 'walking', metres: 3, seconds: 3, line: { type: 'LineString', coordinates: [[1, 2], [1, 3], [4, 3]] } };

it('draws along streets where the way is known, else straight', () => {
  expect(lineOf(one, [4, 3], way)).toEqual({ line: way.line.coordinates, streets: true });
  expect(lineOf(one, [4, 3], { ...way, basis: 'line' })).toEqual({ line: [[1, 2], [4, 3]], streets: false });
  expect(lineOf(one, [4, 3], undefined).streets).toBe(false);
});

it('puts the label on the line', () => {
  expect(labelPlace(way.line.coordinates)).toEqual([1, 3]);
  expect(labelPlace([[0, 0], [10, 10]])).toEqual([4, 4]);
});
