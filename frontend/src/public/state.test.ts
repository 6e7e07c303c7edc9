import { describe, expect, it } from 'vitest';
import { choices, mayRate, mayWithdraw, stepOf, viewOf } from './state';
import { en, zh } from './words';

describe('the public pages', () => {
  it('know their views', () => {
    const shown = (path: string) => viewOf(path, ['file', 'queue']);
    expect([shown('/public').name, shown('/public/file').name, shown('/public/x').name]).toEqual([null, 'file', null]);
    expect(shown('/public/queue/hall/screen')).toEqual({ name: 'queue', rest: ['hall', 'screen'] });
  });
  it('name a community with what is above it', () => {
    const all = [
      { id: 'c', name: 'Elm', level: 'community' as const, parent: 's' },
      { id: 's', name: 'Nanjie', level: 'street' as const, parent: 'd' },
      { id: 'd', name: 'Gulou', level: 'district' as const, parent: 'city' },
    ];
    expect(choices(all).map((one) => one.label)).toEqual(['Gulou', 'Gulou · Nanjie', 'Gulou · Nanjie · Elm']);
  });
  it('offer what is legal', () => {
    expect(mayWithdraw('forwarded')).toBe(false);
    expect(mayWithdraw('received')).toBe(true);
    expect([mayRate('answered', null), mayRate('answered', 4), mayRate('in_hand', null)]).toEqual([true, false, false]);
    expect([stepOf('received'), stepOf('forwarded'), stepOf('withdrawn')]).toEqual([0, 1, 2]);
  });
  it('say everything in both languages', () => {
    expect(Object.keys(zh)).toEqual(Object.keys(en));
  });
});
