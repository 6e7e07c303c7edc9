/** What the desk knows: incidents and alerts, as told last. Pure. */
import { APPROVERS, DISPATCHERS } from '../app/roles';
import type { Happening } from '../live/message';
import type { Alert, Incident, IncidentState } from './types';

export interface Desk {
  incidents: ReadonlyMap<string, Incident>;
  alerts: ReadonlyMap<string, Alert>;
  /** Key of the newest happening heard; what came behind it can be asked for after a break. */
  key: number;
}

export const nothing: Desk = { incidents: new Map(), alerts: new Map(), key: 0 };

/** Ended incidents and cleared alerts that are kept; the lists of the server have all. */
const MOST_ENDED = 200;

/** Groups of states as columns of the board, from left to right. */
export const COLUMNS = ['reported', 'accepted', 'dispatched', 'handling', 'feedback', 'ended'] as const;
export type Column = (typeof COLUMNS)[number];

const COLUMN_OF: Record<IncidentState, Column> = {
  reported: 'reported', accepted: 'accepted', suspended: 'accepted', dispatched: 'dispatched', handling: 'handling',
  feedback: 'feedback', verified: 'feedback', closed: 'ended', rejected: 'ended', merged: 'ended',
};

export const columnOf = (incident: Incident): Column => COLUMN_OF[incident.state];

export const isOpen = (incident: Incident): boolean => columnOf(incident) !== 'ended';

export const isUp = (alert: Alert): boolean => alert.state !== 'cleared';

/** What the desk knows behind a happening; what is older than what it knows changes nothing. */
export function heard(desk: Desk, happening: Happening): Desk {
  const key = Math.max(desk.key, happening.key);
  if (happening.type === 'incident') return { ...withIncident(desk, happening.body as Incident), key };
  if (happening.type === 'alert') return { ...withAlert(desk, happening.body as Alert), key };
  return { ...desk, key };
}

/** An incident as an answer of the API or a happening shows it. */
export function withIncident(desk: Desk, incident: Incident): Desk {
  const known = desk.incidents.get(incident.id);
  if (known && known.version > incident.version) return desk;
  const told = { ...incident, contact: incident.contact ?? known?.contact ?? null }; // who reported is not told to everybody
  return { ...desk, incidents: bounded(new Map(desk.incidents).set(incident.id, told), (one) => !isOpen(one)) };
}

export function withAlert(desk: Desk, alert: Alert): Desk {
  const known = desk.alerts.get(alert.id);
  if (known && known.version > alert.version) return desk;
  return { ...desk, alerts: bounded(new Map(desk.alerts).set(alert.id, alert), (one) => !isUp(one)) };
}

/** Without the oldest of those that are over, beyond the most that are kept. */
function bounded<T>(all: Map<string, T>, isOver: (one: T) => boolean): Map<string, T> {
  let over = 0;
  for (const one of all.values()) over += isOver(one) ? 1 : 0;
  for (const [id, one] of all) {
    if (over <= MOST_ENDED) break;
    if (isOver(one)) {
      all.delete(id);
      over -= 1;
    }
  }
  return all;
}

/** The most urgent first, then what runs out first, then the oldest. */
export function byUrgency(a: Incident, b: Incident): number {
  return a.priority - b.priority || dueOf(a) - dueOf(b) || a.reported_at.localeCompare(b.reported_at);
}

/** The newest end first. */
export const byEnd = (a: Incident, b: Incident): number => (b.ended_at ?? '').localeCompare(a.ended_at ?? '');

const dueOf = (incident: Incident): number => (incident.due_at ? Date.parse(incident.due_at) : Infinity);

const WEIGHT: Record<Alert['kind'], number> = { sos: 0, geofence: 1, overdue: 1, silence: 2, battery: 3, other: 3 };

/** A cry for help first, then what nobody has seen, then the newest. */
export function byAlarm(a: Alert, b: Alert): number {
  return WEIGHT[a.kind] - WEIGHT[b.kind] || Number(a.state !== 'raised') - Number(b.state !== 'raised') || b.raised_at.localeCompare(a.raised_at);
}

/** How a clock stands at `now`: seconds left (below 0: over), and its colour. */
export function clockOf(incident: Incident, now: number): { left: number; tone: 'fine' | 'soon' | 'over' } | null {
  if (incident.due_at === null) return null;
  const left = (Date.parse(incident.due_at) - now) / 1000;
  return { left, tone: left < 0 ? 'over' : left < SOON_S[incident.clock ?? 'accept'] ? 'soon' : 'fine' };
}

/** From so many seconds on a clock warns: the longer its limits, the earlier. */
const SOON_S = { accept: 120, arrive: 300, handle: 900, verify: 3600 };

/** What a dispatcher may do with an incident now; the server has the last word. */
export type Deed = 'accept' | 'reject' | 'merge' | 'dispatch' | 'verify' | 'close' | 'reopen' | 'escalate' | 'suspend' | 'defer' | 'approve' | 'refuse' | 'resume';

const DEEDS: Record<IncidentState, readonly Deed[]> = {
  reported: ['accept', 'reject', 'merge', 'escalate'],
  accepted: ['dispatch', 'reject', 'merge', 'escalate', 'suspend', 'defer'],
  dispatched: ['dispatch', 'escalate', 'suspend', 'defer'],
  handling: ['dispatch', 'escalate', 'suspend', 'defer'],
  feedback: ['verify', 'dispatch', 'escalate'],
  verified: ['close', 'escalate'],
  suspended: ['resume'],
  closed: ['reopen'],
  rejected: ['reopen'],
  merged: ['reopen'],
};

const ALSO: Record<string, readonly Deed[]> = { supervisor: ['verify', 'escalate', 'reopen', 'suspend', 'defer'], officer: ['escalate', 'suspend', 'defer', 'verify'] };

/** Deeds that the state takes and the role may do; while a suspension or deferral is asked for, answering comes first. */
export function deedsOf(incident: Incident, role: string): Deed[] {
  const takes: Deed[] = incident.request ? ['approve', 'refuse', ...DEEDS[incident.state].filter((one) => one !== 'suspend' && one !== 'defer')] : [...DEEDS[incident.state]];
  return takes.filter((deed) => {
    if (deed === 'approve' || deed === 'refuse') return APPROVERS.has(role);
    return DISPATCHERS.has(role) || (ALSO[role]?.includes(deed) ?? false);
  });
}
