import { expect, test } from 'vitest';
import type { Field } from '../types';
import { answerText, inLanguage } from './language';

const CHOICE = { const: 'a', title: 'one', 'x-title-zh': '一' };
const FIELD: Field = {
  type: 'object',
  properties: {
    kind: { type: 'string', title: 'Kind', 'x-title-zh': '类别', description: 'which', 'x-description-zh': '哪个', oneOf: [CHOICE] },
    all: { type: 'array', title: 'All', 'x-title-zh': '全部', items: { type: 'string', oneOf: [CHOICE, { const: 'b', title: 'two', 'x-title-zh': '二' }] } },
  },
};
const WORDS = { yes: 'Yes', no: 'No' };

test('a form in Chinese has Chinese titles everywhere and nothing of the other language', () => {
  expect(JSON.stringify(inLanguage(FIELD, 'zh'))).toBe(
    JSON.stringify({ type: 'object', properties: { kind: { type: 'string', title: '类别', description: '哪个', oneOf: [{ const: 'a', title: '一' }] }, all: { type: 'array', title: '全部', items: { type: 'string', oneOf: [{ const: 'a', title: '一' }, { const: 'b', title: '二' }] } } } }),
  );
});

test('in English it has the English ones', () => {
  expect(inLanguage(FIELD, 'en').properties?.kind).toEqual({ type: 'string', title: 'Kind', description: 'which', oneOf: [{ const: 'a', title: 'one' }] });
});

test('answers are read by their names; what was not answered is left out', () => {
  const { kind, all } = FIELD.properties as { kind: Field; all: Field };
  expect(answerText(kind, 'a', 'zh', WORDS)).toBe('一');
  expect(answerText(all, ['a', 'b'], 'en', WORDS)).toBe('one, two');
  expect(answerText(all, [], 'en', WORDS)).toBeNull();
  expect(answerText({ type: 'boolean' }, false, 'en', WORDS)).toBe('No');
  expect(answerText(kind, 'gone', 'en', WORDS)).toBe('gone');
  expect(answerText(FIELD, { kind: 'a' }, 'en', WORDS)).toBe('Kind: one');
  expect(answerText(kind, undefined, 'en', WORDS)).toBeNull();
});
