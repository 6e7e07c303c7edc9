/** Which map tiles lie around a place. Pure. */
import { EARTH_M, type Place } from '../../geo/distance';

export type Tile = readonly [z: number, x: number, y: number];

/** Web Mercator's edge of the world, degrees. */
const MOST_NORTH = 85.05;
const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** Every tile of these zooms that a square of 2 x `metres` around the place touches, the coarsest first. */
export function tilesAround({ latitude, longitude }: Place, metres: number, zooms: readonly number[]): Tile[] {
  const north = (metres / EARTH_M) * (180 / Math.PI);
  const east = north / Math.cos(radians(latitude));
  return zooms.flatMap((z) => {
    const [left, top] = tileOf(longitude - east, latitude + north, z);
    const [right, bottom] = tileOf(longitude + east, latitude - north, z);
    const found: Tile[] = [];
    for (let x = left; x <= right; x += 1) for (let y = top; y <= bottom; y += 1) found.push([z, x, y]);
    return found;
  });
}

function tileOf(longitude: number, latitude: number, z: number): [x: number, y: number] {
  const width = 2 ** z;
  const north = radians(Math.max(-MOST_NORTH, Math.min(MOST_NORTH, latitude)));
  const within = (part: number): number => Math.max(0, Math.min(width - 1, Math.floor(part * width)));
  return [within((longitude + 180) / 360), within((1 - Math.asinh(Math.tan(north)) / Math.PI) / 2)];
}
