/** What a cell looks like: one of a few classes, each with its words, colour and bounds. Pure. */
import type { FeatureCollection } from 'geojson';
import type { CoverCell } from './types';

export const MODES = ['dwell', 'age', 'flags'] as const;
export type Mode = (typeof MODES)[number];

const HOUR_S = 3600;
/** Upper bounds; what lies above the last is a class of its own, and cells without any are class 0. */
const BOUNDS: Record<'dwell' | 'age', readonly number[]> = {
  dwell: [60, 300, 1800, 2 * HOUR_S],
  age: [8 * HOUR_S, 24 * HOUR_S, 48 * HOUR_S, 168 * HOUR_S],
};

/** Names of the classes in words.ts, in the order of their numbers. */
export const CLASSES: Record<Mode, readonly string[]> = {
  dwell: ['never', 'dwell1', 'dwell5', 'dwell30', 'dwell120', 'dwellMore'],
  age: ['never', 'age8', 'age24', 'age48', 'age168', 'ageMore'],
  flags: ['never', 'fine', 'offPost', 'madeUp'],
};

/** From dark blue to yellow where more is more; from green to red where older is worse. Colour-blind safe (viridis, cividis-like). */
export const COLOURS: Record<Mode, readonly string[]> = {
  dwell: ['#868e96', '#414487', '#2a788e', '#22a884', '#7ad151', '#fde725'],
  age: ['#868e96', '#1a9850', '#91cf60', '#fee08b', '#fc8d59', '#d73027'],
  flags: ['#868e96', '#4393c3', '#f4a582', '#b2182b'],
};

/** now: milliseconds. */
export function classOf(cell: CoverCell, mode: Mode, now: number): number {
  if (cell.last_visit === null) return 0;
  if (mode === 'flags') return cell.mock > 0 ? 3 : cell.off_post_s > 0 ? 2 : 1;
  const value = mode === 'dwell' ? cell.dwell_s : (now - Date.parse(cell.last_visit)) / 1000;
  const bounds = BOUNDS[mode];
  const at = bounds.findIndex((bound) => value < bound);
  return 1 + (at === -1 ? bounds.length : at);
}

/** How many cells are of each class. */
export function tally(cells: readonly CoverCell[], mode: Mode, now: number): number[] {
  const found = CLASSES[mode].map(() => 0);
  for (const cell of cells) found[classOf(cell, mode, now)]! += 1;
  return found;
}

export const shapesOf = (cells: readonly CoverCell[], mode: Mode, now: number): FeatureCollection => ({
  type: 'FeatureCollection',
  features: cells.map((cell, number) => {
    const at = classOf(cell, mode, now);
    return { type: 'Feature', properties: { number, colour: COLOURS[mode][at]!, visited: at > 0 }, geometry: { type: 'Polygon', coordinates: [cell.boundary] } };
  }),
});

/** West, south, east, north of all cells; null of none. */
export function boundsOf(cells: readonly CoverCell[]): [number, number, number, number] | null {
  if (cells.length === 0) return null;
  const found: [number, number, number, number] = [180, 90, -180, -90];
  for (const { boundary } of cells) {
    for (const [longitude, latitude] of boundary) {
      found[0] = Math.min(found[0], longitude);
      found[1] = Math.min(found[1], latitude);
      found[2] = Math.max(found[2], longitude);
      found[3] = Math.max(found[3], latitude);
    }
  }
  return found;
}
