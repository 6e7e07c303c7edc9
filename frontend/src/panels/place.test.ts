import { expect, it } from 'vitest';
import type { Track } from '../api/types';
import { placeAt } from './place';

const track: Track = { count: 3, stored: 3, time: [], latitude: [50, 51, 51], longitude: [70, 70, 72], speed: [] };
const times = [1_000, 2_000, 4_000];

it('is between the positions before and after', () => {
  expect(placeAt(track, times, 1_500)).toEqual([70, 50.5]);
  expect(placeAt(track, times, 3_000)).toEqual([71, 51]);
});

it('stays at the ends outside the time of the track', () => {
  expect(placeAt(track, times, 0)).toEqual([70, 50]);
  expect(placeAt(track, times, 9_000)).toEqual([72, 51]);
});
