/** The API's routes of tracking and sign-in; each area's own stand beside it. */
import { all, get, post, remove } from './request';
import type { Leg, Me, Organisation, Track } from './types';

export { Problem } from './request';

export const signIn = async (name: string, password: string): Promise<Me> => (await post<{ me: Me }>('/session', { name, password })).me;

export const signOut = (): Promise<void> => remove('/session');

export const whoAmI = (): Promise<Me> => get('/me');

/** The caller's whole part of the tree. */
export const organisations = (): Promise<Organisation[]> => all('/organisations');

/** A member's positions between two instants, simplified to `simplify` metres. */
export const track = (member: string, from: Date, to: Date, simplify: number): Promise<Track> =>
  get(`/members/${encodeURIComponent(member)}/track`, { ...span(from, to), simplify });

/** A member's trips and the stops between them, in order of time. */
export const trips = async (member: string, from: Date, to: Date): Promise<Leg[]> =>
  (await get<{ items: Leg[] }>(`/members/${encodeURIComponent(member)}/trips`, span(from, to))).items;

const span = (from: Date, to: Date) => ({ from: from.toISOString(), to: to.toISOString() });
