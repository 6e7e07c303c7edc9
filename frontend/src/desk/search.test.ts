import { expect, it } from 'vitest';
import { anIncident } from './samples';
import { found } from './search';

const rows = [anIncident({ id: 'I-1', description: 'lid is missing at the school' }), anIncident({ id: 'I-2', kind_en: 'Fire', kind_zh: '火灾', description: 'smoke' })];
const ids = (search: string, language = 'en') => found(rows, search, language).map((one) => one.id);

it('wants every word, wherever it stands', () => {
  expect(ids('school LID')).toEqual(['I-1']);
  expect(ids('school smoke')).toEqual([]);
  expect(ids(' ')).toEqual(['I-1', 'I-2']);
});

it('finds a kind by its name in the language of the page', () => {
  expect(ids('火灾', 'zh')).toEqual(['I-2']);
  expect(ids('fire', 'zh')).toEqual([]);
});
