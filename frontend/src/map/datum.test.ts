import { describe, expect, it } from 'vitest';
import { fromGcj02, fromMap, shapesToMap, toGcj02, toMap } from './datum';

/** WGS 84 and GCJ-02 of places in Beijing, Shanghai, Fuzhou, Shenzhen and Urumqi, by the server's tracker/geo/datum.py. */
const KNOWN: [[number, number], [number, number]][] = [
  [[116.39089, 39.90734], [116.39713094237537, 39.90874106939114]],
  [[121.47, 31.23], [121.47453490044272, 31.22806748194233]],
  [[119.3, 26.08], [119.30480580363201, 26.076899832617137]],
  [[114.06, 22.54], [114.06511615519426, 22.537286218915426]],
  [[87.6, 43.8], [87.60283897227161, 43.80121203029208]],
];

describe.each(KNOWN)('%j', (wgs84, gcj02) => {
  it('is where the server says', () => toGcj02(...wgs84).forEach((part, n) => expect(part).toBeCloseTo(gcj02[n]!, 10)));
  it('and comes back', () => fromGcj02(...gcj02).forEach((part, n) => expect(part).toBeCloseTo(wgs84[n]!, 9)));
});

it('places outside China are left alone', () => {
  expect(toGcj02(71.43, 51.13)).toEqual([71.43, 51.13]);
  expect(fromGcj02(2.35, 48.85)).toEqual([2.35, 48.85]);
});

it('a map in WGS 84 has everything where it is', () => {
  expect(toMap('wgs84', 119.3, 26.08)).toEqual([119.3, 26.08]);
  expect(fromMap('wgs84', 119.3, 26.08)).toEqual([119.3, 26.08]);
  expect(toMap('gcj02', 119.3, 26.08)).not.toEqual([119.3, 26.08]);
});

it('shapes are shifted corner by corner, and nothing else of them', () => {
  const shapes = {
    type: 'FeatureCollection' as const,
    features: [
      { type: 'Feature' as const, id: 3, properties: { coordinates: [1, 2], name: 'x' }, geometry: { type: 'Polygon' as const, coordinates: [[[119.3, 26.08], [119.31, 26.08], [119.3, 26.08]]] } },
      { type: 'Feature' as const, properties: null, geometry: { type: 'Point' as const, coordinates: [119.3, 26.08, 5] } },
    ],
  };
  const moved = shapesToMap('gcj02', shapes);
  expect(moved.features[0]).toMatchObject({ id: 3, properties: { coordinates: [1, 2], name: 'x' } });
  const [x, y] = toGcj02(119.3, 26.08);
  expect((moved.features[0]!.geometry as { coordinates: number[][][] }).coordinates[0]![0]).toEqual([x, y]);
  expect((moved.features[1]!.geometry as { coordinates: number[] }).coordinates).toEqual([x, y, 5]);
  expect(shapesToMap('wgs84', shapes)).toBe(shapes);
});
