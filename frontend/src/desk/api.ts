/** Routes of incidents, assignments and alerts. */
import { all, get, post, request } from '../api/request';
import type { Alert, Attachment, Candidate, Candidates, Entry, Incident, Kind, Proposal } from './types';

const one = (id: string) => `/incidents/${encodeURIComponent(id)}`;

export const openIncidents = (): Promise<Incident[]> => all('/incidents', { open: true, limit: 500 }, 5_000);
export const endedIncidents = async (since: Date): Promise<Incident[]> =>
  (await get<{ items: Incident[] }>('/incidents', { state: 'closed,rejected,merged', since: since.toISOString(), limit: 100 })).items;
export const incident = (id: string): Promise<Incident> => get(one(id));
export const log = async (id: string): Promise<Entry[]> => (await get<{ items: Entry[] }>(`${one(id)}/log`)).items;
export const duplicates = async (id: string): Promise<Incident[]> => (await get<{ items: Incident[] }>(`${one(id)}/duplicates`)).items;
export const files = async (id: string): Promise<Attachment[]> => (await get<{ items: Attachment[] }>(`${one(id)}/files`)).items;
export const addFile = (id: string, file: File): Promise<Attachment> => request('POST', `${one(id)}/files`, { query: { name: file.name }, file });
export const kinds = async (): Promise<Kind[]> => (await get<{ items: Kind[] }>('/kinds')).items;

export interface Report {
  kind: string;
  latitude: number;
  longitude: number;
  description: string;
  address: string | null;
  contact: string | null;
  priority: number | null;
}
export const report = (body: Report, key: string): Promise<Incident> => post('/incidents', body, key);

/** A command on an incident: accept, reject, close ... */
export const command = (id: string, name: string, body: object): Promise<Incident> => post(`${one(id)}/${name}`, body);
/** A step of an assignment. */
export const step = (assignment: string, name: string, body: object): Promise<Incident> => post(`/assignments/${encodeURIComponent(assignment)}/${name}`, body);

export type Policy = 'travel_time' | 'nearest' | 'own_grid';
export type Profile = 'walking' | 'bicycle' | 'car';
export const candidates = (id: string, policy: Policy, profile: Profile): Promise<Candidates> => get(`${one(id)}/candidates`, { k: 9, policy, profile });
export const dispatch = (target: { id: string; version: number }, candidate: Candidate, policy: Policy): Promise<Incident> =>
  command(target.id, 'dispatch', { version: target.version, policy, members: [{ member: candidate.member, metres: candidate.metres, eta_s: candidate.travel_s }] });
export const proposals = async (): Promise<Proposal[]> => (await post<{ items: Proposal[] }>('/assignments/proposals')).items;

export const openAlerts = (): Promise<Alert[]> => all('/alerts', { state: 'raised,acknowledged,assigned', limit: 500 }, 2_000);
export const alertStep = (id: string, name: 'acknowledge' | 'clear' | 'assign', body: object = {}): Promise<Alert> => post(`/alerts/${encodeURIComponent(id)}/${name}`, body);
export const incidentOf = (id: string): Promise<Incident> => post(`/alerts/${encodeURIComponent(id)}/incident`);
