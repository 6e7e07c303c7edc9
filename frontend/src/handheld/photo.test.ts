import { expect, it } from 'vitest';
import { fitted } from './photo';

it('a picture keeps its shape within the limit, and is never made larger', () => {
  expect(fitted(4000, 3000)).toEqual([1600, 1200]);
  expect(fitted(900, 3200)).toEqual([450, 1600]);
  expect(fitted(640, 480)).toEqual([640, 480]);
  expect(fitted(20_000, 1)).toEqual([1600, 1]);
});
