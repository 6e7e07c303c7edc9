import { expect, it } from 'vitest';
import { textOf, viewIn } from './view';

it('says where the map looks, and reads it again', () => {
  const flat = { center: [71.43, 51.13] as [number, number], zoom: 14.23, bearing: 0, pitch: 0 };
  expect(textOf(flat)).toBe('51.13000,71.43000,14.2');
  expect(viewIn(textOf(flat))).toEqual({ ...flat, zoom: 14.2 });
  expect(viewIn(textOf({ ...flat, bearing: -20.4, pitch: 55 }))).toMatchObject({ bearing: -20, pitch: 55 });
});

it.each([undefined, '', 'here', '51,71', '91,71,4', '51,71,4,0,90', '51,,4'])('takes nothing out of %s', (text) => expect(viewIn(text)).toBeNull());
