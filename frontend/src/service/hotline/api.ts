/** The routes of the hotline. */
import { get, post } from '../../api/request';
import type { Contact } from '../types';
import type { CallDetail, Earlier, HotlineCall } from './types';

const at = (id: string, deed = ''): string => `/calls/${encodeURIComponent(id)}${deed && `/${deed}`}`;

export const call = (id: string): Promise<CallDetail> => get(at(id));
export const take = (body: object, key: string): Promise<HotlineCall> => post('/calls', body, key);
export const lookup = async (telephone: string): Promise<Earlier[]> => (await post<{ items: Earlier[] }>('/calls/lookup', { telephone })).items;
export const act = (id: string, deed: 'answer' | 'incident' | 'call-back', body: object): Promise<HotlineCall> => post(at(id, deed), body);
export const toRequest = (id: string, version: number, key: string): Promise<HotlineCall & { code: string }> => post(at(id, 'request'), { version }, key);
export const reveal = (id: string, purpose: string): Promise<Contact> => post(at(id, 'reveal'), { purpose });
