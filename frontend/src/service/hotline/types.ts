/** Calls to the hotline as the API gives them. Times are RFC 3339 UTC, places degrees WGS 84. */
import type { CitizenRequest, LogEntry } from '../types';

export const STATES = ['done'] as const;

/** What a call has as a request has it; name and telephone masked. */
type Said = Pick<CitizenRequest, 'id' | 'version' | 'organisation' | 'organisation_name' | 'kind' | 'subject' | 'body' | 'latitude' | 'longitude' | 'address' | 'name' | 'telephone' | 'answer' | 'incident' | 'incident_state' | 'score' | 'score_comment' | 'created_at' | 'ended_at'>;

export interface HotlineCall extends Said {
  state: 'open' | 'done';
  operator: string;
  request: string | null;
  /** Somebody is to call back; called_back_at: somebody did. */
  call_back: boolean;
  called_back_at: string | null;
}

/** A call or a request of the same number. */
export interface Earlier {
  what: 'call' | 'request';
  id: string;
  subject: string;
  state: string;
  created_at: string;
}

export interface CallDetail extends HotlineCall {
  earlier: Earlier[];
  log: LogEntry[];
}
