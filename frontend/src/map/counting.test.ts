import { expect, it } from 'vitest';
import type { Organisation } from '../api/types';
import type { Row } from '../live/frame';
import { byCell, byOrganisation, levelAt, resolutionAt } from './counting';

const organisation = (key: number, id: string, parent: string | null, level: Organisation['level']): Organisation => ({
  key, version: 1, id, parent, level, name: id, code: null, territory: null, label: { type: 'Point', coordinates: [key, key] },
});
const TREE = [organisation(1, 'city', null, 'city'), organisation(2, 'east', 'city', 'district'), organisation(3, 'west', 'city', 'district'), organisation(4, 'lane', 'east', 'street')];
const row = (key: number, latitude: number, longitude: number): Row => ({
  key, latitude, longitude, speed: 0, course: null, fixedAt: 0, older: false, presence: 0, moving: false, emergency: false, silence: 0, battery: null,
});
const info = (key: number, organisation: number) => [key, { key, device: '', member: null, name: '', post: null, organisation }] as const;

it('members count for their organisation and all above it, once', () => {
  const shown = { info: new Map([info(7, 4), info(8, 2), info(9, 4)]), rows: new Map([[7, row(7, 0, 0)], [8, row(8, 0, 0)]]) };
  expect(byOrganisation(TREE, shown, 'district').features.map((one) => one.properties)).toEqual([{ count: 2, name: 'east' }]);
  expect(byOrganisation(TREE, shown, 'street').features[0]).toMatchObject({ properties: { count: 1 }, geometry: { coordinates: [4, 4] } });
});

it('members of one cell are one number near all of them', () => {
  const { features } = byCell([row(1, 51.1, 71.4), row(2, 51.1001, 71.4001), row(3, 52, 71.4)], 8);
  expect(features.map((one) => one.properties?.count).sort()).toEqual([1, 2]);
  const two = features.find((one) => one.properties?.count === 2)!;
  expect(two.geometry.coordinates[1]).toBeCloseTo(51.1, 2);
});

it('far away the levels and the cells are larger', () => {
  expect([levelAt(9), levelAt(12)]).toEqual(['district', 'street']);
  expect([8, 10, 11, 12].map(resolutionAt)).toEqual([5, 6, 7, 8]);
});
