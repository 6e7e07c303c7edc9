/** The registry's routes: the same calls for each element. */
import { newKey } from '../api/key';
import { get, patch, post, remove, request, urlOf } from '../api/request';
import type { Attachment } from '../api/types';
import type { ElementName } from './elements';
import type { Change, Merge, RecordOf } from './types';

const of = (element: ElementName, id: string, more = ''): string => `/registry/${element}/${encodeURIComponent(id)}${more}`;
const asked = (purpose: string | undefined) => ({ purpose: purpose || undefined });

export const one = (element: ElementName, id: string, purpose?: string): Promise<RecordOf> => get(of(element, id), asked(purpose));
export const add = (element: ElementName, body: object, key: string): Promise<RecordOf> => post(`/registry/${element}`, body, key);
export const change = (element: ElementName, id: string, body: object): Promise<RecordOf> => patch(of(element, id), body);
/** deed: end or restore. */
export const turn = (element: ElementName, id: string, deed: 'end' | 'restore', body: object): Promise<RecordOf> => post(of(element, id, `/${deed}`), body);
export const reveal = (element: ElementName, id: string, purpose: string): Promise<Record<string, string | null>> => post(of(element, id, '/reveal'), { purpose });
export const history = async (element: ElementName, id: string, purpose?: string): Promise<Change[]> => (await get<{ items: Change[] }>(of(element, id, '/history'), asked(purpose))).items;

export const files = async (element: ElementName, id: string, purpose?: string): Promise<Attachment[]> => (await get<{ items: Attachment[] }>(of(element, id, '/files'), asked(purpose))).items;
export const addFile = (element: ElementName, id: string, file: File): Promise<Attachment> => request('POST', of(element, id, '/files'), { query: { name: file.name }, file, key: newKey() });
export const removeFile = (element: ElementName, id: string, file: string): Promise<void> => remove(of(element, id, `/files/${encodeURIComponent(file)}`));
export const urlOfFile = (element: ElementName, id: string, file: string, purpose?: string): string => urlOf(of(element, id, `/files/${encodeURIComponent(file)}`), asked(purpose));

export const search = (element: ElementName): Promise<{ open: number }> => post(`/registry/duplicates/search?element=${element}`);
export const dismiss = (element: ElementName, proposal: string, note: string | null): Promise<void> => post(`/registry/duplicates/${encodeURIComponent(proposal)}/dismiss?element=${element}`, { note });
export const merge = (element: ElementName, kept: string, body: object): Promise<Merge> => post(of(element, kept, '/merge'), body);
export const undo = (element: ElementName, id: string): Promise<Merge> => post(`/registry/merges/${encodeURIComponent(id)}/undo?element=${element}`);
