import { expect, test } from 'vitest';
import { limit, secondsOf } from './limits';

test('a limit is said in the largest unit that divides it, and read again as the same', () => {
  expect([90, 900, 7_200, 604_800, 86_460].map(limit)).toEqual(['90s', '15m', '2h', '7d', '1441m']);
  for (const seconds of [1, 90, 900, 7_200, 604_800, 86_460]) expect(secondsOf(limit(seconds))).toBe(seconds);
});

test('a bare number is minutes, a comma is a point, nonsense is nothing', () => {
  expect(['15', ' 1,5 H ', '2.5d', 'soon', '', '-3m', '3 weeks'].map(secondsOf)).toEqual([900, 5_400, 216_000, null, null, null, null]);
});
