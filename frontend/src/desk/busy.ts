/** Which members are on an assignment, and how far it is. Pure. */
import { isOpen } from './state';
import type { Incident } from './types';

export type Busy = 'sent' | 'on_scene';

/** By member id; on scene counts more than on the way. */
export function busyMembers(incidents: Iterable<Incident>): Map<string, Busy> {
  const busy = new Map<string, Busy>();
  for (const incident of incidents) {
    if (!isOpen(incident)) continue;
    for (const one of incident.assignments) {
      if (one.member === null || one.ended_at !== null) continue;
      if (one.state === 'on_scene') busy.set(one.member, 'on_scene');
      else if (!busy.has(one.member)) busy.set(one.member, 'sent');
    }
  }
  return busy;
}
