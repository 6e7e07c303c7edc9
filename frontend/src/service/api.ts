/** The routes of the service desk. `version` is the one seen: 409 where somebody was faster. */
import { get, post } from '../api/request';
import type { CitizenRequest, Contact, RequestDetail } from './types';

const at = (id: string, deed = ''): string => `/requests/${encodeURIComponent(id)}${deed && `/${deed}`}`;

export const request = (id: string): Promise<RequestDetail> => get(at(id));
export const take = (id: string, version: number): Promise<CitizenRequest> => post(at(id, 'take'), { version });
export const answer = (id: string, version: number, text: string): Promise<CitizenRequest> => post(at(id, 'answer'), { version, text });
export const reject = (id: string, version: number, text: string): Promise<CitizenRequest> => post(at(id, 'reject'), { version, text });
export const message = (id: string, text: string, key: string): Promise<CitizenRequest> => post(at(id, 'message'), { text }, key);
export const sendOn = (id: string, version: number, organisation: string, note: string): Promise<CitizenRequest> => post(at(id, 'send-on'), { version, organisation, note });
export const followUp = (id: string, version: number, note: string, score: number | null): Promise<CitizenRequest> => post(at(id, 'follow-up'), { version, note, score });
export const forward = (id: string, body: { version: number; kind: string; latitude?: number; longitude?: number }): Promise<CitizenRequest> => post(at(id, 'forward'), body);
export const reveal = (id: string, purpose: string): Promise<Contact> => post(at(id, 'reveal'), { purpose });
