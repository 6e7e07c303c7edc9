/** Which view a route shows: beside or over the map, or in its place. Each is fetched when it is first asked for. */
import { lazy, type FunctionComponent, type LazyExoticComponent } from 'react';
import type { PageName } from './route';

type View = LazyExoticComponent<FunctionComponent>;

const dock = lazy(() => import('../desk/Dock'));

/** Views that need the whole window. */
export const WHOLE: Partial<Record<PageName, View>> = {
  board: lazy(() => import('../desk/Board')),
  admin: lazy(() => import('../admin/Admin')),
  talk: lazy(() => import('../talk/Talk')),
  notices: lazy(() => import('../talk/Notices')),
};

/** Views over the map, at its right or its foot. */
export const OVER_MAP: Partial<Record<PageName, View>> = {
  map: dock,
  desk: dock,
  event: lazy(() => import('../talk/Event')),
  time: lazy(() => import('../time/TimeMachine')),
};

/** In the header, in this order; only what is there. */
export const SHOWN = (['map', 'board', 'time', 'event', 'talk', 'notices', 'admin'] as const).filter((page) => page in WHOLE || page in OVER_MAP);
