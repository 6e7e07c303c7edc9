import { describe, expect, it } from 'vitest';
import { joined } from './options';
import { addressOf, behind, changeOf, changeText, choiceOf, figure, moodOf, questionOf, spanOf, TILES, whichOf } from './state';

describe('the choice', () => {
  it('comes from the address and goes back there', () => {
    const query = { organisation: '9901', kind: 'E0103', days: '84' };
    expect(addressOf(choiceOf(query))).toEqual({ ...query, class: undefined });
    expect(addressOf(choiceOf({}))).toEqual({});
  });
  it('takes no nonsense', () => {
    expect(choiceOf({ days: '-3' }).days).toBe(28);
    expect(choiceOf({ days: 'x' }).days).toBe(28);
  });
  it('asks for the days up to today, with today', () => {
    expect(questionOf({ days: 7 }, '2026-03-01')).toMatchObject({ since: '2026-02-23', until: '2026-03-02' });
  });
});

describe('drill-down', () => {
  it('a month ends where the next begins', () => {
    expect(spanOf('2026-12-01', 'month')).toEqual({ since: '2026-12-01', until: '2027-01-01' });
    expect(spanOf('2026-11-23', 'week')).toEqual({ since: '2026-11-23', until: '2026-11-30' });
  });
  it('days that stand in the address are asked for', () => {
    const choice = choiceOf({ since: '2026-11-01', until: '2026-12-01' });
    expect(questionOf(choice, '2026-12-24')).toMatchObject({ since: '2026-11-01', until: '2026-12-01' });
    expect(choiceOf({ since: '2026-11-01', until: 'x' }).since).toBeUndefined();
  });
  it('the list behind a figure has the same choice in its address', () => {
    const address = new URL(behind({ organisation: '99', days: 84 }, { figure: 'late', hour: '3' }), 'http://x');
    expect(address.pathname).toBe('/statistics/incidents');
    const query = Object.fromEntries(address.searchParams);
    expect(choiceOf(query)).toEqual({ organisation: '99', days: 84 });
    expect(whichOf(query)).toEqual({ figure: 'late', hour: '3' });
  });
  it('bars of a histogram follow each other without a gap', () => {
    const bars = joined([{ from_s: 0, incidents: 2 }, { from_s: 17.8, incidents: 1 }, { from_s: 60, incidents: 4 }]);
    expect(bars.map((one) => one.incidents)).toEqual([2, 1, 0, 0, 0, 4]);
    expect(bars.slice(1).every((one, at) => one.from_s === bars[at]!.to_s)).toBe(true);
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
    expect([moodOf(0.2, 1), moodOf(0.2, -1), moodOf(-0.2, -1), moodOf(0.2, 0)]).toEqual(['good', 'bad', 'good', 'even']);
    expect(moodOf(-0.004, 1), 'it reads ±0 %').toBe('even');
  });
  it('show no change of what is open or closed by now: the period before has had longer to be closed', () => {
    expect(TILES.filter((tile) => tile.better === null).map((tile) => tile.code)).toEqual(['still_open', 'overdue', 'closing_rate']);
  });
});
