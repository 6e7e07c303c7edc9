/** Incidents and alerts at a past instant, out of their steps. Pure. */
import type { Desk } from '../desk/state';
import type { Alert, Assignment, Incident } from '../desk/types';
import type { IncidentStep, PastAlert, PastAssignment, PastIncident, Step } from './api';

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

/** The desk as it was at `at`: what was open and who was on it, as far as the logs tell it. Clocks are not among that. */
export function deskAt(incidents: readonly PastIncident[], alerts: readonly PastAlert[], at: number): Desk {
  const found = { incidents: new Map<string, Incident>(), alerts: new Map<string, Alert>() };
  for (const one of incidents) {
    const step = stepAt(one.steps, at);
    if (step) found.incidents.set(one.id, incidentOf(one, step, at));
  }
  for (const one of alerts) {
    const step = stepAt(one.steps, at);
    if (step) found.alerts.set(one.id, alertOf(one, step));
  }
  return { ...found, key: 0 };
}

/** Whether both show the same, so that nothing has to be drawn anew. */
export function isSame(a: Desk, b: Desk): boolean {
  const states = (desk: Desk) => [...desk.incidents.values()].map((one) => `${one.id} ${one.state} ${one.priority} ${one.assignments.map((sent) => sent.id + sent.state).join(' ')}`).join() + [...desk.alerts.values()].map((one) => `${one.id} ${one.state}`).join();
  return states(a) === states(b);
}

const incidentOf = ({ steps: _, ...one }: PastIncident, { at: __, action: ___, ...step }: IncidentStep, at: number): Incident => ({
  ...one, ...step, version: 0, place_organisation: step.organisation, source: '', contact: null, reporter: null, ended_at: null, clock: null, due_at: null,
  escalations: 0, marks: 0, sent_back: 0, request: null, disposition: null, duplicate_of: null, assignments: one.assignments.flatMap((sent) => assignmentAt(sent, at) ?? []),
});

/** An assignment as it stood at `at`; null: not yet, or over. Pure. */
export function assignmentAt(sent: PastAssignment, at: number): Assignment | null {
  const by = (time: string | null): time is string => time !== null && Date.parse(time) <= at;
  if (!by(sent.offered_at) || by(sent.ended_at)) return null;
  const state = by(sent.on_scene_at) ? 'on_scene' : by(sent.en_route_at) ? 'en_route' : by(sent.acknowledged_at) ? 'acknowledged' : 'offered';
  return { ...sent, state, ended_at: null, answer_by: null, arrival_proposed_at: null, reason: null, metres: null, eta_s: null };
}

const alertOf = ({ steps: _, ...one }: PastAlert, { state }: PastAlert['steps'][number]): Alert => ({
  ...one, state, version: 0, phone: null, device: null, geofence_name: null, reason: null, incident: null, happened_at: one.raised_at,
  acknowledged_by: null, assigned_by: null, cleared_at: null, cleared_by: null, nearest: [],
});

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
