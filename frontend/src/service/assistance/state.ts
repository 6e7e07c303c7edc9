/** What help cases decide, without a browser. Pure. */
import type { HelpCase, Step } from './types';

/** Whether the next visit should have been before `today` (yyyy-mm-dd). */
export const isOverdue = ({ next_visit_on, ended_at }: Pick<HelpCase, 'next_visit_on' | 'ended_at'>, today: string): boolean => ended_at === null && next_visit_on !== null && next_visit_on < today;

/** Lines "what | by when" as steps; a line without a day has none. */
export const stepsOf = (text: string): { text: string; due_on: string | null }[] =>
  text
    .split('\n')
    .map((line) => /^(.*?)(?:\s*[||]\s*(\d{4}-\d{2}-\d{2}))?\s*$/.exec(line.trim()))
    .filter((found) => found !== null && found[1] !== '')
    .map((found) => ({ text: found![1]!.slice(0, 200), due_on: found![2] ?? null }));

/** The steps that are not done yet, as such lines. */
export const linesOf = (steps: readonly Step[]): string =>
  steps
    .filter((one) => one.done_at === null)
    .map((one) => (one.due_on ? `${one.text} | ${one.due_on}` : one.text))
    .join('\n');
