import { expect, it } from 'vitest';
import { ageOf, slabsOf, storeysOf } from './storeys';
import type { Building, House } from './types';

const house = (floor: number, number: string) => ({ id: number, floor, number, households: [] }) as unknown as House;
const building = { id: 'b', floors: 2, height_m: 10, footprint: { type: 'Polygon', coordinates: [] } } as unknown as Building;

it('goes from the roof down, with storeys where nobody lives and those below ground', () => {
  expect(storeysOf([house(1, '101'), house(-1, '001')], 3).map((one) => [one.floor, one.houses.length])).toEqual([[3, 0], [2, 0], [1, 1], [-1, 1]]);
});

it('stacks slabs to the height of the building and marks the chosen one', () => {
  const slabs = slabsOf(building, 2).features.map((one) => one.properties);
  expect(slabs.map((one) => one?.base)).toEqual([0, 5]);
  expect(slabs.map((one) => one?.chosen)).toEqual([false, true]);
  expect(slabs[1]?.top).toBeLessThan(10);
});

it('counts whole years', () => {
  expect(ageOf('1990-03-07', new Date(2026, 2, 6))).toBe(35);
  expect(ageOf('1990-03-07', new Date(2026, 2, 7))).toBe(36);
  expect(ageOf(null, new Date())).toBeNull();
});
