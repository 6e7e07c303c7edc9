import { describe, expect, it } from 'vitest';
import type { Organisation } from '../api/types';
import { coordinatesOf, search } from './search';

const PLACES = [
  { name: 'Old Mill Lane', kind: 'street' as const, longitude: 71.4, latitude: 51.1 },
  { name: 'Millbank', kind: 'place' as const, longitude: 71.5, latitude: 51.2 },
  { name: 'Windmill', kind: 'place' as const, longitude: 71.5, latitude: 51.2 },
];
const ORGANISATION: Organisation = { version: 1, key: 4, id: 'mill', parent: null, level: 'grid', name: 'Mill Grid', code: null, territory: null, label: { type: 'Point', coordinates: [71.6, 51.3] } };
const MEMBER = { key: 7, device: 'd', member: 'm', name: 'Ann Miller', post: null, organisation: 4 };

describe('a search', () => {
  const found = search(' mill', PLACES, [ORGANISATION], [MEMBER]);
  it('has what begins with the words first, then words in the middle, then parts of words', () => {
    expect(found.map((one) => one.name)).toEqual(['Millbank', 'Mill Grid', 'Ann Miller', 'Old Mill Lane', 'Windmill']);
  });
  it('says where each is, or who', () => {
    expect(found[1]).toEqual({ kind: 'organisation', name: 'Mill Grid', place: [71.6, 51.3], of: 'mill' });
    expect(found[2]).toEqual({ kind: 'member', name: 'Ann Miller', place: null, of: 7 });
  });
  it('of nothing finds nothing', () => expect(search('  ', PLACES, [], [])).toEqual([]));
  it('finds few enough to look at', () => {
    expect(search('mill', Array.from({ length: 50 }, (_, n) => ({ ...PLACES[0]!, name: `Mill ${n}` })), [], [])).toHaveLength(12);
  });
  it('takes coordinates as a place', () => {
    expect(search('51.16, 71.43', PLACES, [], [])[0]).toEqual({ kind: 'coordinates', name: '51.16, 71.43', place: [71.43, 51.16], of: null });
  });
});

it.each([
  ['51.16,71.43', [71.43, 51.16]], ['-33.9 18.4', [18.4, -33.9]], ['91, 0', null], ['5, 181', null], ['12 Main Street', null], ['', null],
])('%s is %j', (text, place) => expect(coordinatesOf(text)).toEqual(place));
