import { expect, it } from 'vitest';
import { readMessage } from './message';

it('reads what the page uses', () => {
  expect(readMessage('{"type":"welcome","epoch":"e"}', 0)).toEqual({ type: 'welcome', epoch: 'e' });
});

it('passes over crossings, problems and what a newer server may say', () => {
  for (const type of ['crossing', 'problem', 'weather']) expect(readMessage(JSON.stringify({ type }), 0)).toBeNull();
});

it('refuses what is no message', () => {
  expect(() => readMessage('{', 0)).toThrow(SyntaxError);
  expect(() => readMessage(new ArrayBuffer(3), 0)).toThrow(RangeError);
});
