import { expect, it } from 'vitest';
import { isAsked, wayTo, type Hit } from './everything';

const hit = (some: Partial<Hit>): Hit => ({ kind: 'places', id: 'L1', name: 'n', detail: '', organisation: 'g1', latitude: 51, longitude: 71, building: null, house: null, ...some });

it('opens the house of a resident in the 3D city', () =>
  expect(wayTo(hit({ kind: 'people', building: 'B1', house: 'H2' }))).toEqual({ path: '/city/B1/H2', organisation: 'g1' }));
it('opens a building', () => expect(wayTo(hit({ kind: 'buildings', building: 'B1' })).path).toBe('/city/B1'));
it('leads to an incident at the desk', () => expect(wayTo(hit({ kind: 'incidents', id: 'I-7' }))).toEqual({ path: '/desk/I-7' }));
it('leads to a place on the map', () => expect(wayTo(hit({}))).toEqual({ path: '/', place: [71, 51] }));
it('chooses an organisation, with or without a territory', () => {
  expect(wayTo(hit({ kind: 'organisations', id: 's1' }))).toEqual({ path: '/', organisation: 's1', place: [71, 51] });
  expect(wayTo(hit({ kind: 'organisations', id: 's1', latitude: null, longitude: null }))).toEqual({ path: '/', organisation: 's1' });
});
it('somebody without a home leads to the map, and to nowhere on it', () => expect(wayTo(hit({ kind: 'people', latitude: null, longitude: null }))).toEqual({ path: '/' }));
it('asks for two letters or one Chinese character', () => {
  expect(['a', 'ab', '张', ' ', ''].map(isAsked)).toEqual([false, true, true, false, false]);
});
