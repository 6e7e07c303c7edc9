/** Which view a route shows: beside or over the map, or in its place. Each is fetched when it is first asked for. */
import type { FunctionComponent, LazyExoticComponent } from 'react';
import type { PageName } from './route';

type View = LazyExoticComponent<FunctionComponent>;

/** Views that need the whole window. */
export const WHOLE: Partial<Record<PageName, View>> = {};

/** Views over the map, at its right or its foot. */
export const OVER_MAP: Partial<Record<PageName, View>> = {};

/** In the header, in this order; only what is there. */
export const SHOWN = (['map', 'board', 'time', 'event', 'talk', 'notices', 'admin'] as const).filter(
  (page) => page === 'map' || page in WHOLE || page in OVER_MAP,
);
