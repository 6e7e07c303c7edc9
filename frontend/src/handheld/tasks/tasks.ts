/** The member's tasks, notices and roll calls as the server tells of them. Pure. */
import { bearingTo, metresBetween, type Place } from '../../geo/distance';
import type { Alert, Channel, Incident, Notice, RollCall, Said, Task } from '../types';

export type Heard =
  | ({ type: 'assignment' } & Task)
  | ({ type: 'notice' } & Notice)
  | { type: 'pending'; assignments: string[]; notices: string[] }
  | ({ type: 'channel' } & Partial<Channel> & { id: string; message?: Said; roll_call?: Omit<RollCall, 'channel'> })
  | ({ type: 'alert' } & Alert)
  | { type: 'other' };

const TYPES = new Set(['assignment', 'notice', 'pending', 'channel', 'alert']);

/** One message of the websocket. Throws where it is no JSON. */
export function readHeard(text: string): Heard {
  const message = JSON.parse(text) as { type?: unknown };
  return typeof message.type === 'string' && TYPES.has(message.type) ? (message as Heard) : { type: 'other' };
}

const OPEN = new Set(['offered', 'acknowledged', 'en_route', 'on_scene']);
const MOST_ENDED = 20;

export const isOpen = (task: Pick<Task, 'state'>): boolean => OPEN.has(task.state);

/** With this one as it is now; of those that ended the newest are kept. The most urgent stand first, then the oldest. */
export function withTask(tasks: readonly Task[], task: Task): Task[] {
  const others = tasks.filter((one) => one.id !== task.id);
  const open = [...others, task].filter(isOpen).sort((a, b) => a.incident.priority - b.incident.priority || a.offered_at.localeCompare(b.offered_at));
  const ended = [task, ...others].filter((one) => !isOpen(one)).slice(0, MOST_ENDED);
  return [...open, ...ended];
}

/** Open ones that the server does not speak of any more are over. */
export const onlyPending = (tasks: readonly Task[], ids: readonly string[]): Task[] =>
  tasks.map((task) => (isOpen(task) && !ids.includes(task.id) ? { ...task, state: 'over' as const } : task));

/** With this one, the newest first. */
export const withNotice = (notices: readonly Notice[], notice: Notice): Notice[] =>
  [...notices.filter((one) => one.id !== notice.id), notice].sort((a, b) => b.at.localeCompare(a.at)).slice(0, 200);

const NEAR_M = 50;

/** Metres and degrees true from one place to another. */
export const wayTo = (from: Place, to: Place): { metres: number; bearing: number } => ({ metres: metresBetween(from, to), bearing: bearingTo(from, to) });

/** Whether the phone, or the server, finds that the member has arrived; the member confirms it. */
export const seemsThere = (task: Pick<Task, 'arrival_proposed_at'> & { incident: Incident }, place: Place | null): boolean =>
  task.arrival_proposed_at !== null || (place !== null && wayTo(place, task.incident).metres <= NEAR_M);
