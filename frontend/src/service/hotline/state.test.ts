import { expect, it } from 'vitest';
import { callOf, isNumber, placeField, waits } from './state';

it('asks whose number it is only once it may be one', () => {
  expect(['138', 'abc12345', '+86 138 0013 8000', '13800'].map(isNumber)).toEqual([false, false, true, true]);
});

it('knows what waits for somebody', () => {
  expect(waits({ state: 'open', call_back: false, called_back_at: null })).toBe(true);
  expect(waits({ state: 'done', call_back: true, called_back_at: null })).toBe(true);
  expect(waits({ state: 'done', call_back: true, called_back_at: 'x' })).toBe(false);
});

it('sends what was typed and nothing else', () => {
  expect(callOf({ telephone: ' 13800 ', subject: 'a', body: 'b', kind: 'help', place: '51, 71', call_back: 'yes' })).toEqual({
    telephone: '13800', name: null, kind: 'help', subject: 'a', body: 'b', organisation: null, address: null, call_back: true, latitude: 51, longitude: 71,
  });
  expect(callOf({})).not.toHaveProperty('latitude');
});

it('takes a place or nothing as a place', () => {
  const { fault } = placeField('', 'no place');
  expect([fault!(''), fault!('51, 71'), fault!('here')]).toEqual([null, null, 'no place']);
});
