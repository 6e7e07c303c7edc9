import { expect, it } from 'vitest';
import { heard, silence, withMessages } from './state';
import type { Message } from './types';

const message = (id: string): Message => ({ id, at: '2026-11-25T00:00:00Z', sender: 'anna', member: null, text: id, clip: null });
const body = (id: string, channel = 'C-1') => ({ id: channel, message: message(id) });

it('puts what is said behind what was said, once', () => {
  const open = withMessages(silence, 'C-1', [message('b'), message('a')]);
  const next = heard(heard(open, body('c'), 'C-1'), body('c'), 'C-1');
  expect(next.said.get('C-1')?.map((one) => one.id)).toEqual(['a', 'b', 'c']);
  expect(next.unheard.size).toBe(0);
});

it('counts what is said where nobody looks, until somebody does', () => {
  const talk = heard(heard(silence, body('a'), null), body('b'), 'C-9');
  expect(talk.unheard.get('C-1')).toBe(2);
  expect(talk.said.size).toBe(0);
  expect(withMessages(talk, 'C-1', []).unheard.size).toBe(0);
});

it('keeps a bounded number', () => {
  let talk = withMessages(silence, 'C-1', []);
  for (let n = 0; n < 400; n++) talk = heard(talk, body(`m${n}`), 'C-1');
  expect(talk.said.get('C-1')).toHaveLength(300);
});

it('notices that somebody answered a roll call', () => expect(heard(silence, { id: 'C-1', answer: {} }, null).answers).toBe(1));
