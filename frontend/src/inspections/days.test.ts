import { expect, test } from 'vitest';
import { daysUntil } from './days';

const NOW = new Date('2026-11-26T12:00:00Z');

test.each([
  ['2026-11-26T13:00:00Z', 0], ['2026-11-28T12:00:00Z', 2], ['2026-11-26T11:00:00Z', -0], ['2026-11-16T11:00:00Z', -10],
])('%s is in %i days', (due, days) => expect(daysUntil(due, NOW)).toBe(days));
