/** Cameras of the registry near a place, and how the live picture of each can be shown. Pure but for the asking. */
import { all } from '../api/request';
import { metresBetween, type Place } from '../geo/distance';

export interface Camera extends Place {
  id: string;
  name: string;
  address: string;
  /** URL of its live picture, or a path of this server; null: none. */
  stream: string | null;
}

export interface Near extends Camera {
  metres: number;
}

/** still: a picture to be fetched again and again; moving: MJPEG, one answer that does not end; link: opened by itself. */
export type Showing = 'still' | 'moving' | 'link' | 'none';

export const REACHES_M = [150, 300, 600, 1200] as const;

const MOST = 400;
const METRES_A_DEGREE = 111_195;

/** Within so many metres, the nearest first. */
export async function camerasNear(place: Place, metres: number): Promise<Near[]> {
  const bbox = boxAround(place, metres).map((one) => one.toFixed(6)).join(',');
  return nearest(place, metres, await all<Camera>('/registry/places', { kind: 'camera', bbox, limit: 200 }, MOST));
}

/** Pure: those within so many metres, the nearest first. */
export function nearest(place: Place, metres: number, cameras: readonly Camera[]): Near[] {
  const measured = cameras.map((one) => ({ ...one, metres: metresBetween(place, one) }));
  return measured.filter((one) => one.metres <= metres).sort((a, b) => a.metres - b.metres);
}

/** west, south, east, north, so far around a place. */
export function boxAround({ latitude, longitude }: Place, metres: number): [number, number, number, number] {
  const north = metres / METRES_A_DEGREE;
  const east = north / Math.max(0.01, Math.cos((latitude * Math.PI) / 180));
  return [Math.max(-180, longitude - east), Math.max(-90, latitude - north), Math.min(180, longitude + east), Math.min(90, latitude + north)];
}

const STILL = /\.(jpe?g|png|webp|gif|svg)$/i;
const MOVING = /mjpe?g|\.mjpe?g$|video\.cgi|faststream/i;

/** How a stream is shown. allowed: origins that this page may load pictures from, beside its own. */
export function showingOf(stream: string | null, allowed: readonly string[], own: string): Showing {
  if (stream === null || !URL.canParse(stream, own)) return 'none';
  const url = new URL(stream, own);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'none';
  if (url.origin !== own && !allowed.includes(url.origin)) return 'link';
  if (MOVING.test(url.pathname + url.search)) return 'moving';
  return STILL.test(url.pathname) ? 'still' : 'link';
}

/** The address of a still at an instant, so that no copy of an older one is shown. */
export function stillAt(stream: string, own: string, ms: number): string {
  const url = new URL(stream, own);
  url.searchParams.set('t', String(ms));
  return url.href;
}
