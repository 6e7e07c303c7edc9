/** Organisations as shapes for the map: areas, label points, colours, bounds. Pure. */
import type { FeatureCollection } from 'geojson';
import type { Organisation } from '../api/types';
import type { Theme } from './style';

export const COLOUR: Record<Theme, string> = { dark: '#38bdf8', light: '#0369a1' };
/** A colour a district, taken in turn. */
const TONES: Record<Theme, readonly string[]> = {
  dark: ['#38bdf8', '#a78bfa', '#34d399', '#fb923c', '#f472b6', '#facc15'],
  light: ['#0369a1', '#6d28d9', '#047857', '#b45309', '#be185d', '#4d7c0f'],
};

/** Areas and label points of the organisations; each label once, wherever the tiles are cut. */
export function features(all: readonly Organisation[], kind: 'territory' | 'label', tones: ReadonlyMap<string, string>): FeatureCollection {
  return {
    type: 'FeatureCollection',
    features: all.flatMap((one) => {
      const geometry = one[kind];
      const properties = { id: one.id, level: one.level, name: one.level === 'grid' ? shortName(one) : one.name, tone: tones.get(one.id) ?? '' };
      return geometry ? [{ type: 'Feature' as const, geometry, properties }] : [];
    }),
  };
}

/** Each organisation's colour: its district's. Parents come before their children. */
export function tonesOf(all: readonly Organisation[], theme: Theme): Map<string, string> {
  const tones = new Map<string, string>();
  let districts = 0;
  for (const one of all) {
    if (one.level === 'district') tones.set(one.id, TONES[theme][districts++ % TONES[theme].length]!);
    else tones.set(one.id, tones.get(one.parent ?? '') ?? COLOUR[theme]);
  }
  return tones;
}

const shortName = (one: Organisation): string => one.name.split(' ').slice(-2).join(' ');

/** west, south, east, north of what has a territory; null when nothing has. */
export function boundsOf(all: readonly Organisation[]): [number, number, number, number] | null {
  const bounds: [number, number, number, number] = [180, 90, -180, -90];
  const grow = (part: unknown): void => {
    if (!Array.isArray(part)) return;
    const [longitude, latitude] = part as unknown[];
    if (typeof longitude === 'number' && typeof latitude === 'number') {
      bounds[0] = Math.min(bounds[0], longitude);
      bounds[1] = Math.min(bounds[1], latitude);
      bounds[2] = Math.max(bounds[2], longitude);
      bounds[3] = Math.max(bounds[3], latitude);
    } else part.forEach(grow);
  };
  for (const one of all) grow(one.territory?.coordinates);
  return bounds[0] <= bounds[2] ? bounds : null;
}
