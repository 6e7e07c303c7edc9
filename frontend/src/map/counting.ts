/** Members counted by organisation or by H3 cell, as points with a number. Pure. */
import type { Feature, FeatureCollection, Point } from 'geojson';
import { cellToLatLng, latLngToCell } from 'h3-js';
import type { Organisation } from '../api/types';
import type { Row } from '../live/frame';
import type { LiveState } from '../live/members';
import { memberCounts } from '../panels/tree';

type Shown = Pick<LiveState, 'info' | 'rows'>;

/** The level whose counts are read well at a zoom. */
export const levelAt = (zoom: number): Organisation['level'] => (zoom < 10.8 ? 'district' : 'street');
/** H3 cells of about the size of a thumb. */
export const resolutionAt = (zoom: number): number => (zoom < 9 ? 5 : zoom < 10.5 ? 6 : zoom < 11.5 ? 7 : 8);

export function byOrganisation(organisations: readonly Organisation[], shown: Shown, level: Organisation['level']): FeatureCollection<Point> {
  const keys = [...shown.rows.keys()].flatMap((key) => shown.info.get(key)?.organisation ?? []);
  const counts = memberCounts(organisations, keys);
  const features = organisations.flatMap((one) => {
    const count = counts.get(one.id);
    return one.level === level && one.label && count ? [feature(one.label, count, one.name)] : [];
  });
  return { type: 'FeatureCollection', features };
}

export function byCell(rows: Iterable<Row>, resolution: number): FeatureCollection<Point> {
  const counts = new Map<string, number>();
  for (const row of rows) {
    const cell = latLngToCell(row.latitude, row.longitude, resolution);
    counts.set(cell, (counts.get(cell) ?? 0) + 1);
  }
  const features = [...counts].map(([cell, count]) => {
    const [latitude, longitude] = cellToLatLng(cell);
    return feature({ type: 'Point', coordinates: [longitude, latitude] }, count, '');
  });
  return { type: 'FeatureCollection', features };
}

const feature = (geometry: Point, count: number, name: string): Feature<Point> => ({ type: 'Feature', geometry, properties: { count, name } });
