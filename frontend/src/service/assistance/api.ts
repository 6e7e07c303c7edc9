/** The routes of help cases. */
import { get, post } from '../../api/request';
import type { Contact } from '../types';
import type { HelpCase, HelpCaseDetail } from './types';

const at = (id: string, deed = ''): string => `/assistance/${encodeURIComponent(id)}${deed && `/${deed}`}`;

export const helpCase = (id: string): Promise<HelpCaseDetail> => get(at(id));
export const open = (body: object, key: string): Promise<HelpCase> => post('/assistance', body, key);
export const act = (id: string, deed: 'plan' | 'step' | 'visit' | 'close' | 'reopen', body: object, key?: string): Promise<HelpCase> => post(at(id, deed), body, key);
export const reveal = (id: string, purpose: string): Promise<Contact> => post(at(id, 'reveal'), { purpose });
