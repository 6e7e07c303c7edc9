/** What the registry answers. */
import type { Recorded } from '../api/types';
import type { ElementName } from './elements';

/** One record; its fields by name. */
export interface RecordOf extends Readonly<Record<string, unknown>> {
  id: string;
  version: number;
  organisation: string;
  ended_at: string | null;
  merged_into: string | null;
}

export interface Change extends Recorded {
  latitude: number | null;
  longitude: number | null;
}

export interface Look {
  key: number;
  at: string;
  name: string;
  organisation: string;
  action: string;
  element: string;
  record: string | null;
  purpose: string;
  rows: number;
}

export interface One {
  id: string;
  label: string;
  version: number;
}

export interface Proposal {
  id: string;
  element: ElementName;
  reasons: string[];
  found_at: string;
  first: One;
  second: One;
}

export interface Merge {
  id: string;
  element: ElementName;
  kept: One;
  gone: One;
  at: string;
  by_name: string;
  note: string | null;
  taken: string[];
  moved: Record<string, number>;
  undone_at: string | null;
  undone_by: string | null;
}
