/** Commodities, stores and distributions as the API gives them. Times are RFC 3339 UTC. */
import type { LogEntry, Stroke } from '../types';

export interface Commodity {
  code: string;
  name_en: string;
  name_zh: string;
  unit_en: string;
  unit_zh: string;
  retired: boolean;
}

export interface Goods {
  commodity: string;
  quantity: number;
}

export interface Store {
  id: string;
  version: number;
  organisation: string;
  organisation_name: string;
  name: string;
  address: string | null;
  stock: Goods[];
  created_at: string;
}

export interface Distribution {
  id: string;
  version: number;
  organisation: string;
  organisation_name: string;
  state: 'open' | 'closed';
  title: string;
  note: string | null;
  store: string;
  store_name: string;
  groups: string[];
  least_people: number;
  goods: Goods[];
  /** On its list; received: those of them that signed. */
  households: number;
  received: number;
  author: string;
  created_at: string;
  ended_at: string | null;
}

export interface DistributionDetail extends Distribution {
  log: LogEntry[];
}

/** A household on a list. head: masked; receipt: once it signed. */
export interface Listed {
  household: string;
  address: string | null;
  head: string | null;
  people: number;
  organisation_name: string;
  receipt: string | null;
  signed_at: string | null;
  by_name: string | null;
}

/** What is to be handed out where a member works. */
export interface Mine extends Distribution {
  listed: Listed[];
}

export interface Signed {
  recipient: string | null;
  signature: Stroke[] | null;
}

/** opening + delivered - issued + moved + corrected = quantity. */
export interface ReportRow {
  store: string;
  store_name: string;
  organisation_name: string;
  commodity: string;
  opening: number;
  delivered: number;
  issued: number;
  moved: number;
  corrected: number;
  quantity: number;
}
