import { expect, it } from 'vitest';
import { age, area, course, degrees, distance, percent, speed } from './units';

it('writes ages in the unit that reads best', () => {
  expect([age(3_000), age(240_000), age(7_200_000), age(500_000_000)]).toEqual(['3 s', '4 min', '2 h', '6 d']);
  expect(age(-5_000)).toBe('0 s');
});

it('writes unknown as a dash', () => {
  expect([speed(null), course(null), percent(null)]).toEqual(['–', '–', '–']);
});

it('writes known figures with their unit', () => {
  expect([speed(1.25), course(359), percent(0.81)]).toEqual(['4.5 km/h', '359° N', '81 %']);
  expect([distance(849.6), distance(3_249)]).toEqual(['850 m', '3.2 km']);
});

it('writes areas and places', () => {
  expect([area(850.4), area(3_214_000)]).toEqual(['850 m²', '3.21 km²']);
  expect(degrees(51.160523, -71.4)).toBe('51.16052, -71.40000');
});
