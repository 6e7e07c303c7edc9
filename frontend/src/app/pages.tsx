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
  city: lazy(() => import('../city/City')),
  registry: lazy(() => import('../registry/Registry')),
  statistics: lazy(() => import('../statistics/Statistics')),
  appraisal: lazy(() => import('../appraisal/Appraisal')),
  service: lazy(() => import('../service/Service')),
  party: lazy(() => import('../party/Party')),
  social: lazy(() => import('../social/Social')),
  forms: lazy(() => import('../forms/Forms')),
  inspections: lazy(() => import('../inspections/Inspections')),
};

/** Views over the map, at its right or its foot. */
export const OVER_MAP: Partial<Record<PageName, View>> = {
  map: dock,
  desk: dock,
  event: lazy(() => import('../talk/Event')),
  time: lazy(() => import('../time/TimeMachine')),
};

/** In the rail, from top to bottom, in groups: what a dispatcher works with, and the house behind it. */
export const RAIL = [['map', 'board', 'event', 'talk', 'notices', 'service', 'party', 'social', 'time', 'city', 'registry', 'statistics', 'appraisal', 'forms', 'inspections'], ['admin']] as const;
export type Shown = (typeof RAIL)[number][number];

const DESKS = ['administrator', 'commander', 'dispatcher', 'officer', 'supervisor'];

/** Pages that only these roles may use. */
const ROLES: Partial<Record<Shown, readonly string[]>> = {
  admin: ['administrator'],
  service: DESKS,
  party: DESKS,
  social: DESKS,
  forms: DESKS,
  inspections: DESKS,
};

export const mayOpen = (page: Shown, role: string): boolean => ROLES[page]?.includes(role) ?? true;
