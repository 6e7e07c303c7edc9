import { expect, it } from 'vitest';
import { bearingTo, metresBetween } from './distance';

it('measures a degree of latitude', () => {
  expect(metresBetween({ latitude: 51, longitude: 71 }, { latitude: 52, longitude: 71 })).toBeCloseTo(111_195, -1);
});

it('knows where something lies', () => {
  const here = { latitude: 51, longitude: 71 };
  expect(bearingTo(here, { latitude: 52, longitude: 71 })).toBeCloseTo(0);
  expect(bearingTo(here, { latitude: 51, longitude: 71.01 })).toBeCloseTo(90, 1);
  expect(bearingTo(here, { latitude: 51, longitude: 70.99 })).toBeCloseTo(270, 1);
});
