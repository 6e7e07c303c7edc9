/** Which positions are kept, sent and dropped. Pure. */
import { metresBetween } from '../../geo/distance';

/** As `POST /fixes` takes it. */
export interface Fix {
  time: string;
  latitude: number;
  longitude: number;
  /** Metres at 95 %. */
  accuracy: number | null;
  /** Metres a second. */
  speed: number | null;
  /** Degrees true. */
  course: number | null;
  altitude: number | null;
  /** 0 to 1. */
  battery: number | null;
}

export interface QueuedFix extends Fix {
  /** Of the row in the queue; rows are in the order of time. */
  key: number;
}

/** A day at one fix in five seconds, which is as much as the server takes of one device at once. */
export const MOST = 20_000;
export const BATCH = 500;
const LEAST_MS = 1_000;
const STILL_MS = 15_000;
const MOVED_M = 8;

/** Whether a fix says something that the last kept one did not: it is later, and moved, or some time has passed. */
export function isWorthKeeping(last: Fix | null, next: Fix): boolean {
  if (last === null) return true;
  const passed = Date.parse(next.time) - Date.parse(last.time);
  return passed >= STILL_MS || (passed >= LEAST_MS && metresBetween(last, next) >= MOVED_M);
}

/** Of a queue that is too long: every second row of its older half. keys: in order. */
export function toThin(keys: readonly number[], most = MOST): number[] {
  if (keys.length <= most) return [];
  return keys.slice(0, Math.floor(keys.length / 2)).filter((_, n) => n % 2 === 1);
}

export interface Verdict {
  /** These rows may go: they are stored, or refused for good. */
  done: 'all' | 'none';
  refused: number;
  /** Send again after this long. */
  pause_ms: number;
  /** How many at once from now on. */
  batch: number;
  /** The server does not know this phone any more. */
  signedOut: boolean;
}

const PAUSE_MS = 5_000;
const NOTHING: Verdict = { done: 'none', refused: 0, pause_ms: PAUSE_MS, batch: BATCH, signedOut: false };

/** What an answer means for the batch of `sent` fixes. status 0: there was none. */
export function verdictOf(status: number, sent: number, rejected: number, retryAfter_s: number | null): Verdict {
  if (status === 200) return { ...NOTHING, done: 'all', refused: rejected, pause_ms: 0 };
  if (status === 0) return NOTHING;
  if (status === 401 || status === 403) return { ...NOTHING, signedOut: true };
  if (status >= 500 || status === 429 || status === 408) return { ...NOTHING, pause_ms: retryAfter_s === null ? PAUSE_MS : retryAfter_s * 1000 };
  if (sent > 1) return { ...NOTHING, pause_ms: 0, batch: Math.ceil(sent / 2) }; // one of them cannot be read: find it
  return { ...NOTHING, done: 'all', refused: 1, pause_ms: 0 };
}

/** Milliseconds before the next attempt after `failures` in a row, with jitter. */
export const backOff = (failures: number, random: number): number => Math.min(2_000 * 2 ** failures, 60_000) * (0.5 + random / 2);
