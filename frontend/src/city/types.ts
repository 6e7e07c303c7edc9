/** What the registry tells of buildings and who is in them. */
import type { MultiPolygon, Polygon } from 'geojson';

export interface Building {
  id: string;
  name: string;
  address: string;
  use: string;
  latitude: number;
  longitude: number;
  footprint: Polygon | MultiPolygon | null;
  height_m: number | null;
  floors: number;
  homes: number;
  vacant: number;
  rented: number;
  residents: number;
  from_away: number;
  /** Residents by the code of a special group. */
  groups: Readonly<Record<string, number>>;
}

export interface Resident {
  id: string;
  name: string;
  relation: string | null;
  gender: string | null;
  birth_date: string | null;
  residence: string;
  groups: readonly string[];
}

export interface House {
  id: string;
  entrance: number;
  /** -1 is the first below ground; there is no 0. */
  floor: number;
  number: string;
  use: string;
  occupancy: 'owner' | 'rented' | 'vacant' | 'unknown';
  area_m2: number | null;
  households: readonly { id: string; kind: string; tenure: string; people: readonly Resident[] }[];
}

/** Masked or in full. */
export interface Numbers {
  identity: string | null;
  telephone: string | null;
}

export interface Person extends Numbers {
  id: string;
  name: string;
  gender: string | null;
  birth_date: string | null;
  occupation: string | null;
  residence: string;
  groups: readonly string[];
  building: string | null;
  house: string | null;
  address: string | null;
  number: string | null;
}
