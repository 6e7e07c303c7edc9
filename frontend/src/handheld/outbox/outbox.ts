/** What the member did, until the server has answered: in which order it is sent, and what an answer means. Pure. */
import type { Task, TaskState } from '../types';

export type Doing = 'acknowledge' | 'decline' | 'en-route' | 'arrive' | 'feedback' | 'verify' | 'report' | 'photo' | 'note' | 'read' | 'say' | 'clip' | 'here' | 'sos' | 'cancel-sos' | 'receipt'
  | 'diary' | 'follow-up' | 'object' | 'house' | 'household' | 'person' | 'entry' | 'inspection' | 'found' | 'visit' | 'step';

export interface Draft {
  doing: Doing;
  /** Below /api/v1; `{made}` here, or as a value of the body, stands for the id of what `needs` makes. */
  path: string;
  body?: Record<string, unknown>;
  /** The body, where it is a photograph or a clip. */
  file?: Blob;
  /** What it is about, in the member's words. */
  about: string;
  /** Id of the task it belongs to. */
  task?: string;
  /** Key of an item that must be done before, since it makes what this one is for. */
  needs?: string;
}

export interface Item extends Draft {
  /** Place in the queue. */
  order: number;
  /** The Idempotency-Key: however often it is sent, it is done once. */
  key: string;
  /** When the member did it, ms since 1970. */
  at: number;
  /** Why the server refused it for good; the member may change or discard it. */
  refusal?: { status: number; detail: string };
}

export const MADE = '{made}';

/** The next one to send: a cry for help before all others, then in order. One that was refused holds back only what needs it. */
export function nextOf(items: readonly Item[]): Item | null {
  const waiting = items.filter((item) => !item.refusal && !items.some((other) => other.key === item.needs));
  return waiting.find((item) => item.doing === 'sos') ?? waiting[0] ?? null;
}

export type Judgement = 'done' | 'refused' | 'later' | 'signIn';

/** What an answer means. 0: there was none. */
export function judged(status: number): Judgement {
  if (status >= 200 && status < 300) return 'done';
  if (status === 401) return 'signIn';
  if (status === 0 || status === 408 || status === 425 || status === 429 || status >= 500) return 'later';
  return 'refused';
}

/** The items that waited for `key`, now that it has made the thing of that id. */
export const released = (items: readonly Item[], key: string, made: string): Item[] =>
  items
    .filter((item) => item.needs === key)
    .map(({ needs: _, ...item }) => ({ ...item, path: item.path.replace(MADE, encodeURIComponent(made)), ...(item.body ? { body: named(item.body, made) } : {}) }));

const named = (body: Record<string, unknown>, made: string): Record<string, unknown> => Object.fromEntries(Object.entries(body).map(([name, value]) => [name, value === MADE ? made : value]));

/** The item and all that cannot be done without it. */
export function withDependents(items: readonly Item[], key: string): Item[] {
  const gone = new Set([key]);
  for (const item of items) if (item.needs !== undefined && gone.has(item.needs)) gone.add(item.key);
  return items.filter((item) => gone.has(item.key));
}

const AFTER: Partial<Record<Doing, TaskState>> = {
  acknowledge: 'acknowledged', decline: 'declined', 'en-route': 'en_route', arrive: 'on_scene', feedback: 'handled', verify: 'handled',
};

/** Where the task will stand once everything that waits is done; what was refused does not count. */
export function expectedState(task: Pick<Task, 'id' | 'state'>, items: readonly Item[]): TaskState {
  return items.reduce((state, item) => (item.task === task.id && !item.refusal ? (AFTER[item.doing] ?? state) : state), task.state);
}
