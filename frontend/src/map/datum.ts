/**
 * WGS 84 and GCJ-02, the shifted datum of Chinese maps. What the server says is WGS 84; what is drawn upon a map in
 * GCJ-02 is shifted, and what is clicked there is shifted back. tracker/geo/datum.py is the server's. Pure.
 */
import type { GeoJSON, Position } from 'geojson';

export type Datum = 'wgs84' | 'gcj02';

const SEMI_MAJOR_M = 6_378_245; // Krasovsky 1940
const ECCENTRICITY_SQUARED = 0.006693421622965943;
const [WEST, EAST, SOUTH, NORTH] = [72.004, 137.8347, 0.8293, 55.8271];
const ROUNDS = 8;
const { PI, sin, cos, sqrt, abs } = Math;

/** Longitude and latitude in GCJ-02; places outside China are unchanged. */
export function toGcj02(longitude: number, latitude: number): [number, number] {
  const [east, north] = offset(longitude, latitude);
  return [longitude + east, latitude + north];
}

/** The inverse, to about 1e-9 degrees. */
export function fromGcj02(longitude: number, latitude: number): [number, number] {
  let [x, y] = [longitude, latitude];
  for (let n = 0; n < ROUNDS; n++) {
    const [east, north] = offset(x, y);
    [x, y] = [longitude - east, latitude - north];
  }
  return [x, y];
}

/** A place as the map of that datum has it, and back. */
export const toMap = (datum: Datum, longitude: number, latitude: number): [number, number] =>
  datum === 'gcj02' ? toGcj02(longitude, latitude) : [longitude, latitude];
export const fromMap = (datum: Datum, longitude: number, latitude: number): [number, number] =>
  datum === 'gcj02' ? fromGcj02(longitude, latitude) : [longitude, latitude];

/** The same shapes as the map of that datum has them. */
export function shapesToMap<T extends GeoJSON>(datum: Datum, shapes: T): T {
  if (datum === 'wgs84') return shapes;
  const move = (part: unknown): unknown => {
    if (!Array.isArray(part)) return part;
    if (typeof part[0] !== 'number') return part.map(move);
    const [longitude, latitude, ...rest] = part as Position;
    return [...toGcj02(longitude!, latitude!), ...rest];
  };
  const walk = (one: unknown): unknown => {
    if (Array.isArray(one)) return one.map(walk);
    if (typeof one !== 'object' || one === null) return one;
    return Object.fromEntries(
      Object.entries(one).map(([name, value]) => [
        name,
        name === 'coordinates' ? move(value) : name === 'properties' ? value : walk(value),
      ]),
    );
  };
  return walk(shapes) as T;
}

/** Degrees east and north that GCJ-02 lies off WGS 84. */
function offset(longitude: number, latitude: number): [number, number] {
  if (longitude < WEST || longitude > EAST || latitude < SOUTH || latitude > NORTH) return [0, 0];
  const [x, y] = [longitude - 105, latitude - 35];
  const ripple = ((20 * sin(6 * PI * x) + 20 * sin(2 * PI * x)) * 2) / 3;
  const root = sqrt(abs(x));
  let north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + ripple;
  north += ((20 * sin(PI * y) + 40 * sin((PI / 3) * y)) * 2) / 3;
  north += ((160 * sin((PI / 12) * y) + 320 * sin((PI / 30) * y)) * 2) / 3;
  let east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + ripple;
  east += ((20 * sin(PI * x) + 40 * sin((PI / 3) * x)) * 2) / 3;
  east += ((150 * sin((PI / 12) * x) + 300 * sin((PI / 30) * x)) * 2) / 3;
  const radians = (latitude * PI) / 180;
  const magic = 1 - ECCENTRICITY_SQUARED * sin(radians) ** 2;
  const meridian = (((SEMI_MAJOR_M * (1 - ECCENTRICITY_SQUARED)) / (magic * sqrt(magic))) * PI) / 180;
  const parallel = ((SEMI_MAJOR_M / sqrt(magic)) * cos(radians) * PI) / 180;
  return [east / parallel, north / meridian];
}
