import { expect, test } from 'vitest';
import { ELEMENTS, SPECS, type Field } from './elements';
import { clashesOf, differences, filledIn, toTake, valuesOf } from './record';
import { sectionOf, SECTIONS } from './sections';
import type { RecordOf } from './types';

const FIELDS: Field[] = [{ name: 'name', kind: 'text' }, { name: 'identity', kind: 'sealed' }, { name: 'floors', kind: 'number', first: 1 }, { name: 'groups', kind: 'groups' }];
const record = (more: object): RecordOf => ({ id: 'P1', version: 2, organisation: 'g', ended_at: null, merged_into: null, ...more });

test('a form begins with what the record says, and never with a sealed number', () => {
  expect(valuesOf(FIELDS, record({ name: 'Li', identity: '99****', floors: 3, groups: ['a'] }))).toEqual({ name: 'Li', identity: '', floors: 3, groups: ['a'] });
  expect(valuesOf(FIELDS, null, { name: 'Camera' })).toEqual({ name: 'Camera', identity: '', floors: 1, groups: [] });
});

test('of a new one only what is filled in is sent', () => {
  expect(filledIn({ name: 'Li', identity: '', floors: null, groups: [] })).toEqual({ name: 'Li', groups: [] });
});

test('what was changed meanwhile stands beside what I changed, and both where we disagree', () => {
  const first = { name: 'Li', occupation: null, employer: 'A', note: 'n' };
  expect(clashesOf(first, { ...first, name: 'Li Min', employer: 'B' }, { ...first, name: 'Li Ming', occupation: 'cook' })).toEqual([
    { name: 'name', theirs: 'Li Min', mine: 'Li Ming', both: true },
    { name: 'occupation', theirs: null, mine: 'cook', both: false },
    { name: 'employer', theirs: 'B', mine: 'B', both: false },
  ]);
});

test('two of a pair differ where one says something else, and what only the other says is taken', () => {
  const [kept, gone] = [record({ name: 'Li', occupation: null, groups: [] }), record({ name: 'Li', occupation: 'cook', groups: ['a'] })];
  expect(differences(['name', 'occupation', 'groups'], kept, gone)).toEqual(['occupation', 'groups']);
  expect(toTake(['name', 'occupation', 'groups'], kept, gone)).toEqual(['occupation', 'groups']);
});

test('every element has a section, and every filter with words has options that a field of it has', () => {
  for (const element of ELEMENTS) expect(sectionOf(element).element).toBe(element);
  expect(sectionOf('places', 'camera').name).toBe('cameras');
  expect(sectionOf('places', 'unit').name).toBe('shops');
  for (const section of SECTIONS) {
    for (const { name, options = [] } of section.filters) {
      const known = SPECS[section.element].fields.find((field) => field.name === name)?.options ?? [];
      expect(options.filter((one) => !known.includes(one)), `${section.name} ${name}`).toEqual([]);
    }
  }
});
