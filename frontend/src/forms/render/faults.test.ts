import { expect, test } from 'vitest';
import type { Field } from '../types';
import { faultsOf } from './faults';

const FORM: Field = {
  type: 'object', additionalProperties: false, required: ['danger', 'who'],
  properties: {
    danger: { type: 'string', oneOf: [{ const: 'none', title: 'none', 'x-title-zh': '无' }, { const: 'fire', title: 'fire', 'x-title-zh': '火' }] },
    who: { type: 'string', maxLength: 3 }, count: { type: 'integer', minimum: 1 }, on: { type: 'string', format: 'date' },
    many: { type: 'array', uniqueItems: true, items: { type: 'string', oneOf: [{ const: 'a', title: 'a', 'x-title-zh': 'a' }] } },
    lines: { type: 'array', items: { type: 'object', additionalProperties: false, required: ['a/b'], properties: { 'a/b': { type: 'number', maximum: 2 } } } },
  },
};

const GOOD = { danger: 'fire', who: 'Li' };

test('answers that keep to the form have no fault', () => {
  expect(faultsOf(FORM, { ...GOOD, count: 1, on: '2026-11-26', many: ['a'], lines: [{ 'a/b': 2 }] })).toEqual([]);
});

test('each question without an answer is named', () => {
  expect(faultsOf(FORM, {})).toEqual([{ path: ['danger'], word: 'required' }, { path: ['who'], word: 'required' }]);
});

test.each([
  [{ danger: 'flood' }, [{ path: ['danger'], word: 'oneOf' }]],
  [{ who: 'Zhang' }, [{ path: ['who'], word: 'maxLength', limit: '3' }]],
  [{ count: 0 }, [{ path: ['count'], word: 'minimum', limit: '1' }]],
  [{ on: 'soon' }, [{ path: ['on'], word: 'format' }]],
  [{ many: ['b'] }, [{ path: ['many', '0'], word: 'oneOf' }]],
  [{ many: ['a', 'a'] }, [{ path: ['many'], word: 'uniqueItems' }]],
  [{ lines: [{ 'a/b': 1 }, {}] }, [{ path: ['lines', '1', 'a/b'], word: 'required' }]],
  [{ lines: [{ 'a/b': 3 }] }, [{ path: ['lines', '0', 'a/b'], word: 'maximum', limit: '2' }]],
])('%j is told at its place, once', (answers, faults) => {
  expect(faultsOf(FORM, { ...GOOD, ...answers })).toEqual(faults);
});

test('nothing that no field asks for is taken', () => {
  expect(faultsOf(FORM, { ...GOOD, more: 1 }).length).toBeGreaterThan(0);
});
