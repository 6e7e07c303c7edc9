/** Who is on an incident, and where. Pure. */
import type { Assignment, Incident } from '../desk/types';
import { metresBetween } from '../geo/distance';
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
