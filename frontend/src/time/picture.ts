/** The members at a past instant, out of what the server told of a span. Pure. */
import type { Organisation } from '../api/types';
import type { PresenceCode, Row } from '../live/frame';
import { type LiveState, type MemberInfo, nothing } from '../live/members';
import type { Then, Ways } from './api';

/** Ages in ms from which a position counts as stale, and as silent. */
const STALE_MS = 60_000;
const SILENT_MS = 600_000;
/** Somebody who was heard of this late is taken to have stood still until then, ms. */
const LONGEST_GAP_MS = 180_000;
const WALKING = 0.4; // m/s

/** A span's ways, ready to be asked. starts: of each device's samples, and the end of the last. */
export interface Span {
  from: number;
  to: number;
  step: number;
  info: ReadonlyMap<number, MemberInfo>;
  keys: readonly number[];
  starts: readonly number[];
  ways: Ways;
}

/** step: seconds between two samples. */
export function spanOf(ways: Ways, step: number, organisations: readonly Organisation[]): Span {
  const keys: number[] = [];
  const starts: number[] = [];
  ways.device.forEach((key, n) => {
    if (key === keys[keys.length - 1]) return;
    keys.push(key);
    starts.push(n);
  });
  starts.push(ways.device.length);
  return { from: Date.parse(ways.from), to: Date.parse(ways.to), step, info: infoOf(ways.carriers, organisations), keys, starts, ways };
}

/** Who they are, as the live feed tells it. */
export function infoOf(carriers: readonly Ways['carriers'][number][], organisations: readonly Organisation[]): Map<number, MemberInfo> {
  const keyOf = new Map(organisations.map((one) => [one.id, one.key]));
  return new Map(
    carriers.map((one) => [
      one.key,
      { key: one.key, device: one.device, member: one.member, name: one.name, post: one.post, organisation: keyOf.get(one.organisation) ?? -1 },
    ]),
  );
}

/** Everybody at `at` (ms), between the samples before and after it. */
export function rowsAt(span: Span, at: number): Map<number, Row> {
  const rows = new Map<number, Row>();
  const seconds = (at - span.from) / 1000;
  span.keys.forEach((key, n) => {
    const found = sampleAt(span.ways.time, span.starts[n]!, span.starts[n + 1]!, seconds);
    if (found >= 0) rows.set(key, rowBetween(span, key, found, span.starts[n + 1]!, at, seconds));
  });
  return rows;
}

/** Index of the last sample of first..end-1 that is not after `seconds`; -1: there is none. */
function sampleAt(times: readonly number[], first: number, end: number, seconds: number): number {
  let low = first - 1;
  let high = end - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (times[middle]! <= seconds) low = middle;
    else high = middle - 1;
  }
  return low < first ? -1 : low;
}

function rowBetween(span: Span, key: number, n: number, end: number, at: number, seconds: number): Row {
  const { time, latitude, longitude, speed, course } = span.ways;
  const gap = n + 1 < end ? (time[n + 1]! - time[n]!) * 1000 : Infinity;
  const known = gap <= Math.max(LONGEST_GAP_MS, span.step * 3000);
  const part = known && gap > 0 ? ((seconds - time[n]!) * 1000) / gap : 0;
  const between = (values: readonly number[]) => (part > 0 ? values[n]! + (values[n + 1]! - values[n]!) * part : values[n]!);
  return rowOf(key, between(latitude), between(longitude), speed[n] ?? null, course[n] ?? null, known ? at : span.from + time[n]! * 1000, at);
}

/** Everybody as the server says of one instant. */
export function exactRows(items: readonly Then[], at: number): Map<number, Row> {
  return new Map(items.map((one) => [one.key, rowOf(one.key, one.latitude, one.longitude, one.speed, one.course, Date.parse(one.time), at)]));
}

function rowOf(key: number, latitude: number, longitude: number, speed: number | null, course: number | null, fixedAt: number, at: number): Row {
  const presence = presenceOf(at - fixedAt);
  return {
    key, latitude, longitude, speed, course, fixedAt, older: false, presence, moving: presence === 0 && (speed ?? 0) >= WALKING,
    emergency: false, silence: 0, battery: null,
  };
}

const presenceOf = (age: number): PresenceCode => (age < STALE_MS ? 0 : age < SILENT_MS ? 1 : 2);

/** As the store shows it; the skew makes ages those of that instant. now: our clock, ms. */
export const picture = (info: LiveState['info'], rows: LiveState['rows'], at: number, now: number): LiveState => ({
  ...nothing, info, rows, skew: at - now,
});
