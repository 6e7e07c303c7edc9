/** The API's answers, as far as the page reads them. Units are SI, times RFC 3339 UTC. */
import type { MultiPolygon, Point, Polygon } from 'geojson';

export interface Me {
  user: string;
  role: string;
  organisation: { id: string; key: number };
  links: { live: string | null; live_port: number | null; basemap: string; satellite: string | null; gcj02: readonly string[]; cameras: readonly string[] };
}

/** What was done to a thing, as its record keeps it. before, after: the fields that differ. */
export interface Recorded {
  version: number;
  at: string;
  action: string;
  actor: string;
  note: string | null;
  before: Record<string, unknown>;
  after: Record<string, unknown>;
}

/** A file that was put to a thing. */
export interface Attachment {
  id: string;
  name: string;
  media_type: string;
  bytes: number;
  by_name: string;
  added_at: string;
}

export interface Organisation {
  key: number;
  /** Counts its changes; what redraws it says which was seen. */
  version: number;
  id: string;
  parent: string | null;
  level: 'city' | 'district' | 'street' | 'community' | 'grid' | 'department';
  name: string;
  code: string | null;
  territory: Polygon | MultiPolygon | null;
  label: Point | null;
}

/** A track as columns, in the order of fix time. */
export interface Track {
  count: number;
  stored: number;
  time: string[];
  latitude: number[];
  longitude: number[];
  speed: (number | null)[];
}

export interface Leg {
  kind: 'trip' | 'stop';
  start: string;
  end: string;
  /** Metres along the track, 0 for a stop. */
  distance: number;
}
