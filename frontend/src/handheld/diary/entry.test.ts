import { expect, it } from 'vitest';
import { draftsOf, localOf, metOf, type Visit } from './entry';

const visit: Visit = { text: 'The lamp is dark.', at: new Date('2026-11-26T01:00:00Z'), place: { latitude: 26, longitude: 119 }, where: 'House 4', whom: [], kind: '' };
const keys = () => {
  let n = 0;
  return () => `k${(n += 1)}`;
};

it('names of the registry become ids, each once, and the others stay words', () => {
  const known = [{ id: 'R-1', label: 'Li Wei · House 4' }];
  expect(metOf(['Li Wei · House 4', 'the cook', 'Li Wei · House 4', 'her son'], known)).toEqual({ people: ['R-1'], met: 'the cook, her son' });
  expect(metOf([], known)).toEqual({ people: [], met: null });
});

it('photographs and the incident wait for the entry', () => {
  const drafts = draftsOf({ ...visit, kind: 'C0101' }, [], [new Blob(['a'])], keys());
  expect(drafts.map((one) => [one.doing, one.key, one.needs])).toEqual([['diary', 'k1', undefined], ['photo', 'k2', 'k1'], ['follow-up', 'k3', 'k1']]);
  expect(drafts[0]!.body).toEqual({ text: 'The lamp is dark.', visited_at: '2026-11-26T01:00:00.000Z', latitude: 26, longitude: 119, place: 'House 4', people: [], met: null });
});

it('without a place and a kind the entry stands alone', () => {
  const [entry, ...rest] = draftsOf({ ...visit, place: null, where: '' }, [], [], keys());
  expect(rest).toEqual([]);
  expect(entry!.body).toMatchObject({ place: null });
  expect(entry!.body).not.toHaveProperty('latitude');
});

it('an instant is written as the phone tells the time', () => {
  expect(localOf(new Date(2026, 10, 6, 7, 5))).toBe('2026-11-06T07:05');
});
