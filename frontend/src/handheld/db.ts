/** What outlives the page: who carries the phone, positions and commands that wait, and what was last known. */
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { QueuedFix } from './fixes/queue';
import type { Item } from './outbox/outbox';

interface Schema extends DBSchema {
  /** `carrier`, and what was last known under its own name. */
  kept: { key: string; value: unknown };
  fixes: { key: number; value: Omit<QueuedFix, 'key'> };
  outbox: { key: number; value: Item };
}

let opened: Promise<IDBPDatabase<Schema>> | null = null;

/** The one connection; another is opened after the browser has closed it. */
export function db(): Promise<IDBPDatabase<Schema>> {
  opened ??= openDB<Schema>('gridwarden-handheld', 1, {
    upgrade(made) {
      made.createObjectStore('kept');
      made.createObjectStore('fixes', { autoIncrement: true });
      made.createObjectStore('outbox', { keyPath: 'order', autoIncrement: true });
    },
    terminated: () => (opened = null),
  });
  opened.catch(() => (opened = null));
  return opened;
}

export const kept = async <T>(name: string): Promise<T | undefined> => (await (await db()).get('kept', name)) as T | undefined;

export const keep = async (name: string, value: unknown): Promise<void> => void (await (await db()).put('kept', value, name));

/** Forget everything: another member may take this phone up. */
export async function forget(): Promise<void> {
  const stores = ['kept', 'fixes', 'outbox'] as const;
  const transaction = (await db()).transaction(stores, 'readwrite');
  await Promise.all([...stores.map((name) => transaction.objectStore(name).clear()), transaction.done]);
}
