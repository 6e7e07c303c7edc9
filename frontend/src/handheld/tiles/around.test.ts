import { expect, it } from 'vitest';
import { tilesAround } from './around';

const HERE = { latitude: 51.125, longitude: 71.425 };

it('has the one tile that holds a place', () => {
  expect(tilesAround(HERE, 0, [0, 1, 15])).toEqual([[0, 0, 0], [1, 1, 0], [15, 22885, 10951]]);
});

it('has those around it, and stays within bounds that a phone can keep', () => {
  const tiles = tilesAround(HERE, 1500, [11, 12, 13, 14, 15]);
  expect(tiles).toContainEqual([15, 22886, 10952]);
  expect(tiles.length).toBeGreaterThan(30);
  expect(tiles.length).toBeLessThan(80);
});

it('ends at the edges of the world', () => {
  expect(tilesAround({ latitude: 89, longitude: 180 }, 500, [2])).toEqual([[2, 3, 0]]);
});
