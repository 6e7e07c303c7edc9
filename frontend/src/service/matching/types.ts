/** Offers and needs as the API gives them. Times are RFC 3339 UTC, days are dates, places degrees WGS 84. */
import type { LogEntry } from '../types';

export const STATES = ['expired', 'matched', 'closed'] as const;
export const CATEGORIES = ['work', 'housing', 'care', 'goods', 'transport', 'skills'] as const;

export interface Listing {
  id: string;
  version: number;
  organisation: string;
  organisation_name: string;
  state: 'open' | (typeof STATES)[number];
  side: 'offer' | 'need';
  category: (typeof CATEGORIES)[number];
  title: string;
  body: string;
  latitude: number | null;
  longitude: number | null;
  /** Its last day. */
  ends_on: string;
  /** Masked, as telephone. */
  name: string | null;
  telephone: string | null;
  partner: string | null;
  author: string;
  created_at: string;
  ended_at: string | null;
}

/** One that may suit, and why: words that both say, metres between them. */
export interface Proposed {
  listing: Listing;
  words: string[];
  metres: number | null;
  score: number;
}

export interface ListingDetail extends Listing {
  proposals: Proposed[];
  log: LogEntry[];
}
