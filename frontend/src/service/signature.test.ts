import { expect, it } from 'vitest';
import { MOST_POINTS, begun, drawnTo, isSigned, pathOfStrokes, pointOf } from './signature';
import type { Stroke } from './types';

const line = (points: number): readonly Stroke[] =>
  Array.from({ length: points }, (_, n) => [(n * 7) % 1000, (n * 13) % 1000] as [number, number]).reduce<readonly Stroke[]>((strokes, point) => (strokes.length ? drawnTo(strokes, point) : begun(strokes, point)), []);

it('says where a point lies in thousandths, and keeps it inside', () => {
  expect(pointOf(150, 50, 300, 100)).toEqual([500, 500]);
  expect(pointOf(-9, 400, 300, 100)).toEqual([0, 1000]);
});

it('leaves out what says nothing new', () => {
  const one = begun([], [10, 10]);
  expect(drawnTo(one, [12, 11])).toBe(one);
  expect(drawnTo(one, [20, 10])).toEqual([[[10, 10], [20, 10]]]);
  expect(drawnTo([], [20, 10])).toEqual([]);
});

it('is a signature only when it is a line', () => {
  expect(isSigned([[[1, 1]], [[2, 2]], [[3, 3]], [[4, 4]], [[5, 5]], [[6, 6]]])).toBe(false);
  expect(isSigned(line(6))).toBe(true);
});

it('never becomes more than the server takes', () => {
  expect(line(MOST_POINTS + 50)[0]).toHaveLength(MOST_POINTS);
});

it('is drawn as a path', () => {
  expect(pathOfStrokes([[[0, 0], [10, 20]], [[5, 5]]])).toBe('M0 0L10 20M5 5');
});
