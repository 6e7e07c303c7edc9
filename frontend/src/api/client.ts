/** Requests to the API. A refusal becomes a Problem with the server's own words. */
import type { Leg, Me, Organisation, Track } from './types';

export class Problem extends Error {
  constructor(
    readonly status: number,
    detail: string,
  ) {
    super(detail);
  }
}

async function request<T>(method: string, path: string, body?: unknown): Promise<T> {
  const response = await fetch(`/api/v1${path}`, {
    method,
    headers: body === undefined ? {} : { 'Content-Type': 'application/json' },
    body: body === undefined ? null : JSON.stringify(body),
  });
  if (!response.ok) {
    const problem = (await response.json().catch(() => ({}))) as { detail?: string };
    throw new Problem(response.status, problem.detail ?? response.statusText);
  }
  return (response.status === 204 ? undefined : await response.json()) as T;
}

export const signIn = async (name: string, password: string): Promise<Me> =>
  (await request<{ me: Me }>('POST', '/session', { name, password })).me;

export const signOut = (): Promise<void> => request('DELETE', '/session');

export const whoAmI = (): Promise<Me> => request('GET', '/me');

/** The caller's whole part of the tree, page by page. */
export async function organisations(): Promise<Organisation[]> {
  const all: Organisation[] = [];
  let cursor: string | null = null;
  do {
    const query: string = cursor === null ? '' : `?cursor=${encodeURIComponent(cursor)}`;
    const page: { items: Organisation[]; next: string | null } = await request('GET', `/organisations${query}`);
    all.push(...page.items);
    cursor = page.next;
  } while (cursor !== null);
  return all;
}

/** A member's positions between two instants, simplified to `simplify` metres. */
export function track(member: string, from: Date, to: Date, simplify: number): Promise<Track> {
  const query = new URLSearchParams({ ...span(from, to), simplify: String(simplify) });
  return request('GET', `/members/${encodeURIComponent(member)}/track?${query}`);
}

/** A member's trips and the stops between them, in order of time. */
export async function trips(member: string, from: Date, to: Date): Promise<Leg[]> {
  const query = new URLSearchParams(span(from, to));
  return (await request<{ items: Leg[] }>('GET', `/members/${encodeURIComponent(member)}/trips?${query}`)).items;
}

const span = (from: Date, to: Date) => ({ from: from.toISOString(), to: to.toISOString() });
