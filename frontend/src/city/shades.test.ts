import { expect, it } from 'vitest';
import { colourOf, figureOf, heightOf, legendOf, SHADES } from './shades';
import type { Building } from './types';

const tower: Building = {
  id: 'b', name: '', address: '', use: 'residential', latitude: 0, longitude: 0, footprint: null, height_m: null, floors: 10, homes: 40,
  vacant: 4, rented: 5, residents: 100, from_away: 25, groups: { lives_alone: 3, party_member: 9 },
};

it('counts who needs care, and shares of homes and residents', () => {
  expect(figureOf(tower, 'groups')).toBe(3);
  expect(figureOf(tower, 'groups', 'party_member')).toBe(9);
  expect(figureOf(tower, 'groups', 'disabled')).toBe(0);
  expect(figureOf(tower, 'vacant')).toBe(0.1);
  expect(figureOf(tower, 'rented')).toBe(0.125);
  expect(figureOf(tower, 'from_away')).toBe(0.25);
  expect(figureOf({ ...tower, homes: 0, residents: 0 }, 'vacant')).toBe(0);
});

it('has a colour of the legend for every building', () => {
  for (const shade of SHADES) {
    for (const one of [tower, { ...tower, residents: 0, vacant: 0, groups: {}, use: 'mixed' }]) {
      expect(legendOf(shade, 'dark').map((entry) => entry.colour)).toContain(colourOf(one, { shade, group: null }, 'dark'));
    }
  }
});

it('knows no lower building than its floors', () => {
  expect(heightOf(tower)).toBeCloseTo(31);
  expect(heightOf({ ...tower, height_m: 12 })).toBe(12);
});
