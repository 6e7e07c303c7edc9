/** The API of forms and entries. */
import { all, get, post, type Query, request } from '../api/request';
import type { Answers, Element, Entry, Form } from './types';

const at = (code: string): string => `/registry/forms/${encodeURIComponent(code)}`;

/** Those in force; every: the newest version of each, drafts and retired ones too. */
export const forms = async (every = false): Promise<Form[]> => (await get<{ items: Form[] }>('/registry/forms', { every })).items;

/** The newest first. */
export const versions = async (code: string): Promise<Form[]> => (await get<{ items: Form[] }>(at(code))).items;

export const draft = (code: string, body: object): Promise<Form> => request('PUT', at(code), { body });

export const publish = (code: string, seen: number): Promise<Form> => post(`${at(code)}/publish`, { seen });

export const retire = (code: string): Promise<Form> => post(`${at(code)}/retire`);

const MOST = 500;

export const entriesOf = (element: Element, record: string, query: Query): Promise<Entry[]> => all(`/registry/${element}/${encodeURIComponent(record)}/entries`, query, MOST);

export const fill = (code: string, body: { element: Element; record: string; answers: Answers; form_version: number }, key: string): Promise<Entry> => post(`${at(code)}/entries`, body, key);
