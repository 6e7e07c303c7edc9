import { expect, test } from 'vitest';
import type { Form } from '../types';
import { added, choicesOf, choicesText, definitionOf, freeName, moved, sheetOf, withKind } from './rows';

const CHOICES = [{ const: 'yes', title: 'yes', 'x-title-zh': '是' }, { const: 'no', title: 'no', 'x-title-zh': '否' }];
const DEFINITION = {
  type: 'object', additionalProperties: false, required: ['clear'],
  properties: {
    clear: { type: 'string', oneOf: CHOICES, title: 'Clear', 'x-title-zh': '畅通' },
    count: { type: 'integer', minimum: 0, title: 'Count', 'x-title-zh': '数量' },
    lines: { type: 'array', items: { type: 'object', properties: {} }, title: 'Lines', 'x-title-zh': '行' },
    found: { type: 'string', maxLength: 500, title: 'Found', 'x-title-zh': '发现' },
    kinds: { type: 'array', uniqueItems: true, items: { type: 'string', oneOf: CHOICES }, title: 'Kinds', 'x-title-zh': '类别' },
  },
};
const FORM = { code: 'x', title_en: 'X', title_zh: '某', elements: ['places'], readers: [], fillers: [], definition: DEFINITION, ui: { clear: { 'ui:widget': 'radio' }, found: { 'ui:widget': 'textarea' } } } as unknown as Form;

test('a form that nobody changed comes back as it was', () => {
  expect(definitionOf(sheetOf(FORM).rows)).toEqual({ definition: DEFINITION, ui: FORM.ui });
  expect(sheetOf(FORM).rows.map((row) => row.kind)).toEqual(['choice', 'integer', 'other', 'longText', 'choices']);
});

test('the order said by hints is the order of the questions', () => {
  const rows = sheetOf({ ...FORM, ui: { 'ui:order': ['count', 'clear', 'kinds', 'found', 'lines'] } }).rows;
  expect(rows.map((row) => row.name)).toEqual(['count', 'clear', 'kinds', 'found', 'lines']);
  expect(Object.keys(definitionOf(moved(rows, 1, -1)).definition.properties!)).toEqual(['clear', 'count', 'kinds', 'found', 'lines']);
});

test('a row at the end stays there, and a new one has a name of its own', () => {
  const rows = added(added(sheetOf(FORM).rows));
  expect(rows.slice(-2).map((row) => row.name)).toEqual(['question', 'question_2']);
  expect(moved(rows, 0, -1)).toEqual(rows);
});

test('another kind of answer drops the bounds of the one before', () => {
  const row = withKind(sheetOf(FORM).rows[1]!, 'date');
  expect(definitionOf([row]).definition.properties).toEqual({ count: { type: 'string', format: 'date', title: 'Count', 'x-title-zh': '数量' } });
});

test('choices keep what is stored for them when they are renamed, moved or joined by others', () => {
  expect(choicesText(CHOICES)).toBe('yes | 是\nno | 否');
  expect(choicesOf('no | 否\nyes | 是的\nnot applicable | 不适用', CHOICES).map((one) => one.const)).toEqual(['no', 'yes', 'not_applicable']);
  expect(choicesOf('all right | 好\nno | 否', CHOICES)).toEqual([{ const: 'yes', title: 'all right', 'x-title-zh': '好' }, CHOICES[1]]);
  expect(choicesOf('a\na\n\n', []).map((one) => one.const)).toEqual(['a', 'a_2']);
});

test('names are small letters, digits and underscores', () => {
  expect(freeName('2 Fire exits!', [])).toBe('fire_exits');
  expect(freeName('消防', ['question'])).toBe('question_2');
});
