/** Incidents and alerts at a past instant, out of their steps. Pure. */
import type { FeatureCollection } from 'geojson';
import type { PastAlert, PastIncident, Step } from './api';

const ENDED: ReadonlySet<string> = new Set(['closed', 'rejected', 'merged', 'cleared']);

/** How it stood at `at` (ms); null: not there yet, or over. */
export function stepAt<S extends Step>(steps: readonly S[], at: number): S | null {
  let found: S | null = null;
  for (const step of steps) {
    if (Date.parse(step.at) > at) break;
    found = step;
  }
  return found && !ENDED.has(found.state) ? found : null;
}

/** Incidents and alerts that were open at `at`, as points for the map. */
export function openAt(incidents: readonly PastIncident[], alerts: readonly PastAlert[], at: number): FeatureCollection {
  const points: FeatureCollection['features'] = [];
  const add = (longitude: number, latitude: number, properties: Record<string, unknown>) =>
    points.push({ type: 'Feature', properties, geometry: { type: 'Point', coordinates: [longitude, latitude] } });
  for (const one of incidents) {
    const step = stepAt(one.steps, at);
    if (step) add(one.longitude, one.latitude, { id: one.id, what: 'incident', priority: step.priority, state: step.state });
  }
  for (const one of alerts) {
    const step = stepAt(one.steps, at);
    if (step && one.longitude !== null && one.latitude !== null) add(one.longitude, one.latitude, { id: one.id, what: 'alert', priority: 0, state: step.state });
  }
  return { type: 'FeatureCollection', features: points };
}

/** How many incidents were reported in each of `bins` equal parts of from..to (ms). */
export function histogram(incidents: readonly PastIncident[], from: number, to: number, bins: number): number[] {
  const counts = Array.from({ length: bins }, () => 0);
  for (const one of incidents) {
    const n = Math.floor(((Date.parse(one.reported_at) - from) / (to - from)) * bins);
    if (n >= 0 && n < bins) counts[n]! += 1;
  }
  return counts;
}

export interface Chunk {
  from: number;
  to: number;
  /** Seconds between two samples. */
  step: number;
}

/** Samples that one answer shall have at most, well below what the server gives. */
const MOST_SAMPLES = 80_000;
/** Of playing that one chunk lasts, s; samples of a second of playing. */
const LASTS_S = 20;
const A_SECOND = 8;

/** What to ask for to play on from `from` (ms) at that pace, with so many members. */
export function chunkFrom(from: number, pace: number, members: number): Chunk {
  const seconds = LASTS_S * pace;
  const step = Math.max(1, pace / A_SECOND, (seconds * Math.max(1, members)) / MOST_SAMPLES);
  return { from, to: from + seconds * 1000, step: Math.min(3600, Math.ceil(step)) };
}

/** Local midnight before `at` and the next one, ms. */
export function dayOf(at: number): [number, number] {
  const first = new Date(at);
  first.setHours(0, 0, 0, 0);
  const next = new Date(first);
  next.setDate(next.getDate() + 1);
  return [first.getTime(), next.getTime()];
}
