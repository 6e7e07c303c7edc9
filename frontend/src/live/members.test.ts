import { describe, expect, it } from 'vitest';
import type { Row } from './frame';
import { counts, type MemberInfo, nothing, reduce, reduceAll } from './members';

const info = (key: number): MemberInfo => ({
  key,
  device: `d${key}`,
  member: `m${key}`,
  name: `Member ${key}`,
  post: null,
  organisation: 1,
});

const row = (key: number, changes: Partial<Row> = {}): Row => ({
  key,
  longitude: 71,
  latitude: 51,
  speed: null,
  course: null,
  fixedAt: 0,
  older: false,
  presence: 0,
  moving: false,
  emergency: false,
  silence: 0,
  battery: null,
  ...changes,
});

const frame = (sequence: number, ...rows: Row[]) =>
  ({ type: 'frame', frame: { sequence, serverTime: 1_000, rows }, receivedAt: 900 }) as const;

describe('reduce', () => {
  const started = reduce(reduce(nothing, { type: 'snapshot', sequence: 3, members: [info(1), info(2)] }), frame(3, row(1), row(2)));

  it('takes a snapshot and its frame', () => {
    expect([...started.rows.keys()]).toEqual([1, 2]);
    expect(started.sequence).toBe(3);
    expect(started.skew).toBe(100);
  });

  it('moves only who a frame names, and never draws who was not introduced', () => {
    const next = reduce(started, frame(4, row(2, { latitude: 52 }), row(9)));
    expect(next.rows.get(1)).toBe(started.rows.get(1));
    expect(next.rows.get(2)?.latitude).toBe(52);
    expect(next.rows.has(9)).toBe(false);
    expect(started.rows.get(2)?.latitude).toBe(51);
  });

  it('forgets who left and knows who came', () => {
    const next = reduce(started, { type: 'members', added: [info(3)], removed: [1] });
    expect([...next.info.keys()]).toEqual([2, 3]);
    expect(next.rows.has(1)).toBe(false);
  });

  it('names all that several messages touched, or everything when somebody left', () => {
    const moves = [frame(4, row(1)), frame(5, row(2))];
    expect(reduceAll(started, moves).touched).toEqual([1, 2]);
    expect(reduceAll(started, [...moves, { type: 'members', added: [], removed: [1] }]).touched).toBeNull();
  });

  it('counts by presence', () => {
    const next = reduce(started, frame(5, row(1, { presence: 2 })));
    expect(counts(next.rows)).toEqual([1, 0, 1]);
  });

  it('starts afresh when it is cleared, but may still resume what comes next', () => {
    const cleared = reduce(reduce(started, { type: 'welcome', epoch: 'e' }), { type: 'cleared' });
    expect([cleared.rows.size, cleared.sequence, cleared.epoch]).toEqual([0, -1, 'e']);
  });
});
