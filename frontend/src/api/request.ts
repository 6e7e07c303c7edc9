/** One request to the API. A refusal becomes a Problem with the server's own words. */

/** RFC 9457. errors: each fault's place, where the server names any. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    detail: string,
    readonly errors: readonly Fault[] = [],
  ) {
    super(detail);
  }
}

/** A fault of a request: at: the field ("posts.0"); reason: what is wrong with it. */
export interface Fault {
  at?: string;
  reason?: string;
}

export interface Page<T> {
  items: T[];
  next: string | null;
}

/** Values of a query; null and undefined are left out. */
export type Query = Readonly<Record<string, string | number | boolean | null | undefined>>;

interface Options {
  query?: Query;
  body?: unknown;
  /** A file, sent as it is with its own type. */
  file?: Blob;
  /** Idempotency-Key: sent again, it makes one thing. */
  key?: string;
  signal?: AbortSignal;
}

/** Ask the API. Throws Problem for a refusal, TypeError where no server answers. */
export async function request<T>(method: string, path: string, options: Options = {}): Promise<T> {
  const { body, file, key, signal } = options;
  const type = file ? file.type : body === undefined ? null : 'application/json';
  const response = await fetch(urlOf(path, options.query), {
    method,
    headers: { ...(type === null ? {} : { 'Content-Type': type }), ...(key === undefined ? {} : { 'Idempotency-Key': key }) },
    body: file ?? (body === undefined ? null : JSON.stringify(body)),
    ...(signal ? { signal } : {}),
  });
  if (!response.ok) throw await problemOf(response);
  return (response.status === 204 ? undefined : await response.json()) as T;
}

/** The beginning of a text, until there is enough of it; the rest is not fetched. Throws as `request` does. */
export async function beginning(path: string, enough: (text: string) => boolean): Promise<string> {
  const response = await fetch(urlOf(path));
  if (!response.ok) throw await problemOf(response);
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    text += part.value;
    if (!enough(text)) continue;
    await reader.cancel();
    break;
  }
  return text;
}

export const get = <T>(path: string, query?: Query, signal?: AbortSignal): Promise<T> =>
  request('GET', path, { ...(query ? { query } : {}), ...(signal ? { signal } : {}) });
export const post = <T>(path: string, body: unknown = {}, key?: string): Promise<T> =>
  request('POST', path, { body, ...(key === undefined ? {} : { key }) });
export const put = <T>(path: string, body: unknown): Promise<T> => request('PUT', path, { body });
export const patch = <T>(path: string, body: unknown): Promise<T> => request('PATCH', path, { body });
export const remove = <T = void>(path: string, query: Query = {}): Promise<T> => request('DELETE', path, { query });

/** Every page of a list. most: of items, so that no list is without end. */
export async function all<T>(path: string, query: Query = {}, most = 100_000): Promise<T[]> {
  const found: T[] = [];
  let cursor: string | null = null;
  do {
    const page: Page<T> = await get(path, { ...query, cursor });
    found.push(...page.items);
    cursor = page.next;
  } while (cursor !== null && found.length < most);
  return found;
}

/** `/api/v1` + path with its query. */
export function urlOf(path: string, query: Query = {}): string {
  const pairs = Object.entries(query).flatMap(([name, value]) => (value === null || value === undefined ? [] : [[name, String(value)]]));
  return `/api/v1${path}${pairs.length ? `?${new URLSearchParams(pairs)}` : ''}`;
}

/** What to tell a person about a failed request. */
export const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

async function problemOf(response: Response): Promise<Problem> {
  const said = (await response.json().catch(() => ({}))) as { detail?: string; errors?: Fault[] };
  return new Problem(response.status, said.detail ?? response.statusText, said.errors ?? []);
}
