/** The API's routes of the past. */
import { get } from '../api/request';
import type { Alert, Assignment, IncidentState } from '../desk/types';

/** Where a member was. key: the device's, as in the live frames; speed m/s, course degrees true. */
export interface Then {
  member: string;
  name: string;
  post: string | null;
  organisation: string;
  device: string;
  key: number;
  time: string;
  latitude: number;
  longitude: number;
  speed: number | null;
  course: number | null;
}

/** Everybody's way through a span as columns, by device and time; `time` is seconds after `from`. */
export interface Ways {
  from: string;
  to: string;
  count: number;
  carriers: { key: number; device: string; member: string; name: string; post: string | null; organisation: string }[];
  device: number[];
  time: number[];
  latitude: number[];
  longitude: number[];
  speed: (number | null)[];
  course: (number | null)[];
}

/** How a thing stood from `at` on, and what brought it there. */
export interface Step<State extends string = string> {
  at: string;
  action: string;
  state: State;
}

export interface IncidentStep extends Step<IncidentState> {
  priority: number;
  kind: string;
  kind_en: string;
  kind_zh: string;
  organisation: string;
}

export interface PastIncident {
  id: string;
  latitude: number;
  longitude: number;
  address: string | null;
  description: string;
  drill: boolean;
  reported_at: string;
  steps: IncidentStep[];
  assignments: PastAssignment[];
}

/** Who was sent, and when he took each step. */
export type PastAssignment = Pick<Assignment, 'id' | 'member' | 'name' | 'department' | 'purpose' | 'offered_at' | 'acknowledged_at' | 'en_route_at' | 'on_scene_at' | 'ended_at'>;

export interface PastAlert {
  id: string;
  kind: Alert['kind'];
  text: string;
  drill: boolean;
  latitude: number | null;
  longitude: number | null;
  raised_at: string;
  member: string | null;
  name: string | null;
  organisation: string;
  steps: Step<Alert['state']>[];
}

const iso = (ms: number): string => new Date(ms).toISOString();

/** Everybody at an instant, exactly; ms since 1970, so below. */
export const everybodyAt = async (at: number, signal?: AbortSignal): Promise<Then[]> =>
  (await get<{ items: Then[] }>('/replay', { at: iso(at) }, signal)).items;

/** Everybody's way, a position every `step` seconds. */
export const ways = (from: number, to: number, step: number): Promise<Ways> =>
  get('/replay/tracks', { from: iso(from), to: iso(to), step });

/** What was open at `at`, and each step until `until`. */
export const pastIncidents = async (at: number, until: number): Promise<PastIncident[]> =>
  (await get<{ items: PastIncident[] }>('/replay/incidents', { at: iso(at), until: iso(until) })).items;

export const pastAlerts = async (at: number, until: number): Promise<PastAlert[]> =>
  (await get<{ items: PastAlert[] }>('/replay/alerts', { at: iso(at), until: iso(until) })).items;
