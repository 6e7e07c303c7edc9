/** The handheld's addresses: `/handheld`, and below it the page and what it shows. */
import { useSyncExternalStore } from 'react';

export type PageName = 'tasks' | 'task' | 'report' | 'incident' | 'emergency' | 'registry' | 'messages' | 'channel' | 'me' | 'tracking' | 'unsent' | 'sos' | 'distribution'
  | 'diary' | 'score' | 'household' | 'form' | 'inspections' | 'inspection' | 'help';

export interface Route {
  page: PageName;
  id: string | null;
}

const PAGES: readonly PageName[] = ['tasks', 'task', 'report', 'incident', 'emergency', 'registry', 'messages', 'channel', 'me', 'tracking', 'unsent', 'sos', 'distribution',
  'diary', 'score', 'household', 'form', 'inspections', 'inspection', 'help'];
const BASE = '/handheld';

/** Unknown pages are the first. */
export function routeOf(path: string): Route {
  const [, , page = '', id] = path.split('/');
  return { page: PAGES.find((one) => one === page) ?? 'tasks', id: id ? decodeURIComponent(id) : null };
}

export const pathOf = (page: PageName, id?: string): string =>
  page === 'tasks' ? BASE : `${BASE}/${page}${id === undefined ? '' : `/${encodeURIComponent(id)}`}`;

const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener('popstate', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('popstate', listener);
  };
}

export function goTo(page: PageName, id?: string): void {
  if (location.pathname !== pathOf(page, id)) history.pushState(null, '', pathOf(page, id));
  for (const listener of listeners) listener();
}

export function useRoute(): Route {
  return routeOf(useSyncExternalStore(subscribe, () => location.pathname));
}
