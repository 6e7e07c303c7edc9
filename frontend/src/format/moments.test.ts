import { expect, it } from 'vitest';
import { instantOf, momentOf, secondOf, timeOf } from './moments';

const AT = new Date(2026, 10, 25, 14, 5, 9);

it('tells the day only where it is another', () => {
  expect(momentOf(AT.toISOString(), new Date(2026, 10, 25, 23))).toBe('14:05');
  expect(momentOf(AT.toISOString(), new Date(2026, 10, 26))).toBe('25 Nov, 14:05');
});

it('tells the whole instant', () => {
  expect(timeOf(AT.getTime())).toBe('14:05');
  expect(instantOf(AT.getTime())).toBe('25 Nov 2026, 14:05');
  expect(secondOf(AT.getTime())).toBe('25 Nov 2026, 14:05:09');
});
