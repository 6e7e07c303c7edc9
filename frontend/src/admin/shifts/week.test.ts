import { expect, test } from 'vitest';
import type { Shift } from '../types';
import { barsOf, dayOf, daysLater, dayText, lanesOf, mondayOf } from './week';

const MONDAY = new Date(2026, 10, 23);
const hours = (n: number) => new Date(MONDAY.getTime() + n * 3_600_000).toISOString();
const shift = (id: string, from: number, to: number): Shift => ({ id, organisation: 'o', name: id, starts_at: hours(from), ends_at: hours(to), members: [] });

test('a week begins on Monday', () => {
  expect(dayText(mondayOf(new Date(2026, 10, 29, 23, 59)))).toBe('2026-11-23');
  expect(dayText(mondayOf(MONDAY))).toBe('2026-11-23');
  expect(dayText(daysLater(MONDAY, 7))).toBe('2026-11-30');
  expect(dayText(dayOf('2026-11-25', MONDAY))).toBe('2026-11-25');
  expect(dayOf('tomorrow', MONDAY)).toBe(MONDAY);
});

test('bars lie where their hours are; who overlaps goes to another lane, who follows to the same', () => {
  const bars = barsOf([shift('b', 12, 20), shift('a', 8, 16), shift('c', 16, 24)], MONDAY);
  expect(bars.map((bar) => [bar.shift.id, bar.lane])).toEqual([['a', 0], ['b', 1], ['c', 0]]);
  expect(bars[0]!.left).toBeCloseTo(8 / 168);
  expect(bars[0]!.width).toBeCloseTo(8 / 168);
  expect([lanesOf(bars), lanesOf([])]).toEqual([2, 1]);
});

test('what reaches over the week is cut, what is outside is left out', () => {
  const bars = barsOf([shift('before', -5, 0), shift('in', -4, 4), shift('out', 160, 180), shift('after', 168, 170)], MONDAY);
  expect(bars.map((bar) => bar.shift.id)).toEqual(['in', 'out']);
  expect([bars[0]!.left, bars[1]!.left + bars[1]!.width]).toEqual([0, 1]);
});
