import { expect, test } from 'vitest';
import { isActive, leftOf, MOST_AT_ONCE, partsLeft, partsOf, percentOf, rateOf, refusedIn, sampled } from './state';

const MIB = 2 ** 20;
const job = { state: 'running' as const, rows: 0, total: null, started_at: '2026-11-26T06:00:00Z', ended_at: null };

test('the parts of a file are the file, in order, none larger than the server takes', () => {
  for (const size of [1, 4 * MIB, 4 * MIB + 1, 300 * MIB + 7, 64 * MOST_AT_ONCE]) {
    const parts = partsOf(size)!;
    expect(parts.length).toBeLessThanOrEqual(64);
    expect(parts.map((part) => part.number)).toEqual(parts.map((_, n) => n + 1));
    expect(parts.every((part, n) => part.from === (parts[n - 1]?.to ?? 0) && part.to > part.from && part.to - part.from <= MOST_AT_ONCE)).toBe(true);
    expect(parts.at(-1)!.to).toBe(size);
  }
  expect(partsOf(0)).toEqual([]);
  expect(partsOf(64 * MOST_AT_ONCE + 1)).toBeNull();
});

test('after a reload only the parts go that are not there yet', () => {
  const parts = partsOf(10 * MIB)!;
  expect(partsLeft(parts, 0)).toEqual(parts);
  expect(partsLeft(parts, 4 * MIB).map((part) => part.number)).toEqual([2, 3]);
  expect(partsLeft(parts, 10 * MIB)).toEqual([]);
});

test('how far a job is, nobody knows before its file was read', () => {
  expect(percentOf(job)).toBeNull();
  expect(percentOf({ ...job, rows: 250, total: 1_000 })).toBe(25);
  expect(percentOf({ ...job, state: 'done', total: null })).toBe(100);
  expect(percentOf({ ...job, total: 0 })).toBe(100);
  expect(['receiving', 'running', 'done', 'failed', 'cancelled'].filter((state) => isActive({ state: state as 'done' }))).toEqual(['receiving', 'running']);
});

test('the rate is that of the last seconds, and of the whole once it ended', () => {
  let samples = sampled([], { at: 0, rows: 0 });
  expect(rateOf(job, samples)).toBeNull();
  samples = sampled(samples, { at: 10_000, rows: 1_000 });
  expect(rateOf(job, samples)).toBe(100);
  samples = sampled(samples, { at: 30_000, rows: 5_000 });
  expect(samples.map((one) => one.at)).toEqual([10_000, 30_000]);
  expect(rateOf(job, samples)).toBe(200);
  expect(leftOf({ total: 9_000, rows: 5_000 }, 200)).toBe(20_000);
  expect(leftOf({ total: null, rows: 5_000 }, 200)).toBeNull();
  expect(rateOf({ ...job, rows: 600, ended_at: '2026-11-26T06:01:00Z' }, samples)).toBe(10);
  expect(rateOf({ ...job, started_at: null, ended_at: '2026-11-26T06:01:00Z' }, [])).toBeNull();
});

test('refused rows are read as the server writes them, the last one only when it is whole', () => {
  const csv = 'line,field,reason\r\n3,name,name must be filled\r\n4,,"there is no ""x"", import it\r\nfirst"\r\n5,id,half a re';
  expect(refusedIn(csv, 10)).toEqual([
    { line: 3, field: 'name', reason: 'name must be filled' },
    { line: 4, field: null, reason: 'there is no "x", import it\r\nfirst' },
  ]);
  expect(refusedIn(csv, 1)).toHaveLength(1);
});
