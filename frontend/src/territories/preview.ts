/** What would come of a redrawing, as shapes and figures. Pure. */
import type { FeatureCollection } from 'geojson';
import type { Organisation } from '../api/types';
import type { Drawn, Fault, Past } from './types';

/** What is told of things that change hands, in this order. */
const TOLD = ['buildings', 'people', 'members', 'incidents'] as const;

export interface Preview {
  /** As they would be drawn. */
  areas: readonly Drawn[];
  faults: readonly Fault[];
}

/** The sum of what changes hands, without what does not. */
export function movedOf(areas: readonly Drawn[]): { what: (typeof TOLD)[number]; count: number }[] {
  return TOLD.map((what) => ({ what, count: areas.reduce((sum, one) => sum + (one.moved[what] ?? 0), 0) })).filter((one) => one.count > 0);
}

/** Those that may be merged with one: of its level, below its parent, and with a territory. */
export const siblingsOf = (all: readonly Organisation[], one: Organisation): Organisation[] =>
  all.filter((other) => other.id !== one.id && other.parent === one.parent && other.level === one.level && other.territory !== null);

/** Those with none below them are drawn; the others follow theirs. */
export const mayDraw = (all: readonly Organisation[], one: Organisation, own: string): boolean => one.id !== own && !all.some((other) => other.parent === one.id);

export function shapesOf({ areas, faults }: Preview, past: readonly Past[]): FeatureCollection {
  return {
    type: 'FeatureCollection',
    features: [
      ...areas.map((one) => ({ type: 'Feature' as const, properties: { what: 'drawn' }, geometry: one.territory })),
      ...past.flatMap((one) => (one.territory ? [{ type: 'Feature' as const, properties: { what: 'past', name: one.name }, geometry: one.territory }] : [])),
      ...faults.map((one) => ({ type: 'Feature' as const, properties: { what: 'fault' }, geometry: one.place })),
    ],
  };
}
