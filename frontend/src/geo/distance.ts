/** Distances on the sphere. Pure. */

/** Mean radius of the earth, metres (IUGG). */
export const EARTH_M = 6_371_008.8;

export interface Place {
  latitude: number;
  longitude: number;
}

const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** Great-circle distance in metres, by the haversine formula; degrees. */
export function metresBetween(a: Place, b: Place): number {
  const north = Math.sin(radians(b.latitude - a.latitude) / 2);
  const east = Math.sin(radians(b.longitude - a.longitude) / 2);
  const half = north ** 2 + Math.cos(radians(a.latitude)) * Math.cos(radians(b.latitude)) * east ** 2;
  return 2 * EARTH_M * Math.asin(Math.min(1, Math.sqrt(half)));
}

/** Bearing of `b` seen from `a` along the great circle, degrees true, 0 to 360. */
export function bearingTo(a: Place, b: Place): number {
  const [south, north, east] = [radians(a.latitude), radians(b.latitude), radians(b.longitude - a.longitude)];
  const y = Math.sin(east) * Math.cos(north);
  const x = Math.cos(south) * Math.sin(north) - Math.sin(south) * Math.cos(north) * Math.cos(east);
  return ((Math.atan2(y, x) * 180) / Math.PI + 360) % 360;
}
