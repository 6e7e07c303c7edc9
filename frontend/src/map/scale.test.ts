import { expect, it } from 'vitest';
import { roundLength } from './scale';

it.each([[1234, 1000], [999, 500], [200, 200], [199, 100], [0.7, 0.5], [0, 0], [Number.NaN, 0]])('%d m at most is a bar of %d m', (most, round) =>
  expect(roundLength(most)).toBeCloseTo(round, 9));
