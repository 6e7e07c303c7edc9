import { expect, it } from 'vitest';
import { barOf, firstDay, onTime, periodOf } from './state';
import { en, zh } from './words';

const counts = (reported: number, closed = 0, on_time = 0) => ({ reported, closed, on_time, open: 0, overdue: 0 });

it('says nothing of what was not closed', () => {
  expect([onTime(counts(3)), onTime(counts(3, 3, 2))]).toEqual([null, 67]);
});
it('goes back whole days', () => {
  expect([firstDay(7, new Date(2026, 10, 3)), firstDay(30, new Date(2026, 10, 30))]).toEqual(['2026-10-28', '2026-11-01']);
  expect([periodOf('90'), periodOf('12'), periodOf(undefined)]).toEqual([90, 30, 30]);
});
it('measures bars by the largest', () => {
  expect([barOf(5, [counts(10), counts(5)]), barOf(0, [])]).toEqual([50, 0]);
});
it('everything is said in both languages', () => {
  expect(Object.keys(zh)).toEqual(Object.keys(en));
});
