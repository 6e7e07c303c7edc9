/** The routes that need no sign-in. */
import { get, post } from '../api/request';

export type State = 'received' | 'in_hand' | 'forwarded' | 'answered' | 'rejected' | 'withdrawn';
export const KINDS = ['report', 'help', 'question', 'complaint', 'matter'] as const;
export type Kind = (typeof KINDS)[number];

export interface Organisation {
  id: string;
  name: string;
  level: string;
  parent: string | null;
}

export interface Filed {
  id: string;
  code: string;
  organisation_name: string;
}

export interface Followed {
  id: string;
  state: State;
  kind: Kind;
  subject: string;
  body: string;
  organisation_name: string;
  created_at: string;
  ended_at: string | null;
  incident_state: string | null;
  score: number | null;
  messages: { at: string; by_citizen: boolean; body: string }[];
}

export const organisations = async (): Promise<Organisation[]> => (await get<{ items: Organisation[] }>('/public/organisations')).items;
export const file = (body: object, key: string): Promise<Filed> => post('/public/requests', body, key);
export const look = (code: string): Promise<Followed> => post('/public/requests/look', { code });
export const write = (code: string, body: string): Promise<Followed> => post('/public/requests/message', { code, body });
export const withdraw = (code: string): Promise<Followed> => post('/public/requests/withdraw', { code });
export const rate = (code: string, score: number, comment: string): Promise<Followed> => post('/public/requests/rate', { code, score, comment: comment.trim() || null });
