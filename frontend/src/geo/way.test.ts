import { describe, expect, it } from 'vitest';
import { aheadOf, type Way } from './way';

/** 1112 m north, then 1112 m east, at the equator. */
const way: Way = { basis: 'streets', why: null, profile: 'walking', metres: 2224, seconds: 2000, line: { type: 'LineString', coordinates: [[0, 0], [0, 0.01], [0.01, 0.01]] } };

describe('aheadOf', () => {
  it('tells the whole way at its beginning and nothing at its end', () => {
    expect(aheadOf(way, { latitude: 0, longitude: 0 }).metres).toBeCloseTo(2224, -1);
    const end = aheadOf(way, { latitude: 0.01, longitude: 0.01 });
    expect([end.metres, end.seconds, end.off].map(Math.round)).toEqual([0, 0, 0]);
  });

  it('begins where the member is and goes on from the nearest point', () => {
    const ahead = aheadOf(way, { latitude: 0.005, longitude: 0.0001 });
    expect(ahead.line[0]).toEqual([0.0001, 0.005]);
    expect(ahead.line.slice(2)).toEqual([[0, 0.01], [0.01, 0.01]]);
    expect(ahead.off).toBeCloseTo(11.1, 0);
    expect(ahead.seconds).toBeCloseTo(1500, -1);
  });

  it('says how far somebody is off the way', () => {
    expect(aheadOf(way, { latitude: 0.005, longitude: -0.01 }).off).toBeCloseTo(1112, -1);
  });
});
