/** The routes that need no sign-in. */
import { get, post } from '../api/request';
import type { Organisation as Known } from '../api/types';
import type { CitizenRequest, Message } from '../service/types';

/** One that a request may go to. */
export type Organisation = Pick<Known, 'id' | 'name' | 'level' | 'parent'>;

export type Filed = Pick<CitizenRequest, 'id' | 'organisation_name'> & { code: string };

/** What the holder of a code is told: of who works on it, nobody is named. */
export type Followed = Pick<CitizenRequest, 'id' | 'state' | 'kind' | 'subject' | 'body' | 'organisation_name' | 'created_at' | 'ended_at' | 'incident_state' | 'score'> & {
  messages: Omit<Message, 'author'>[];
};

export const organisations = async (): Promise<Organisation[]> => (await get<{ items: Organisation[] }>('/public/organisations')).items;
export const file = (body: object, key: string): Promise<Filed> => post('/public/requests', body, key);
export const look = (code: string): Promise<Followed> => post('/public/requests/look', { code });
export const write = (code: string, body: string): Promise<Followed> => post('/public/requests/message', { code, body });
export const withdraw = (code: string): Promise<Followed> => post('/public/requests/withdraw', { code });
export const rate = (code: string, score: number, comment: string): Promise<Followed> => post('/public/requests/rate', { code, score, comment: comment.trim() || null });
