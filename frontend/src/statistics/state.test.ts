import { describe, expect, it } from 'vitest';
import { addressOf, changeOf, changeText, choiceOf, figure, questionOf, TILES } from './state';

describe('the choice', () => {
  it('comes from the address and goes back there', () => {
    const query = { organisation: '9901', kind: 'E0103', days: '84' };
    expect(addressOf(choiceOf(query))).toEqual({ ...query, class: undefined });
    expect(addressOf(choiceOf({}))).toEqual({ organisation: undefined, kind: undefined, class: undefined, days: undefined });
  });
  it('takes no nonsense', () => {
    expect(choiceOf({ days: '-3' }).days).toBe(28);
    expect(choiceOf({ days: 'x' }).days).toBe(28);
  });
  it('asks for the days up to today, with today', () => {
    expect(questionOf({ days: 7 }, '2026-03-01')).toMatchObject({ since: '2026-02-23', until: '2026-03-02' });
  });
});

describe('figures', () => {
  it('are said with their unit', () => {
    expect(figure(1234, 'incidents')).toBe('1,234');
    expect(figure(0.873, 'share')).toBe('87 %');
    expect(figure(252, 's')).toBe('4.2 min');
    expect(figure(null, 's')).toBe('–');
  });
  it('changes have a sign, and none where nothing was before', () => {
    expect(changeText(changeOf(12, 10))).toBe('+20 %');
    expect(changeText(changeOf(9, 10))).toBe('−10 %');
    expect(changeText(changeOf(9, 0))).toBe('–');
  });
  it('show no change of what is open or closed by now: the period before has had longer to be closed', () => {
    expect(TILES.filter((tile) => tile.better === null).map((tile) => tile.code)).toEqual(['still_open', 'overdue', 'closing_rate']);
  });
});
