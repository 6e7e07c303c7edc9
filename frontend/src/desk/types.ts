/** Incidents, assignments and alerts as the API gives them. Times are RFC 3339 UTC, distances metres. */
import type { Attachment as Attached, Recorded } from '../api/types';

export const STATES = ['reported', 'accepted', 'dispatched', 'handling', 'feedback', 'verified', 'suspended', 'closed', 'rejected', 'merged'] as const;
export type IncidentState = (typeof STATES)[number];

export type AssignmentState = 'offered' | 'acknowledged' | 'en_route' | 'on_scene' | 'handled' | 'declined' | 'expired' | 'cleared';

export interface Assignment {
  id: string;
  member: string | null;
  name: string | null;
  department: string | null;
  purpose: 'handle' | 'verify';
  state: AssignmentState;
  offered_at: string;
  answer_by: string | null;
  acknowledged_at: string | null;
  en_route_at: string | null;
  arrival_proposed_at: string | null;
  on_scene_at: string | null;
  ended_at: string | null;
  reason: string | null;
  metres: number | null;
  eta_s: number | null;
}

export interface Incident {
  id: string;
  version: number;
  state: IncidentState;
  kind: string;
  kind_en: string;
  kind_zh: string;
  /** 1, an emergency, to 4. */
  priority: number;
  organisation: string;
  place_organisation: string;
  latitude: number;
  longitude: number;
  address: string | null;
  description: string;
  source: string;
  contact: string | null;
  reporter: string | null;
  drill: boolean;
  reported_at: string;
  ended_at: string | null;
  /** The limit that runs until due_at. */
  clock: 'accept' | 'arrive' | 'handle' | 'verify' | null;
  due_at: string | null;
  escalations: number;
  marks: number;
  sent_back: number;
  request: { what: string; reason?: string; until?: string; by?: string } | null;
  disposition: string | null;
  duplicate_of: string | null;
  assignments: Assignment[];
}

export interface Entry extends Recorded {
  member: string | null;
}

export interface Reason {
  code: string;
  value: number | string | null;
  en: string;
  zh: string;
}

export interface Near {
  member: string;
  name: string;
  post: string | null;
  metres: number;
  latitude: number;
  longitude: number;
  age_s: number;
  busy_with: string | null;
}

export interface Candidate extends Near {
  travel_s: number;
  basis: 'streets' | 'line' | 'beyond' | string;
  reasons: Reason[];
}

export interface Candidates {
  basis: string;
  complete: boolean;
  items: Candidate[];
  passed_over: (Near & { reason: Reason })[];
}

export interface Proposal {
  incident: string;
  version: number;
  priority: number;
  candidate: Candidate;
}

export interface Kind {
  code: string;
  category: string;
  class: string;
  name_en: string;
  name_zh: string;
  priority: number;
}

export interface Alert {
  id: string;
  version: number;
  kind: 'sos' | 'geofence' | 'silence' | 'battery' | 'overdue' | 'other';
  state: 'raised' | 'acknowledged' | 'assigned' | 'cleared';
  text: string;
  drill: boolean;
  organisation: string;
  member: string | null;
  name: string | null;
  phone: string | null;
  device: string | null;
  geofence_name: string | null;
  reason: string | null;
  incident: string | null;
  latitude: number | null;
  longitude: number | null;
  happened_at: string;
  raised_at: string;
  acknowledged_by: string | null;
  assigned_by: string | null;
  cleared_at: string | null;
  cleared_by: string | null;
  nearest: { member: string; name: string; post: string | null; metres: number }[];
}

/** A photograph or file of an incident. seconds_off, metres_off: what its EXIF claimed against the report, where it said. */
export interface Attachment extends Attached {
  seconds_off: number | null;
  metres_off: number | null;
}
