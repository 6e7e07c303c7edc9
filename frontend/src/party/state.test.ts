import { describe, expect, it } from 'vitest';
import { EMPTY, deedsOf, isWhole, opinionDeeds, questionsOf, shares, stepsOf, written, type Written } from './state';
import { en, zh } from './words';

describe('a publication', () => {
  it('is approved by who may, and wrote none of it', () => {
    expect(deedsOf('submitted', 'supervisor', false)).toEqual(['approve', 'send-back']);
    expect(deedsOf('submitted', 'supervisor', true)).toEqual(['send-back']);
    expect(deedsOf('submitted', 'officer', false)).toEqual([]);
    expect(deedsOf('approved', 'officer', true)).toEqual(['publish', 'revise']);
  });
  it('is whole in one language', () => {
    expect(isWhole(EMPTY)).toBe(false);
    expect(isWhole({ ...EMPTY, title_en: 'a', body_zh: 'b' })).toBe(false);
    expect(isWhole({ ...EMPTY, title_zh: 'a', body_zh: 'b' })).toBe(true);
    expect([written('  '), written(' a ')]).toEqual([null, ' a ']);
  });
});

it('a window does what its ticket allows', () => {
  expect([stepsOf({ ticket_state: null }), stepsOf({ ticket_state: 'serving' })]).toEqual([[], ['finish', 'transfer']]);
  expect(stepsOf({ ticket_state: 'called' })).toContain('no-show');
});

it('shares of nothing are nothing', () => {
  expect(shares([0, 0, 0, 0, 0])).toEqual([0, 0, 0, 0, 0]);
  expect(shares([1, 0, 0, 0, 3])).toEqual([25, 0, 0, 0, 75]);
});

it('everything is said in both languages', () => {
  expect(Object.keys(zh)).toEqual(Object.keys(en));
});

it('an opinion is published before it is answered', () => {
  expect([opinionDeeds('received'), opinionDeeds('kept')]).toEqual([['publish', 'keep'], ['publish']]);
});

it('a survey is written line by line', () => {
  const one: Written = { kind: 'single', text_en: 'What?', text_zh: '什么?', options: 'Lamps | 路灯\n\nBenches', required: true };
  expect(questionsOf([one])).toEqual([
    { code: 'q1', kind: 'single', text_en: 'What?', text_zh: '什么?', required: true, options: [{ code: 'o1', text_en: 'Lamps', text_zh: '路灯' }, { code: 'o2', text_en: 'Benches', text_zh: 'Benches' }] },
  ]);
  expect([questionsOf([]), questionsOf([{ ...one, options: 'Lamps' }]), questionsOf([{ ...one, text_zh: ' ' }])]).toEqual([null, null, null]);
});
