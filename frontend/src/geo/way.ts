/** The way from one place to another as the server knows it, and what of it still lies ahead. Pure but for the asking. */
import type { LineString, Position } from 'geojson';
import { get } from '../api/request';
import { metresBetween, type Place } from './distance';

export interface Way {
  /** streets, or an engine of the operator's; line: straight, and why. */
  basis: 'osrm' | 'valhalla' | 'streets' | 'line';
  why: string | null;
  profile: string;
  metres: number;
  seconds: number;
  line: LineString;
}

export const askWay = (from: Place, to: Place, profile: string, signal?: AbortSignal): Promise<Way> =>
  get('/way', { from_latitude: from.latitude, from_longitude: from.longitude, to_latitude: to.latitude, to_longitude: to.longitude, profile }, signal);

export interface Ahead {
  /** From the place along the rest of the way. */
  line: Position[];
  metres: number;
  seconds: number;
  /** How far the place is off the way. */
  off: number;
}

/** What lies ahead of somebody on the way: from the point of it that is nearest, the seconds in proportion. */
export function aheadOf(way: Way, own: Place): Ahead {
  const points = way.line.coordinates;
  const here: Position = [own.longitude, own.latitude];
  let best = { off: Infinity, leg: 0, at: points[0]! };
  for (let leg = 0; leg + 1 < points.length; leg++) {
    const at = nearestOn(points[leg]!, points[leg + 1]!, own.latitude, here);
    const off = between(at, here);
    if (off <= best.off) best = { off, leg, at };
  }
  const line = [best.at, ...points.slice(best.leg + 1)];
  const metres = lengthOf(line);
  return { line: [here, ...line], metres: metres + best.off, seconds: way.seconds * (way.metres > 0 ? Math.min(1, metres / way.metres) : 0), off: best.off };
}

/** The point of a straight piece that is nearest to a place; degrees of longitude are shortened by the latitude. */
function nearestOn(a: Position, b: Position, latitude: number, here: Position): Position {
  const narrow = Math.cos((latitude * Math.PI) / 180);
  const [x, y] = [(b[0]! - a[0]!) * narrow, b[1]! - a[1]!];
  const along = ((here[0]! - a[0]!) * narrow * x + (here[1]! - a[1]!) * y) / (x * x + y * y || 1);
  const part = Math.min(1, Math.max(0, along));
  return [a[0]! + part * (b[0]! - a[0]!), a[1]! + part * (b[1]! - a[1]!)];
}

const lengthOf = (line: readonly Position[]): number => line.slice(1).reduce((sum, point, n) => sum + between(line[n]!, point), 0);

const between = (a: Position, b: Position): number => metresBetween({ longitude: a[0]!, latitude: a[1]! }, { longitude: b[0]!, latitude: b[1]! });
