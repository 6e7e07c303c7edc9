import { expect, it } from 'vitest';
import { isReady, said, type Field } from './fields';

const FIELDS: Field[] = [
  { name: 'title', kind: 'line', label: '', required: true },
  { name: 'place', kind: 'line', label: '', fault: (value) => (value === 'x' ? 'none' : null) },
];

it('is ready once everything is there that must be, and nothing is wrong', () => {
  expect(isReady(FIELDS, { title: ' ', place: '' })).toBe(false);
  expect(isReady(FIELDS, { title: 'a' })).toBe(true);
  expect(isReady(FIELDS, { title: 'a', place: 'x' })).toBe(false);
});

it('says nothing where nothing was typed', () => {
  expect(said({ title: ' a ', note: '  ' }, 'title', 'note', 'more')).toEqual({ title: 'a', note: null, more: null });
});
