import { expect, test } from 'vitest';
import { refusedCsv } from './refused';

test('cells are quoted where they must be, and never a formula', () => {
  const rows = [{ line: 3, field: 'name', reason: 'name must be filled' }, { line: 4, field: null, reason: 'a "b", c' }, { line: 5, field: '=1+1', reason: '-x' }];
  expect(refusedCsv(rows)).toBe(`\uFEFFline,field,reason\r\n3,name,name must be filled\r\n4,,"a ""b"", c"\r\n5,'=1+1,'-x\r\n`);
});
