import { describe, expect, it } from 'vitest';
import { backOff, BATCH, type Fix, isWorthKeeping, toThin, verdictOf } from './queue';

const at = (second: number, more: Partial<Fix> = {}): Fix => ({
  time: new Date(Date.UTC(2026, 10, 24, 8, 0, second)).toISOString(), latitude: 51.1, longitude: 71.4, accuracy: 8, speed: null,
  course: null, altitude: null, battery: null, ...more,
});

describe('a fix is kept', () => {
  it('when it is the first', () => expect(isWorthKeeping(null, at(0))).toBe(true));
  it('when the member moved', () => expect(isWorthKeeping(at(0), at(2, { latitude: 51.1001 }))).toBe(true));
  it('when the member stands, four times a minute', () => {
    expect(isWorthKeeping(at(0), at(14))).toBe(false);
    expect(isWorthKeeping(at(0), at(15))).toBe(true);
  });
  it('never when it is older than the last', () => expect(isWorthKeeping(at(5), at(4, { latitude: 52 }))).toBe(false));
});

describe('a queue that is too long', () => {
  it('loses every second row of its older half', () => expect(toThin([1, 2, 3, 4, 5, 6, 7, 8, 9], 8)).toEqual([2, 4]));
  it('loses nothing while there is room', () => expect(toThin([1, 2, 3], 3)).toEqual([]));
  it('gets shorter whatever its length', () => {
    for (let length = 5; length < 200; length += 1) {
      const keys = Array.from({ length }, (_, n) => n);
      expect(toThin(keys, 4).length).toBeGreaterThan(0);
    }
  });
});

describe('an answer of the server', () => {
  it('200 ends the batch, refused ones included', () => expect(verdictOf(200, 10, 2, null)).toMatchObject({ done: 'all', refused: 2, pause_ms: 0 }));
  it('that did not come keeps everything', () => {
    expect(verdictOf(0, 1, 0, null)).toMatchObject({ done: 'none', refused: 0, batch: BATCH });
    expect(verdictOf(0, 10, 0, null)).toMatchObject({ done: 'none', refused: 0, batch: BATCH });
  });
  it('503 and 429 keep it for as long as they say', () => {
    expect(verdictOf(503, 10, 0, 3)).toMatchObject({ done: 'none', pause_ms: 3000 });
    expect(verdictOf(429, 10, 0, null)).toMatchObject({ done: 'none', pause_ms: 5000 });
  });
  it('401 keeps it and asks for a sign-in', () => expect(verdictOf(401, 10, 0, null)).toMatchObject({ done: 'none', signedOut: true }));
  it('400 looks for the one that cannot be read, and drops that alone', () => {
    expect(verdictOf(400, 500, 0, null)).toMatchObject({ done: 'none', batch: 250, pause_ms: 0 });
    expect(verdictOf(400, 3, 0, null).batch).toBe(2);
    expect(verdictOf(400, 1, 0, null)).toMatchObject({ done: 'all', refused: 1, batch: BATCH });
  });
});

it('attempts become rarer, up to a minute', () => {
  expect(backOff(0, 1)).toBe(2000);
  expect(backOff(20, 1)).toBe(60_000);
  expect(backOff(0, 0)).toBe(1000);
});
