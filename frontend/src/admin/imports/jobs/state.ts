/** What an import job says of itself: its parts, how far it is, how fast, and its refused rows. Pure. */
import type { ImportJob, RefusedRow } from '../../types';

const MIB = 2 ** 20;
/** Bytes that the server takes in one request, and requests for one file. */
export const MOST_AT_ONCE = 32 * MIB;
const MOST_PARTS = 64;
/** Bytes of a part where the file is not so large that parts must be larger. */
const PART = 4 * MIB;
/** Milliseconds that a rate looks back. */
const WINDOW_MS = 20_000;

/** A part of a file: its bytes from `from` to before `to`. */
export interface Part {
  number: number;
  from: number;
  to: number;
}

/** A file of so many bytes in parts, in order; null where it is too large for a job. */
export function partsOf(size: number): Part[] | null {
  const length = Math.max(PART, Math.ceil(size / MOST_PARTS));
  if (length > MOST_AT_ONCE) return null;
  return Array.from({ length: Math.ceil(size / length) }, (_, n) => ({ number: n + 1, from: n * length, to: Math.min(size, (n + 1) * length) }));
}

/** Those that are not there yet, of parts that are sent in order. sent: bytes that the server has. */
export const partsLeft = (parts: readonly Part[], sent: number): Part[] => parts.filter((part) => part.to > sent);

export const isActive = ({ state }: Pick<ImportJob, 'state'>): boolean => state === 'receiving' || state === 'running';

/** How far it is, 0 to 100; null where nobody knows yet. */
export function percentOf({ state, rows, total }: Pick<ImportJob, 'state' | 'rows' | 'total'>): number | null {
  if (state === 'done') return 100;
  return total === null ? null : total === 0 ? 100 : (100 * rows) / total;
}

/** How many rows were behind us, and when (ms). */
export interface Sample {
  at: number;
  rows: number;
}

/** With another one at its end; those that are too old to tell the rate of now are dropped. */
export const sampled = (samples: readonly Sample[], sample: Sample): Sample[] => [...samples.filter((one) => sample.at - one.at <= WINDOW_MS), sample];

/** Rows a second: of one that ended from its start to its end, of a running one as it was seen; null where nobody knows. */
export function rateOf(job: Pick<ImportJob, 'rows' | 'started_at' | 'ended_at'>, samples: readonly Sample[]): number | null {
  const { rows, started_at, ended_at } = job;
  if (ended_at !== null) return started_at === null ? null : rate(rows, Date.parse(ended_at) - Date.parse(started_at));
  const first = samples[0];
  const last = samples.at(-1);
  return first === undefined || last === undefined ? null : rate(last.rows - first.rows, last.at - first.at);
}

const rate = (rows: number, ms: number): number | null => (ms > 0 && rows > 0 ? (1000 * rows) / ms : null);

/** Milliseconds until its last row, at that rate; null where nobody knows. */
export const leftOf = ({ total, rows }: Pick<ImportJob, 'total' | 'rows'>, perSecond: number | null): number | null => (total === null || perSecond === null ? null : (1000 * (total - rows)) / perSecond);

/** The refused rows of the server's CSV (line, field, reason), as far as they are there whole. most: of them. */
export function refusedIn(csv: string, most: number): RefusedRow[] {
  const whole = csv.slice(0, csv.lastIndexOf('\n') + 1);
  const found: RefusedRow[] = [];
  const lines = whole.matchAll(/(\d+),("(?:[^"]|"")*"|[^",\r\n]*),("(?:[^"]|"")*"|[^",\r\n]*)\r?\n/g);
  for (const [, line, field, reason] of lines) {
    if (found.length === most) break;
    found.push({ line: Number(line), field: plain(field!) || null, reason: plain(reason!) });
  }
  return found;
}

const plain = (cell: string): string => (cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell);
