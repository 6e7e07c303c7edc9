/** The registry's and the plan's answers, as far as the administration reads them. */
import type { Geometry } from 'geojson';
import type { Organisation } from '../api/types';

export type Level = Organisation['level'];

export interface Member {
  key: number;
  id: string;
  name: string;
  organisation: string;
  post: string | null;
  posts: string[];
  grids: string[];
  skills: string[];
  phone: string | null;
  on_duty: boolean;
  devices: string[];
}

export interface Device {
  key: number;
  device: string;
  member: string | null;
  member_name: string | null;
  organisation: string;
  require_token: boolean;
  has_token: boolean;
  dialect: '' | 'osmand';
  stale_after_s: number | null;
  silent_after_s: number | null;
  retired: boolean;
}

/** Told once, when it is made. */
export interface Token {
  device: string;
  token: string;
}

export interface Stranger {
  device: string;
  protocol: string;
  address: string;
  first_seen: string;
  last_seen: string;
  attempts: number;
}

/** A member on a shift; on_duty: as the registry has it now. */
export interface OnDuty {
  member: string;
  name: string;
  organisation: string;
  shift: string;
  shift_name: string;
  ends_at: string;
  on_duty: boolean;
}

/** What is wrong with the territory of `organisation`; other: with whose. place: in the largest part. */
export interface TerritoryFault {
  kind: 'overlap' | 'gap' | 'outside' | 'invalid';
  organisation: string;
  other: string | null;
  square_metres: number;
  place: { coordinates: [number, number] };
}

export interface Enrolment {
  code: string;
  link: string;
  expires_at: string;
}

export interface User {
  name: string;
  role: string;
  organisation: string;
  member: string | null;
  disabled: boolean;
  created_at: string;
}

export interface Session {
  id: string;
  user: string;
  created_at: string;
  expires_at: string;
  address: string;
  is_this: boolean;
}

export interface Kind {
  code: string;
  category: 'component' | 'event';
  class: string;
  name_en: string;
  name_zh: string;
  department: string | null;
  priority: number;
  skills: string[];
  /** Limits in seconds. */
  accept_s: number;
  arrive_s: number;
  handle_s: number;
  verify_s: number;
  retired: boolean;
}

export interface Post {
  code: string;
  name_en: string;
  name_zh: string;
  /** Where it stands; null: anywhere. */
  level: Level | null;
  /** What whoever holds it can do. */
  skills: string[];
  retired: boolean;
}

/** What each organisation of the level needs. */
export interface Preset {
  code: string;
  name_en: string;
  name_zh: string;
  level: Level;
  posts: { post: string; wanted: number }[];
  retired: boolean;
}

export interface Filled {
  post: string;
  name_en: string;
  name_zh: string;
  wanted: number;
  present: number;
  on_duty: number;
  shortfall: number;
}

/** Of an organisation and all below it. chosen: presets chosen at it; preset: that counts for itself. */
export interface Staffing {
  chosen: string[];
  preset: string | null;
  posts: Filled[];
  short_total: number;
}

export interface Shift {
  id: string;
  organisation: string;
  name: string;
  starts_at: string;
  ends_at: string;
  members: string[];
}

export interface HandOver {
  member: string;
  taker: string;
  by_name: string;
  at: string;
  note: string;
  incidents: string[];
}

export interface ShiftDetail extends Shift {
  hand_overs: HandOver[];
}

export interface Webhook {
  id: string;
  organisation: string;
  url: string;
  topics: string[];
  by_name: string;
  created_at: string;
}

export interface Delivery {
  happening: number;
  topic: string;
  at: string;
  attempts: number;
  answer: string | null;
  taken: boolean;
  ended_at: string | null;
}

export interface Geofence {
  id: string;
  organisation: string;
  name: string;
  kind: 'polygon' | 'circle';
  geometry: Geometry;
  radius_m: number | null;
  dwell_s: number;
  active: boolean;
  alert: string;
  version: number;
}

/** line: of a CSV file, row of a sheet, or feature. */
export interface RefusedRow {
  line: number;
  field: string | null;
  reason: string;
}

export interface ImportReport {
  kind: string;
  rows: number;
  stored: number;
  refused_count: number;
  refused: RefusedRow[];
  ignored: string[];
  /** What was stored all the same, and should be looked at. */
  warnings: string[];
  check: boolean;
}

/** A file of many rows on its way in. total: rows that it has, null until it was read; rows: behind us, of which `refused` were not stored. */
export interface ImportJob {
  id: string;
  kind: string;
  name: string;
  by_name: string;
  state: 'receiving' | 'running' | 'done' | 'failed' | 'cancelled';
  /** Of the file so far. */
  bytes: number;
  total: number | null;
  rows: number;
  refused: number;
  ignored: string[];
  warnings: string[];
  problem: string | null;
  made_at: string;
  started_at: string | null;
  ended_at: string | null;
}
