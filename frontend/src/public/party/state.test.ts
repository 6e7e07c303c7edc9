import { describe, expect, it } from 'vitest';
import { answersOf, blocksOf, callKey, countsOf, isOver, minutesOf, nowCalled, wordsIn } from './state';
import type { Called, Question } from './types';
import { en, zh } from './words';

const called = (label: string, state: Called['state'], calls = 1): Called => ({ label, state, calls, window_name: 'W', called_at: '2026-11-24T12:00:00Z' });

describe('a published text', () => {
  it('has headings, lists and paragraphs, and nothing else', () => {
    expect(blocksOf('# Budget\n\nRoads\nand schools\n- one\n- two\n\n- three')).toEqual([
      { kind: 'heading', text: 'Budget' },
      { kind: 'paragraph', text: 'Roads\nand schools' },
      { kind: 'list', items: ['one', 'two'] },
      { kind: 'list', items: ['three'] },
    ]);
  });
  it('keeps tags as the text that they are', () => {
    expect(blocksOf('<script>alert(1)</script>')).toEqual([{ kind: 'paragraph', text: '<script>alert(1)</script>' }]);
    expect(blocksOf(' \n\n')).toEqual([]);
  });
  it('is read in the other language where it is not in this one', () => {
    expect(wordsIn('zh', 'Budget', null)).toEqual({ text: 'Budget', lang: 'en' });
    expect(wordsIn('en', 'Budget', '预算')).toEqual({ text: 'Budget', lang: 'en' });
    expect(wordsIn('en', null, '预算')).toEqual({ text: '预算', lang: 'zh' });
  });
});

describe('the screen', () => {
  it('shows who is called or served', () => {
    expect(nowCalled([called('A002', 'called'), called('A001', 'served'), called('B001', 'serving')]).map((one) => one.label)).toEqual(['A002', 'B001']);
  });
  it('knows a number that is called once more', () => {
    expect(callKey(called('A001', 'called', 2))).not.toBe(callKey(called('A001', 'called')));
  });
  it('promises no less than the estimate', () => {
    expect([minutesOf(0), minutesOf(1), minutesOf(120), minutesOf(121)]).toEqual([0, 1, 2, 3]);
  });
});

it('a ticket ends', () => {
  expect((['waiting', 'called', 'serving', 'served', 'no_show', 'left'] as const).map((state) => isOver({ state }))).toEqual([false, false, false, true, true, true]);
});

it('everything is said in both languages', () => {
  expect(Object.keys(zh)).toEqual(Object.keys(en));
});

const question = (code: string, kind: Question['kind']): Question => ({ code, kind, text_en: code, text_zh: code, required: true, options: kind === 'scale' || kind === 'text' ? [] : [{ code: 'a', text_en: 'A', text_zh: 'A' }, { code: 'b', text_en: 'B', text_zh: 'B' }] });

describe('a survey', () => {
  const questions = [question('one', 'single'), question('some', 'multiple'), question('much', 'scale'), question('why', 'text')];
  it('is answered with what was filled in', () => {
    const form = new FormData();
    form.append('one', 'a');
    form.append('some', 'a');
    form.append('some', 'b');
    form.append('much', '4');
    form.append('why', '  ');
    expect(answersOf(questions, form)).toEqual({ one: 'a', some: ['a', 'b'], much: 4 });
  });
  it('counts every option, chosen or not', () => {
    expect(countsOf(questions[0]!, { b: 2 }).map((one) => one.count)).toEqual([0, 2]);
    expect(countsOf(questions[2]!, { '5': 3 }).map((one) => one.count)).toEqual([0, 0, 0, 0, 3]);
  });
});
