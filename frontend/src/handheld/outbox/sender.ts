/** What the member did, from the queue to the server, one after the other; it leaves the queue once the server has done it. */
import { newKey } from '../../api/key';
import { Problem, reasonOf } from '../../api/request';
import { db } from '../db';
import { backOff } from '../fixes/queue';
import { sent } from '../session';
import { type Draft, type Item, judged, nextOf, released, withDependents } from './outbox';

export interface Outbox {
  /** Keep these; from then on they arrive, however long that takes. */
  add(...drafts: (Draft & { key?: string })[]): Promise<void>;
  /** now: whatever pause was asked for; the network may be back. */
  flush(now?: boolean): Promise<void>;
  /** Of one that was refused, what the member would rather say. */
  change(key: string, body: Record<string, unknown>): Promise<void>;
  /** With everything that needs it. */
  discard(key: string): Promise<void>;
}

interface Options {
  changed: (items: Item[]) => void;
  /** The server has done it; its answer. */
  done: (item: Item, answer: unknown) => void;
  signedOut: () => void;
}

const TIMEOUT_MS = 60_000;

export function outboxSender({ changed, done, signedOut }: Options): Outbox {
  let busy = false;
  let failures = 0;
  let notBefore = 0;

  const items = async (): Promise<Item[]> => (await db()).getAll('outbox');
  const tell = async (): Promise<void> => changed(await items());

  async function add(...drafts: (Draft & { key?: string })[]): Promise<void> {
    const transaction = (await db()).transaction('outbox', 'readwrite');
    const rows = drafts.map((draft) => ({ key: newKey(), at: Date.now(), ...draft }) as Item); // the store gives the order
    await Promise.all([...rows.map((row) => transaction.store.add(row)), transaction.done]);
    await tell();
    void flush(true);
  }

  async function finish(item: Item, answer: unknown): Promise<void> {
    const made = (answer as { id?: string } | undefined)?.id ?? '';
    const transaction = (await db()).transaction('outbox', 'readwrite');
    const waiting = released(await transaction.store.getAll(), item.key, made);
    await Promise.all([transaction.store.delete(item.order), ...waiting.map((one) => transaction.store.put(one)), transaction.done]);
    done(item, answer);
  }

  /** Whether there may be another to send now. */
  async function sendNext(): Promise<boolean> {
    const item = nextOf(await items());
    if (item === null) return false;
    const { status, answer, detail } = await attempt(item);
    failures = status === 0 ? failures + 1 : 0;
    switch (judged(status)) {
      case 'done':
        await finish(item, answer);
        break;
      case 'refused':
        await (await db()).put('outbox', { ...item, refusal: { status, detail } });
        break;
      case 'signIn':
        signedOut();
        return false;
      case 'later':
        notBefore = Date.now() + backOff(failures, Math.random());
        return false;
    }
    await tell();
    return true;
  }

  async function flush(now = false): Promise<void> {
    if (now) notBefore = 0;
    if (busy || Date.now() < notBefore) return;
    busy = true;
    const all = async (): Promise<void> => {
      while (await sendNext());
    };
    try {
      await (navigator.locks ? navigator.locks.request('gridwarden-outbox', { ifAvailable: true }, (lock) => (lock ? all() : undefined)) : all());
    } finally {
      busy = false;
      await tell();
    }
  }

  return {
    add,
    flush,
    async change(key, body) {
      const found = (await items()).find((item) => item.key === key);
      if (found) {
        const { refusal: _, ...item } = found;
        await (await db()).put('outbox', { ...item, body: { ...item.body, ...body } });
      }
      await tell();
      await flush(true);
    },
    async discard(key) {
      const transaction = (await db()).transaction('outbox', 'readwrite');
      const gone = withDependents(await transaction.store.getAll(), key);
      await Promise.all([...gone.map((item) => transaction.store.delete(item.order)), transaction.done]);
      await tell();
    },
  };
}

/** status 0: no answer came. */
async function attempt(item: Item): Promise<{ status: number; answer: unknown; detail: string }> {
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const content = item.file ? { file: item.file } : { body: item.body ?? {} };
  try {
    const answer = await sent('POST', item.path, { ...content, key: item.key, signal });
    return { status: 200, answer, detail: '' };
  } catch (error) {
    return { status: error instanceof Problem ? error.status : 0, answer: null, detail: reasonOf(error) };
  }
}
