import { expect, it } from 'vitest';
import { pauseBefore } from './socket';

it('waits longer each time, up to a bound, and never the same for all', () => {
  expect(pauseBefore(0, 0.5)).toBe(250);
  expect(pauseBefore(3, 0.5)).toBe(2_000);
  expect(pauseBefore(30, 0)).toBe(5_000);
  expect(pauseBefore(30, 1)).toBe(15_000);
});
