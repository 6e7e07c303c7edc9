/** Inspections as the API tells them; times RFC 3339 UTC, places degrees WGS 84, distances metres. */

export interface Plan {
  id: string;
  version: number;
  organisation: string;
  name: string;
  kind: string | null;
  risk: string | null;
  form: string;
  every_days: number;
  remind_days: number;
  first_due_at: string;
  ended_at: string | null;
  due: number;
  overdue: number;
}

export interface Inspection {
  id: string;
  plan: string;
  plan_name: string;
  form: string;
  place: string;
  place_name: string;
  address: string;
  latitude: number;
  longitude: number;
  organisation: string;
  organisation_name: string;
  state: 'due' | 'done' | 'cancelled';
  due_at: string;
  overdue: boolean;
  done_at: string | null;
  result: 'ok' | 'faults' | null;
  entry: string | null;
  by_name: string | null;
  metres_off: number | null;
  incident: string | null;
}

export interface Tally {
  organisation: string;
  name: string;
  level: string;
  due: number;
  overdue: number;
  done: number;
  oldest: string | null;
}
