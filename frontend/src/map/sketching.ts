/** The sketch under way: what the pointer draws, and the geofence that becomes of it. */
import { create } from 'zustand';
import { all, post, remove, request } from '../api/request';
import { begun, eastOf, radiusOf, type Shape, type Sketch, type Spot } from './sketch';

export type FenceAlert = 'none' | 'enter' | 'exit' | 'both';

export interface Geofence {
  id: string;
  organisation: string;
  name: string;
  kind: 'polygon' | 'circle';
  geometry: GeoJSON.Polygon | GeoJSON.MultiPolygon | GeoJSON.Point;
  radius_m: number | null;
  dwell_s: number;
  active: boolean;
  alert: FenceAlert;
  version: number;
}

/** What a form says of a geofence; id and version: of the one that is changed, null: a new one. */
export interface FenceForm {
  id: string | null;
  version: number | null;
  organisation: string;
  name: string;
  dwell_s: number;
  alert: FenceAlert;
  active: boolean;
}

interface SketchState {
  sketch: Sketch | null;
  form: FenceForm | null;
  fences: readonly Geofence[];
  /** Measure, or draw a new geofence of that organisation. */
  begin(shape: Shape, organisation?: string): void;
  edit(fence: Geofence): void;
  set(sketch: Sketch): void;
  fill(change: Partial<FenceForm>): void;
  cancel(): void;
  load(): Promise<void>;
  save(): Promise<void>;
  erase(): Promise<void>;
}

export const useSketch = create<SketchState>()((set, get) => ({
  sketch: null,
  form: null,
  fences: [],
  begin(shape, organisation) {
    const form = organisation === undefined ? null : { id: null, version: null, organisation, name: '', dwell_s: 0, alert: 'none' as const, active: true };
    set({ sketch: begun(shape), form });
  },
  edit(fence) {
    const { id, version, organisation, name, dwell_s, alert, active } = fence;
    set({ sketch: sketchOf(fence), form: { id, version, organisation, name, dwell_s, alert, active } });
  },
  set(sketch) {
    set({ sketch });
  },
  fill(change) {
    const { form } = get();
    if (form) set({ form: { ...form, ...change } });
  },
  cancel() {
    set({ sketch: null, form: null });
  },
  async load() {
    set({ fences: await all<Geofence>('/geofences') });
  },
  async save() {
    const { form, sketch } = get();
    if (!form || !sketch?.done) return;
    const { id, version, ...said } = form;
    const body = { ...said, ...geometryOf(sketch) };
    if (id === null) await post('/geofences', body);
    else await request('PUT', `/geofences/${encodeURIComponent(id)}`, { body: { ...body, version } });
    get().cancel();
    await get().load();
  },
  async erase() {
    const { form } = get();
    if (form?.id == null) return;
    await remove(`/geofences/${encodeURIComponent(form.id)}`, { version: form.version });
    get().cancel();
    await get().load();
  },
}));

/** Pure: what the API takes. */
export function geometryOf(sketch: Sketch): Pick<Geofence, 'kind' | 'geometry' | 'radius_m'> {
  if (sketch.shape === 'circle') return { kind: 'circle', geometry: { type: 'Point', coordinates: sketch.points[0]! }, radius_m: radiusOf(sketch) };
  return { kind: 'polygon', geometry: areaUnder(sketch), radius_m: null };
}

/** Pure: to be edited; null where it cannot be. */
export function sketchOf(fence: Geofence): Sketch | null {
  if (fence.geometry.type !== 'Point') return outlineOf(fence.geometry);
  const centre = fence.geometry.coordinates as Spot;
  return { shape: 'circle', points: [centre, eastOf(centre, fence.radius_m ?? 0)], done: true, closed: true };
}

/** Pure: the outline of an area's first part; null: it is of several parts, or has holes. */
export function outlineOf(area: GeoJSON.Polygon | GeoJSON.MultiPolygon): Sketch | null {
  const parts = area.type === 'Polygon' ? [area.coordinates] : area.coordinates;
  const ring = parts[0]?.[0];
  if (parts.length !== 1 || parts[0]!.length !== 1 || !ring) return null;
  return { shape: 'polygon', points: ring.slice(0, -1).map(([longitude, latitude]): Spot => [longitude!, latitude!]), done: true, closed: true };
}

/** Pure: the area of an outline. */
export const areaUnder = (sketch: Sketch): GeoJSON.Polygon => ({ type: 'Polygon', coordinates: [[...sketch.points, sketch.points[0]!]] });
