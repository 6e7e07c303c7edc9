import { expect, it } from 'vitest';
import { isOverdue, linesOf, stepsOf } from './state';

it('reads a step a line, with its day where there is one', () => {
  expect(stepsOf('Find a nurse | 2026-12-01\n\n  A handrail \n| 2026-12-02')).toEqual([
    { text: 'Find a nurse', due_on: '2026-12-01' },
    { text: 'A handrail', due_on: null },
  ]);
});

it('writes what is left as it was read', () => {
  const steps = [
    { number: 1, text: 'A', due_on: null, done_at: '2026-01-01T00:00:00Z', done_by: 'x' },
    { number: 2, text: 'B', due_on: '2026-12-01', done_at: null, done_by: null },
  ];
  expect(stepsOf(linesOf(steps))).toEqual([{ text: 'B', due_on: '2026-12-01' }]);
});

it('knows a visit that is late', () => {
  expect(isOverdue({ next_visit_on: '2026-01-01', ended_at: null }, '2026-01-02')).toBe(true);
  expect(isOverdue({ next_visit_on: '2026-01-02', ended_at: null }, '2026-01-02')).toBe(false);
  expect(isOverdue({ next_visit_on: '2026-01-01', ended_at: 'x' }, '2026-01-02')).toBe(false);
});
