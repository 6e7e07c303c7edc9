import { describe, expect, it } from 'vitest';
import { EMPTY, deedsOf, isWhole, shares, stepsOf, written } from './state';
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
