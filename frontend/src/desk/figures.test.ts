import { expect, it } from 'vitest';
import { countdown, minutes } from './figures';

it('tells a travel time', () => {
  expect([minutes(45), minutes(240), minutes(3900)]).toEqual(['45 s', '4 min', '1 h 05']);
});

it('tells what is left, and what is over', () => {
  expect([countdown(725), countdown(3720), countdown(-190), countdown(187_200)]).toEqual(['12:05', '1:02:00', '+3:10', '2 d 4 h']);
});
