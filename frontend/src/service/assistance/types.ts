/** Help cases as the API gives them. Times are RFC 3339 UTC, days are dates. */
import type { LogEntry } from '../types';

export const STATES = ['in_hand', 'closed'] as const;
export const KINDS = ['elderly', 'disability', 'poverty', 'illness', 'disaster', 'employment', 'education', 'childcare', 'other'] as const;
export const RESULTS = ['helped', 'in_part', 'referred', 'declined', 'moved'] as const;

export interface HelpCase {
  id: string;
  version: number;
  organisation: string;
  organisation_name: string;
  state: 'open' | 'in_hand' | 'closed';
  kind: (typeof KINDS)[number];
  household: string;
  person: string | null;
  title: string;
  address: string | null;
  /** Masked; of the person or the head of the household. */
  name: string | null;
  helper: string | null;
  helper_name: string | null;
  next_visit_on: string | null;
  visits: number;
  visited_at: string | null;
  result: (typeof RESULTS)[number] | null;
  author: string;
  created_at: string;
  ended_at: string | null;
}

export interface Step {
  number: number;
  text: string;
  due_on: string | null;
  done_at: string | null;
  done_by: string | null;
}

export interface Visit {
  at: string;
  by_name: string;
  note: string;
  latitude: number | null;
  longitude: number | null;
}

export interface HelpCaseDetail extends HelpCase {
  need: string;
  outcome: string | null;
  steps: Step[];
  visited: Visit[];
  log: LogEntry[];
}
