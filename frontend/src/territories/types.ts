/** What the API tells of territories that are redrawn. */
import type { MultiPolygon, Point, Polygon } from 'geojson';

export interface Fault {
  kind: 'overlap' | 'gap' | 'outside' | 'invalid';
  organisation: string;
  other: string | null;
  square_metres: number;
  place: Point;
  detail: string;
}

/** An organisation as it would be, or was, drawn. moved: how many rows come to it or change hands, by table. */
export interface Drawn {
  id: string;
  name: string;
  code: string | null;
  territory: Polygon | MultiPolygon;
  moved: Readonly<Record<string, number>>;
}

export interface Redrawn {
  territory: Polygon | MultiPolygon;
  faults: readonly Fault[];
  neighbours: readonly Drawn[];
}

/** An organisation as it was. */
export interface Past {
  id: string;
  version: number;
  at: string;
  action: string;
  actor: string;
  note: string | null;
  level: string;
  name: string;
  territory: Polygon | MultiPolygon | null;
}
