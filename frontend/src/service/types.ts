/** Citizens' requests as the desk's API gives them. Times are RFC 3339 UTC, places degrees WGS 84. */

export const STATES = ['received', 'in_hand', 'forwarded', 'answered', 'rejected', 'withdrawn'] as const;
export type RequestState = (typeof STATES)[number];
export const KINDS = ['report', 'help', 'question', 'complaint', 'matter'] as const;

export interface CitizenRequest {
  id: string;
  version: number;
  organisation: string;
  organisation_name: string;
  state: RequestState;
  kind: (typeof KINDS)[number];
  subject: string;
  body: string;
  latitude: number | null;
  longitude: number | null;
  address: string | null;
  source: string;
  language: string;
  /** Masked, as telephone. */
  name: string | null;
  telephone: string | null;
  taken_by: string | null;
  answer: string | null;
  /** The citizen said something since. */
  unread: boolean;
  incident: string | null;
  incident_state: string | null;
  /** 1, bad, to 5. */
  score: number | null;
  score_comment: string | null;
  created_at: string;
  ended_at: string | null;
  followed_up_at: string | null;
}

export interface Message {
  at: string;
  by_citizen: boolean;
  author: string;
  body: string;
}

export interface LogEntry {
  version: number;
  at: string;
  action: string;
  actor: string;
  note: string | null;
}

export interface RequestDetail extends CitizenRequest {
  messages: Message[];
  log: LogEntry[];
}

/** Name and telephone in full. */
export interface Contact {
  name: string | null;
  telephone: string | null;
}

/** Points (x, y) in thousandths of the field. */
export type Stroke = readonly (readonly [number, number])[];
