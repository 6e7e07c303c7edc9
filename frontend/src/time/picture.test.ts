import { describe, expect, it } from 'vitest';
import type { Ways } from './api';
import { exactRows, picture, rowsAt, spanOf } from './picture';

const NOON = Date.parse('2026-11-24T12:00:00Z');
const WAYS: Ways = {
  from: '2026-11-24T12:00:00Z', to: '2026-11-24T12:05:00Z', count: 5,
  carriers: [
    { key: 7, device: 'd7', member: 'anna', name: 'Anna', post: null, organisation: 'north' },
    { key: 9, device: 'd9', member: 'bo', name: 'Bo', post: 'patrol', organisation: 'elsewhere' },
  ],
  device: [7, 7, 7, 9, 9],
  time: [-30, 0, 10, 60, 290],
  latitude: [51, 51.1, 51.2, 52, 53],
  longitude: [71, 71.1, 71.3, 72, 73],
  speed: [0, 1.5, null, 2, 2],
  course: [null, 90, 90, 10, 10],
};
const span = spanOf(WAYS, 10, [{ version: 1, key: 4, id: 'north', parent: null, level: 'district', name: 'North', code: null, territory: null, label: null }]);
const at = (seconds: number) => rowsAt(span, NOON + seconds * 1000);

describe('members between the samples', () => {
  it('stand on a sample at its instant', () => {
    expect(at(0).get(7)).toMatchObject({ latitude: 51.1, longitude: 71.1, moving: true, presence: 0 });
    expect(at(10).get(7)).toMatchObject({ latitude: 51.2, longitude: 71.3 });
  });
  it('are on the way in between', () => {
    const row = at(5).get(7)!;
    expect(row.latitude).toBeCloseTo(51.15, 9);
    expect(row.longitude).toBeCloseTo(71.2, 9);
    expect(row.fixedAt).toBe(NOON + 5000);
  });
  it('are not there before they were heard of', () => {
    expect(at(59).has(9)).toBe(false);
    expect(at(60).has(9)).toBe(true);
  });
  it('stand still after the last sample, and grow stale and silent', () => {
    expect(at(69).get(7)).toMatchObject({ latitude: 51.2, presence: 0, fixedAt: NOON + 10_000 });
    expect(at(71).get(7)!.presence).toBe(1);
    expect(at(10 + 601).get(7)!.presence).toBe(2);
  });
  it('do not glide over a gap in which nobody heard of them', () => {
    expect(at(200).get(9)).toMatchObject({ latitude: 52, presence: 1 });
  });
  it('keep who they are', () => {
    expect(span.info.get(7)).toEqual({ key: 7, device: 'd7', member: 'anna', name: 'Anna', post: null, organisation: 4 });
    expect(span.info.get(9)!.organisation).toBe(-1);
  });
  it('are nobody where nothing was told', () => {
    const none = spanOf({ ...WAYS, device: [], time: [], latitude: [], longitude: [], speed: [], course: [] }, 10, []);
    expect(rowsAt(none, NOON).size).toBe(0);
  });
});

it('an exact answer is taken as it is', () => {
  const { carriers, ...rest } = WAYS;
  void rest;
  const rows = exactRows([{ ...carriers[0]!, time: '2026-11-24T11:58:00Z', latitude: 1, longitude: 2, speed: 3, course: 4 }], NOON);
  expect(rows.get(7)).toMatchObject({ latitude: 1, longitude: 2, presence: 1, moving: false, fixedAt: NOON - 120_000 });
});

it('a picture makes ages those of its instant', () => {
  const made = picture(span.info, at(0), NOON, NOON + 3_600_000);
  expect(NOON + 3_600_000 + made.skew).toBe(NOON);
  expect(made.touched).toBeNull();
});
