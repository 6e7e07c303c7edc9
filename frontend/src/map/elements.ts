/** What of the registry is drawn on the map: components, key places, cameras; how each is told from the others. Pure. */
import type { FeatureCollection, Point } from 'geojson';

export const ELEMENT_LAYERS = ['components', 'places', 'cameras'] as const;
export type ElementLayer = (typeof ELEMENT_LAYERS)[number];

/** A record as far as it is drawn; `what` is a component's state or a place's kind. */
export interface Mark {
  layer: ElementLayer;
  id: string;
  name: string;
  address: string;
  /** A component's code. */
  code: string | null;
  what: string;
  risk: string | null;
  stream: string | null;
  latitude: number;
  longitude: number;
}

/** A record of the API, of things or of places. */
export type ElementRecord = Pick<Mark, 'id' | 'name' | 'address' | 'latitude' | 'longitude'> & { code?: string; state?: string; kind?: string; risk?: string | null; stream?: string | null };

export const KEY_PLACES = ['fire_safety', 'school', 'hospital', 'service_window', 'site'] as const;

/** Colours that stand on both themes; the shape tells the layer, the colour what it is. */
export const COLOURS: Record<ElementLayer, Readonly<Record<string, string>>> = {
  components: { in_order: '#22a06b', damaged: '#e5484d', missing: '#b45dd6', removed: '#8b95a1' },
  places: { fire_safety: '#ef6a2e', school: '#3b82f6', hospital: '#e0479e', service_window: '#14a3a8', site: '#a3852b' },
  cameras: { camera: '#f2b705' },
};
export const SHAPES: Record<ElementLayer, 'square' | 'diamond' | 'camera'> = { components: 'square', places: 'diamond', cameras: 'camera' };

/** Where a record is shown whole. */
const SECTIONS: Record<string, string> = { fire_safety: 'fire', camera: 'cameras', service_window: 'windows' };
export const sectionOf = (mark: Mark): string => (mark.layer === 'components' ? 'components' : (SECTIONS[mark.what] ?? 'sites'));

export function markOf(layer: ElementLayer, one: ElementRecord): Mark {
  const { id, name, address, latitude, longitude } = one;
  return { layer, id, name, address, latitude, longitude, code: one.code ?? null, what: one.state ?? one.kind ?? '', risk: one.risk ?? null, stream: one.stream ?? null };
}

/** The components of a class, by what the catalogue says of their codes; null: of every class. */
export const ofClass = (marks: readonly Mark[], wanted: string | null, classes: ReadonlyMap<string, string>): readonly Mark[] =>
  wanted === null ? marks : marks.filter((one) => one.code !== null && classes.get(one.code) === wanted);

export function shapesOf(marks: readonly Mark[]): FeatureCollection<Point> {
  return {
    type: 'FeatureCollection',
    features: marks.map((one) => ({
      type: 'Feature', properties: { id: one.id, name: one.name, icon: `${one.layer}-${one.what}` },
      geometry: { type: 'Point', coordinates: [one.longitude, one.latitude] },
    })),
  };
}
