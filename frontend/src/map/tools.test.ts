import { describe, expect, it } from 'vitest';
import { countsAt, datumOf, keptOf } from './tools';

describe('what was kept', () => {
  it('is what it was', () => {
    const kept = keptOf('{"layers": {"borders": false, "heat": true, "unheard": true}, "far": "cells"}');
    expect(kept.layers).toMatchObject({ borders: false, heat: true, labels: true });
    expect('unheard' in kept.layers).toBe(false);
    expect(kept.far).toBe('cells');
  });
  it.each([null, '', '{', 'null', '[]', '7', '{"layers": 3, "far": "x"}'])('and else the first: %j', (text) => {
    expect(keptOf(text)).toEqual(keptOf(null));
  });
});

it('counts stand for members who are many and far', () => {
  expect(countsAt('organisations', 10, 5000)).toBe(true);
  expect(countsAt('organisations', 13, 5000)).toBe(false);
  expect(countsAt('organisations', 10, 200)).toBe(false);
  expect(countsAt('dots', 10, 5000)).toBe(false);
});

it('the datum is that of the map that is shown', () => {
  expect(datumOf(['satellite'], true)).toBe('gcj02');
  expect(datumOf(['satellite'], false)).toBe('wgs84');
  expect(datumOf([], true)).toBe('wgs84');
});
