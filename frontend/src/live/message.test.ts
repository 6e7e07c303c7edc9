import { expect, it } from 'vitest';
import { readMessage } from './message';

it('reads what the page uses', () => {
  expect(readMessage('{"type":"welcome","epoch":"e"}', 0)).toEqual({ type: 'welcome', epoch: 'e' });
});

it('tells what happened with its key, and that more did than was told', () => {
  const happening = { type: 'alert', key: 4, at: '2026-11-25T00:00:00Z', body: { id: 'L-1' } };
  expect(readMessage(JSON.stringify(happening), 0)).toEqual({ type: 'happening', happening });
  expect(readMessage('{"type":"gap"}', 0)).toEqual({ type: 'gap' });
});

it('passes over crossings, problems and what a newer server may say', () => {
  for (const type of ['crossing', 'problem', 'weather']) expect(readMessage(JSON.stringify({ type }), 0)).toBeNull();
});

it('refuses what is no message', () => {
  expect(() => readMessage('{', 0)).toThrow(SyntaxError);
  expect(() => readMessage(new ArrayBuffer(3), 0)).toThrow(RangeError);
});
