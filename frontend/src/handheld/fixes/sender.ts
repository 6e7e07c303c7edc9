/** Positions from the queue to the server: they leave it once they are stored or refused, and not before. */
import { urlOf } from '../../api/request';
import { db } from '../db';
import { BATCH, backOff, type Fix, toThin, verdictOf } from './queue';

export interface FixSender {
  put(fix: Fix): Promise<void>;
  /** now: whatever pause was asked for; the network may be back. */
  flush(now?: boolean): Promise<void>;
}

interface Options {
  token: string;
  /** How many wait, and how many were refused by the latest answer. */
  told: (waiting: number, refused: number) => void;
  refused: () => void;
}

const TIMEOUT_MS = 20_000;

/** One page of the phone sends at a time. */
const alone = <T>(name: string, work: () => Promise<T>): Promise<T | void> =>
  navigator.locks ? navigator.locks.request(name, { ifAvailable: true }, async (lock) => (lock ? work() : undefined)) : work();

export function fixSender({ token, told, refused }: Options): FixSender {
  let batch = BATCH;
  let failures = 0;
  let notBefore = 0;
  let busy = false;

  async function put(fix: Fix): Promise<void> {
    const base = await db();
    await base.add('fixes', fix);
    const keys = await base.getAllKeys('fixes');
    const thin = toThin(keys);
    if (thin.length) {
      const transaction = base.transaction('fixes', 'readwrite');
      await Promise.all([...thin.map((key) => transaction.store.delete(key)), transaction.done]);
    }
    told(keys.length - thin.length, 0);
  }

  async function sendBatch(): Promise<boolean> {
    const base = await db();
    const keys = await base.getAllKeys('fixes', null, batch);
    if (keys.length === 0) return false;
    const fixes = await base.getAll('fixes', null, batch);
    const { status, rejected, retryAfter_s } = await post(fixes.slice(0, keys.length), token);
    const verdict = verdictOf(status, keys.length, rejected, retryAfter_s);
    batch = verdict.batch;
    if (verdict.signedOut) refused();
    if (verdict.done === 'all') await base.delete('fixes', IDBKeyRange.bound(keys[0]!, keys.at(-1)!));
    failures = status === 0 ? failures + 1 : 0;
    notBefore = Date.now() + (status === 0 ? backOff(failures, Math.random()) : verdict.pause_ms);
    told(await base.count('fixes'), verdict.refused);
    return verdict.pause_ms === 0 && status !== 0;
  }

  async function flush(now = false): Promise<void> {
    if (now) notBefore = 0;
    if (busy || Date.now() < notBefore) return;
    busy = true;
    try {
      await alone('gridwarden-fixes', async () => {
        while (await sendBatch());
      });
    } finally {
      busy = false;
    }
  }

  return { put, flush };
}

/** status 0: no answer came. */
async function post(fixes: Fix[], token: string): Promise<{ status: number; rejected: number; retryAfter_s: number | null }> {
  try {
    const answer = await fetch(urlOf('/fixes'), {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
      body: JSON.stringify(fixes),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const said = (await answer.json().catch(() => ({}))) as { rejected?: unknown[] };
    const wait = Number(answer.headers.get('Retry-After'));
    return { status: answer.status, rejected: said.rejected?.length ?? 0, retryAfter_s: wait > 0 ? wait : null };
  } catch {
    return { status: 0, rejected: 0, retryAfter_s: null };
  }
}
