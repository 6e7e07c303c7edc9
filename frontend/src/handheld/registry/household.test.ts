import { expect, test } from 'vitest';
import { MADE } from '../outbox/outbox';
import { draftsOf, emptyHousehold, faultsOf, isIdentity, isTelephone, nobody } from './household';

const NOW = new Date('2026-11-26T02:00:00Z');
const HERE = { latitude: 1, longitude: 2 };
const LI = { ...nobody('head'), name: ' Li Na ', telephone: '139 0000 0001' };
const SON = { ...nobody('child'), name: 'Li Bo', birth_date: '2015-02-03' };
const FILLED = { form: 'civil-relief', version: 3, title: 'Civil relief', answers: { relief: 'none' } };
const HOUSEHOLD = { ...emptyHousehold(), house: 'H-1', people: [LI, SON], filled: [FILLED] };

const counter = () => {
  let n = 0;
  return () => `k${(n += 1)}`;
};

test('a household comes before its people and what was filled in about it', () => {
  const drafts = draftsOf(HOUSEHOLD, HERE, NOW, counter());
  expect(drafts.map((one) => [one.doing, one.key, one.needs])).toEqual([
    ['household', 'k1', undefined], ['person', 'k2', 'k1'], ['person', 'k3', 'k1'], ['entry', 'k4', 'k1'],
  ]);
  expect(drafts[0]!.body).toEqual({ house: 'H-1', tenure: 'unknown', at_latitude: 1, at_longitude: 2 });
  expect(drafts[1]!.body).toMatchObject({ household: MADE, name: 'Li Na', relation: 'head', telephone: '139 0000 0001' });
  expect(drafts[1]!.body).not.toHaveProperty('identity');
  expect(drafts[3]!.body).toEqual({ element: 'households', record: MADE, answers: { relief: 'none' }, form_version: 3, filled_at: '2026-11-26T02:00:00.000Z', ...HERE });
});

test('a door that the registry does not know comes before the household behind it', () => {
  const door = { building: 'B-1', entrance: 1, floor: 2, number: '201' };
  const drafts = draftsOf({ ...HOUSEHOLD, house: '', door }, null, NOW, counter());
  expect(drafts.slice(0, 2).map((one) => [one.doing, one.needs, one.body])).toEqual([
    ['house', undefined, door], ['household', 'k1', { house: MADE, tenure: 'unknown' }],
  ]);
});

test('what is missing is said', () => {
  expect(faultsOf(HOUSEHOLD)).toEqual([]);
  expect(faultsOf(emptyHousehold())).toEqual(['needHouse', 'needNames']);
  expect(faultsOf({ ...HOUSEHOLD, people: [LI, { ...SON, relation: 'head' }] })).toEqual(['needHead']);
  expect(faultsOf({ ...HOUSEHOLD, people: [{ ...LI, identity: '110101199001011234', telephone: 'no' }] })).toEqual(['badIdentity', 'badTelephone']);
});

test('numbers are checked as the server does', () => {
  expect(isIdentity('11010519491231002X')).toBe(true); // the example of GB 11643
  expect(isIdentity('11010519491231002 x')).toBe(true);
  expect(isIdentity('110105194912310021')).toBe(false);
  expect(isIdentity('AB12345')).toBe(true);
  expect([isTelephone('+86 (139) 0000-0001'), isTelephone('12')]).toEqual([true, false]);
});
