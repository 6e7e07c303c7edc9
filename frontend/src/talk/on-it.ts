/** Who is on an incident, and where. Pure. */
import type { Assignment, Incident } from '../desk/types';
import type { Row } from '../live/frame';
import type { LiveState } from '../live/members';

export interface OnIt {
  assignment: Assignment;
  /** Where the member was seen last; null unknown. */
  row: Row | null;
  /** From there to the place, along a straight line; Infinity unknown. */
  metres: number;
}

/** Open assignments with where their members are, the nearest first. */
export function onIt(incident: Incident, live: Pick<LiveState, 'info' | 'rows'>): OnIt[] {
  const keys = new Map([...live.info.values()].map((one) => [one.member, one.key]));
  return incident.assignments
    .filter((one) => one.ended_at === null)
    .map((assignment) => {
      const row = live.rows.get(keys.get(assignment.member) ?? -1) ?? null;
      return { assignment, row, metres: row ? metresBetween(row, incident) : Infinity };
    })
    .sort((a, b) => a.metres - b.metres);
}

interface Place {
  latitude: number;
  longitude: number;
}

/** Mean radius of the earth, metres (IUGG). */
const RADIUS_M = 6_371_008.8;

/** Great-circle distance by the haversine formula. */
export function metresBetween(a: Place, b: Place): number {
  const radians = (degrees: number) => (degrees * Math.PI) / 180;
  const north = Math.sin(radians(b.latitude - a.latitude) / 2);
  const east = Math.sin(radians(b.longitude - a.longitude) / 2);
  const chord = north ** 2 + Math.cos(radians(a.latitude)) * Math.cos(radians(b.latitude)) * east ** 2;
  return 2 * RADIUS_M * Math.asin(Math.min(1, Math.sqrt(chord)));
}
