/** A line, polygon or circle under a pointer, and its length and area on the sphere. Pure. */
import type { FeatureCollection, Position } from 'geojson';
import { EARTH_M, metresBetween } from '../geo/distance';

export type Spot = [longitude: number, latitude: number];
export type Shape = 'measure' | 'polygon' | 'circle';

/** points: corners; of a circle its centre and a spot on its rim. closed: a measured line that ends where it began. */
export interface Sketch {
  shape: Shape;
  points: readonly Spot[];
  done: boolean;
  closed: boolean;
}

const CIRCLE_CORNERS = 72;
const radians = (degrees: number): number => (degrees * Math.PI) / 180;

export const begun = (shape: Shape): Sketch => ({ shape, points: [], done: false, closed: false });

/** After a click: a corner more; a circle's second one ends it. */
export function clicked(sketch: Sketch, spot: Spot): Sketch {
  if (sketch.done) return sketch;
  const points = [...sketch.points, spot];
  return { ...sketch, points, done: sketch.shape === 'circle' && points.length === 2 };
}

/** The double-click's own two clicks are one corner: same: spots so near that they are one, metres. */
export function ended(sketch: Sketch, same: number): Sketch {
  const points = sketch.points.filter((spot, n) => n === 0 || apart(spot, sketch.points[n - 1]!) > same);
  const first = points[0];
  const last = points[points.length - 1];
  const returns = sketch.shape === 'measure' && points.length > 3 && apart(first!, last!) <= same * 4;
  const enough = points.length >= (sketch.shape === 'polygon' ? 3 : 2);
  return { ...sketch, points: returns ? points.slice(0, -1) : points, done: enough, closed: returns };
}

/** With corner n somewhere else. A circle's rim comes along with its centre. */
export function dragged(sketch: Sketch, n: number, spot: Spot): Sketch {
  const old = sketch.points[n];
  if (!old) return sketch;
  const points = sketch.points.map((one, at): Spot => {
    if (at === n) return spot;
    return sketch.shape === 'circle' && n === 0 ? [one[0] + spot[0] - old[0], one[1] + spot[1] - old[1]] : one;
  });
  return { ...sketch, points };
}

/** With a corner more behind corner n of a polygon, where a border is pulled. */
export const inserted = (sketch: Sketch, n: number, spot: Spot): Sketch => ({ ...sketch, points: [...sketch.points.slice(0, n + 1), spot, ...sketch.points.slice(n + 1)] });

const LEAST_CORNERS = 3;

/** Without corner n; a polygon keeps three. */
export const removed = (sketch: Sketch, n: number): Sketch => (sketch.points.length > LEAST_CORNERS ? { ...sketch, points: sketch.points.filter((_, at) => at !== n) } : sketch);

/** Without its last corner; it can be gone on with. */
export const undone = (sketch: Sketch): Sketch => ({ ...sketch, points: sketch.points.slice(0, -1), done: false, closed: false });

/** Metres along a great circle. */
export const apart = (a: Spot, b: Spot): number => metresBetween(placeOf(a), placeOf(b));

const placeOf = ([longitude, latitude]: Spot) => ({ longitude, latitude });

/** Metres along the points; closed: and back to the first. */
export function lengthOf(points: readonly Spot[], closed: boolean): number {
  const way = closed && points.length > 2 ? [...points, points[0]!] : points;
  return way.reduce((sum, spot, n) => (n === 0 ? 0 : sum + apart(way[n - 1]!, spot)), 0);
}

/** Square metres inside the points. */
export function areaOf(points: readonly Spot[]): number {
  if (points.length < 3) return 0;
  const sum = points.reduce((total, [longitude, latitude], n) => {
    const [east, north] = points[(n + 1) % points.length]!;
    return total + radians(east - longitude) * (2 + Math.sin(radians(latitude)) + Math.sin(radians(north)));
  }, 0);
  return Math.abs((sum * EARTH_M * EARTH_M) / 2);
}

/** Radius of a circle, metres; 0 until it has a rim. */
export const radiusOf = (sketch: Sketch): number => (sketch.points.length === 2 ? apart(sketch.points[0]!, sketch.points[1]!) : 0);

/** The spot that lies so many metres east. */
export const eastOf = ([longitude, latitude]: Spot, metres: number): Spot => [longitude + (metres / (EARTH_M * Math.cos(radians(latitude)))) * (180 / Math.PI), latitude];

/** Corners of a circle, closed. */
export function ringOf(centre: Spot, metres: number): Position[] {
  const north = (metres / EARTH_M) * (180 / Math.PI);
  const east = north / Math.cos(radians(centre[1]));
  return Array.from({ length: CIRCLE_CORNERS + 1 }, (_, n) => {
    const turn = (2 * Math.PI * (n % CIRCLE_CORNERS)) / CIRCLE_CORNERS;
    return [centre[0] + east * Math.cos(turn), centre[1] + north * Math.sin(turn)];
  });
}

/** As shapes for the map; hover: where the pointer is, drawn as the corner to come. */
export function shapesOf(sketch: Sketch, hover: Spot | null): FeatureCollection {
  const points = hover && !sketch.done && sketch.points.length ? [...sketch.points, hover] : sketch.points;
  const corners = sketch.points.map((spot, n) => ({ type: 'Feature' as const, properties: { n }, geometry: { type: 'Point' as const, coordinates: spot } }));
  const outline = outlineOf(sketch, points);
  const parts: FeatureCollection['features'] = [];
  if (outline.length > 3 && (sketch.shape !== 'measure' || sketch.closed)) parts.push({ type: 'Feature', properties: {}, geometry: { type: 'Polygon', coordinates: [outline] } });
  if (outline.length > 1) parts.push({ type: 'Feature', properties: {}, geometry: { type: 'LineString', coordinates: outline } });
  return { type: 'FeatureCollection', features: [...parts, ...handlesOf(sketch), ...corners] };
}

/** Half-way between the corners of a polygon that is done: what is pulled there becomes a corner. */
function handlesOf({ shape, points, done }: Sketch): FeatureCollection['features'] {
  if (shape !== 'polygon' || !done) return [];
  return points.map((spot, n) => {
    const next = points[(n + 1) % points.length]!;
    return { type: 'Feature', properties: { after: n }, geometry: { type: 'Point', coordinates: [(spot[0] + next[0]) / 2, (spot[1] + next[1]) / 2] } };
  });
}

function outlineOf(sketch: Sketch, points: readonly Spot[]): Position[] {
  if (sketch.shape === 'circle') return points.length < 2 ? [] : ringOf(points[0]!, apart(points[0]!, points[1]!));
  const closes = points.length > 2 && (sketch.shape === 'polygon' || sketch.closed);
  return closes ? [...points, points[0]!] : [...points];
}
