import { expect, it } from 'vitest';
import type { Way } from '../../geo/way';
import { withWay } from './ways';

const way = {} as Way;

it('keeps the newest way of each task, and twenty tasks', () => {
  let ways = {};
  for (let n = 0; n < 25; n++) ways = withWay(ways, `a-${n}`, { way, at: n });
  ways = withWay(ways, 'a-7', { way, at: 99 });
  expect(Object.keys(ways)).toHaveLength(20);
  expect(ways).toHaveProperty('a-24');
  expect(ways).toMatchObject({ 'a-7': { at: 99 } });
  expect(ways).not.toHaveProperty('a-4');
});
