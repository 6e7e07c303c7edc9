/** Addresses of the command centre: every view has one, so that it can be sent to somebody and opened beside another. */
import { useSyncExternalStore } from 'react';

export const PAGES = ['map', 'desk', 'board', 'time', 'event', 'talk', 'notices', 'city', 'registry', 'statistics', 'appraisal', 'service', 'party', 'social', 'forms', 'inspections', 'admin'] as const;
export type PageName = (typeof PAGES)[number];

/** rest: what follows the page, decoded; query: what follows the "?". */
export interface Route {
  page: PageName;
  rest: readonly string[];
  query: Readonly<Record<string, string>>;
}

/** Pure: the route of a path and its search. What is unknown is the map. */
export function routeOf(path: string, search: string): Route {
  const [first = '', ...rest] = path.split('/').filter(Boolean).map(decoded);
  const page = PAGES.find((one) => one === first);
  return { page: page ?? 'map', rest: page ? rest : [], query: Object.fromEntries(new URLSearchParams(search)) };
}

/** Pure: its path and search; undefined of the query are left out. */
export function pathOf(page: PageName, rest: readonly string[] = [], query: Readonly<Record<string, string | undefined>> = {}): string {
  const pairs = Object.entries(query).filter((pair): pair is [string, string] => pair[1] !== undefined);
  const path = page === 'map' && rest.length === 0 ? '/' : `/${[page, ...rest.map(encodeURIComponent)].join('/')}`;
  return path + (pairs.length ? `?${new URLSearchParams(pairs)}` : '');
}

/** Go there; replace: without a step in the browser's history. */
export function goTo(path: string, replace = false): void {
  if (path === location.pathname + location.search) return;
  history[replace ? 'replaceState' : 'pushState'](null, '', path);
  dispatchEvent(new PopStateEvent('popstate'));
}

interface Click {
  ctrlKey: boolean;
  metaKey: boolean;
  shiftKey: boolean;
  preventDefault(): void;
}

/** What a click on a link to that path does: it goes there; with Ctrl, Meta or Shift the browser opens a tab or window of its own. */
export const follow = (path: string) => (event: Click): void => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  goTo(path);
};

let [cachedAt, cached] = ['', routeOf('/', '')];

/** The route as it is now. */
export function currentRoute(): Route {
  const at = location.pathname + location.search;
  if (at !== cachedAt) [cachedAt, cached] = [at, routeOf(location.pathname, location.search)];
  return cached;
}

export const useRoute = (): Route => useSyncExternalStore(listen, currentRoute);

function listen(changed: () => void): () => void {
  addEventListener('popstate', changed);
  return () => removeEventListener('popstate', changed);
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part; // a "%" that encodes nothing
  }
}
