import { expect, it } from 'vitest';
import { radiusOf } from './sketch';
import { geometryOf, sketchOf, type Geofence } from './sketching';

const fence = (geometry: Geofence['geometry'], radius_m: number | null = null): Geofence => ({
  id: 'g', organisation: 'o', name: 'n', kind: radius_m === null ? 'polygon' : 'circle', geometry, radius_m, dwell_s: 0, active: true, alert: 'none', version: 3,
});
const RING = [[71, 51], [71.1, 51], [71.1, 51.1], [71, 51]];

it('what is edited and saved unchanged is what it was', () => {
  const polygon = fence({ type: 'Polygon', coordinates: [RING] });
  expect(geometryOf(sketchOf(polygon)!)).toEqual({ kind: 'polygon', geometry: polygon.geometry, radius_m: null });
  const circle = geometryOf(sketchOf(fence({ type: 'Point', coordinates: [71, 51] }, 250))!);
  expect(circle).toMatchObject({ kind: 'circle', geometry: { type: 'Point', coordinates: [71, 51] } });
  expect(circle.radius_m).toBeCloseTo(250, 2);
});

it('a single part of several is edited as the polygon that it is', () => {
  expect(sketchOf(fence({ type: 'MultiPolygon', coordinates: [[RING]] }))!.points).toHaveLength(3);
});

it('what has holes or several parts is left to the import, rather than losing them', () => {
  expect(sketchOf(fence({ type: 'Polygon', coordinates: [RING, RING] }))).toBeNull();
  expect(sketchOf(fence({ type: 'MultiPolygon', coordinates: [[RING], [RING]] }))).toBeNull();
});

it('a circle knows its radius', () => expect(radiusOf(sketchOf(fence({ type: 'Point', coordinates: [0, 60] }, 1000))!)).toBeCloseTo(1000, 1));
