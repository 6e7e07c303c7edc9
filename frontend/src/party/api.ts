/** The desk's routes of party building. `version` is the one seen: 409 where somebody was faster. */
import { all, get, patch, post, request } from '../api/request';
import type { DeskOpinion, DeskSurvey, Draft, Entry, Evaluation, Group, HallLine, Place, Publication, PublicationDetail, QueueService, QueueTicket, QueueWindow, Result, SurveyDetail, SurveyDraft, Taken } from './types';

const at = (base: string, id: string, deed = ''): string => `/${base}/${encodeURIComponent(id)}${deed && `/${deed}`}`;

export const publication = (id: string): Promise<PublicationDetail> => get(at('publications', id));
export const begin = (organisation: string, draft: Draft, key: string): Promise<Publication> => post('/publications', { organisation, ...draft }, key);
export const edit = (id: string, version: number, draft: Draft): Promise<Publication> => patch(at('publications', id), { version, ...draft });
export const attach = (id: string, file: File, key: string): Promise<{ id: string }> => request('POST', at('publications', id, 'files'), { query: { name: file.name }, file, key });
/** submit, approve, send-back (reason), publish (visible_from, visible_until), withdraw (reason), revise. */
export const move = (id: string, deed: string, version: number, also: object = {}): Promise<Publication> => post(at('publications', id, deed), { version, ...also });

export const halls = async (): Promise<HallLine[]> => (await get<{ items: HallLine[] }>('/queue/halls')).items;
export const services = (organisation: string): Promise<QueueService[]> => all('/queue/services', { organisation });
export const windows = (organisation: string): Promise<QueueWindow[]> => all('/queue/windows', { organisation });
export const missed = (organisation: string): Promise<QueueTicket[]> => all('/queue/tickets', { organisation, state: 'no_show' }, 100);
export const places = (): Promise<Place[]> => all('/registry/places', { kind: 'service_window' }, 1_000);
export const addService = (body: object, key: string): Promise<QueueService> => post('/queue/services', body, key);
export const addWindow = (body: object, key: string): Promise<QueueWindow> => post('/queue/windows', body, key);
export const changeService = (id: string, version: number, change: object): Promise<QueueService> => patch(at('queue/services', id), { version, ...change });
export const turn = (id: string, deed: 'open' | 'close', version: number): Promise<QueueWindow> => post(at('queue/windows', id, deed), { version });
export const call = (window: string): Promise<QueueTicket> => post(at('queue/windows', window, 'call'));
export const give = (service: string, key: string): Promise<Taken> => post('/queue/tickets', { service }, key);
/** recall, serve, finish, no-show, return, transfer (service). */
export const step = (ticket: string, deed: string, version: number | null, also: object = {}): Promise<QueueTicket> => post(at('queue/tickets', ticket, deed), { ...(version === null ? {} : { version }), ...also });

export const results = (by: Group, organisation: string | undefined): Promise<{ whole: Result | null; items: Result[] }> => get('/evaluations/results', { by, organisation });
export const followUp = (id: string, version: number, note: string): Promise<Evaluation> => post(at('evaluations', id, 'follow-up'), { version, note });

export type { Entry };

/** publish, keep (reason), answer (text). */
export const moderate = (id: string, deed: string, version: number, also: object = {}): Promise<DeskOpinion> => post(at('opinions', id, deed), { version, ...also });
export const survey = (id: string): Promise<SurveyDetail> => get(at('surveys', id));
export const addSurvey = (organisation: string, draft: SurveyDraft, key: string): Promise<DeskSurvey> => post('/surveys', { organisation, ...draft }, key);
/** open, close (text). */
export const turnSurvey = (id: string, deed: 'open' | 'close', version: number, also: object = {}): Promise<DeskSurvey> => post(at('surveys', id, deed), { version, ...also });
