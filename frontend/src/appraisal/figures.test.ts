import { describe, expect, it } from 'vitest';
import { changed, climbed, filled, lineOf, pointsOf, valueOf } from './figures';

describe('figures of the appraisal', () => {
  it('says points without idle digits', () => {
    expect([pointsOf(50), pointsOf(7.5), pointsOf(35.56)]).toEqual(['50', '7.5', '35.56']);
  });
  it('counts places gained as above zero', () => {
    expect([climbed(1, 4), climbed(4, 1), climbed(null, 1), climbed(1, null)]).toEqual([3, -3, null, null]);
  });
  it('fills a bar between nothing and all', () => {
    expect([filled(25, 50), filled(-1, 50), filled(9, 0)]).toEqual([50, 0, 0]);
  });
  it('gives rates a percent sign and the diary none', () => {
    expect([valueOf('on_time', 55.56), valueOf('diary_number', 6), valueOf('closing', null)]).toEqual(['55.56 %', '6', '–']);
  });
  it('changes one rule and leaves the others', () => {
    const rows = [{ code: 'a', points: '1' }, { code: 'b', points: '2' }];
    expect(changed(rows, 'b', { points: '3' })).toEqual([{ code: 'a', points: '1' }, { code: 'b', points: '3' }]);
  });
});

it('a line of scores runs from the left to the right, the best possible at the top', () => {
  expect(lineOf([{ total: 0, possible: 100 }, { total: 50, possible: 100 }, { total: 100, possible: 100 }], 108, 48)).toEqual([[4, 44], [54, 24], [104, 4]]);
  expect(lineOf([], 108, 48)).toEqual([]);
});
