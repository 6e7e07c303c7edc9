/** A building as storeys that can be seen one by one, and its houses by storey. Pure. */
import type { FeatureCollection } from 'geojson';
import { heightOf } from './shades';
import type { Building, House } from './types';

export interface Storey {
  floor: number;
  houses: House[];
}

/** From the roof down; storeys without a house are there too, those above ground. */
export function storeysOf(houses: readonly House[], floors: number): Storey[] {
  const numbers = new Set([...Array.from({ length: floors }, (_, n) => n + 1), ...houses.map((one) => one.floor)]);
  return [...numbers].sort((a, b) => b - a).map((floor) => ({ floor, houses: houses.filter((one) => one.floor === floor) }));
}

/** The share of a storey's height that is a gap to the next, so that storeys can be told apart. */
const GAP = 0.14;

/** Slabs of the storeys above ground; `chosen` is marked. */
export function slabsOf(building: Building, chosen: number | null): FeatureCollection {
  const step = heightOf(building) / building.floors;
  return {
    type: 'FeatureCollection',
    features: building.footprint === null ? [] : Array.from({ length: building.floors }, (_, n) => ({
      type: 'Feature' as const,
      geometry: building.footprint!,
      properties: { base: n * step, top: (n + 1 - GAP) * step, chosen: chosen === n + 1 },
    })),
  };
}

/** Whole years at `now`. */
export function ageOf(birth: string | null, now: Date): number | null {
  if (birth === null) return null;
  const [year, month, day] = birth.split('-').map(Number) as [number, number, number];
  const had = now.getMonth() + 1 > month || (now.getMonth() + 1 === month && now.getDate() >= day);
  return now.getFullYear() - year - (had ? 0 : 1);
}
