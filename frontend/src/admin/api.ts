/** The routes of the administration. */
import { get, patch, post, remove, request } from '../api/request';
import type { Organisation } from '../api/types';
import type { Delivery, Device, Enrolment, Geofence, ImportJob, ImportReport, Kind, Member, OnDuty, Post, Preset, Session, Shift, ShiftDetail, Staffing, Stranger, TerritoryFault, Token, User, Webhook, HandOver } from './types';

const at = encodeURIComponent;
const items = async <T>(path: string, query: Record<string, string | number | boolean | undefined> = {}): Promise<T[]> => (await get<{ items: T[] }>(path, query)).items;

export const addOrganisation = (body: object): Promise<Organisation> => post('/organisations', body);
export const changeOrganisation = (id: string, body: object): Promise<Organisation> => patch(`/organisations/${at(id)}`, body);

export const member = (id: string): Promise<Member> => get(`/members/${at(id)}`);
export const membersNamed = (name: string, limit = 20): Promise<Member[]> => items('/members', { name: name || undefined, limit });
export const addMember = (body: object): Promise<Member> => post('/members', body);
export const changeMember = (id: string, body: object): Promise<Member> => patch(`/members/${at(id)}`, body);
export const enrol = (id: string): Promise<Enrolment> => post(`/members/${at(id)}/enrolment`);

export const device = (id: string): Promise<Device> => get(`/devices/${at(id)}`);
export const addDevice = (body: object): Promise<Token> => post('/devices', body);
export const changeDevice = (id: string, body: object): Promise<Device> => patch(`/devices/${at(id)}`, body);
export const newToken = (id: string): Promise<Token> => post(`/devices/${at(id)}/token`);
export const strangers = (): Promise<Stranger[]> => items('/devices/unknown');
export const adopt = (id: string, body: object): Promise<Token> => post(`/devices/${at(id)}/adopt`, body);

export const user = (name: string): Promise<User> => get(`/users/${at(name)}`);
export const addUser = (body: object): Promise<User> => post('/users', body);
export const changeUser = (name: string, body: object): Promise<User> => patch(`/users/${at(name)}`, body);
export const setPassword = (name: string, password: string): Promise<void> => post(`/users/${at(name)}/password`, { password });
export const sessions = (name: string): Promise<Session[]> => items('/sessions', { user: name });
export const endSession = (id: string): Promise<void> => remove(`/sessions/${at(id)}`);
export const openapi = (): Promise<unknown> => get('/openapi.json');

export const kinds = (): Promise<Kind[]> => items('/kinds', { retired: true });
export const addKind = (body: object): Promise<Kind> => post('/kinds', body);
export const changeKind = (code: string, body: object): Promise<Kind> => patch(`/kinds/${at(code)}`, body);

export const posts = (): Promise<Post[]> => items('/posts', { retired: true });
export const addPost = (body: object): Promise<Post> => post('/posts', body);
export const changePost = (code: string, body: object): Promise<Post> => patch(`/posts/${at(code)}`, body);
export const presets = (): Promise<Preset[]> => items('/staffing-presets', { retired: true });
export const addPreset = (body: object): Promise<Preset> => post('/staffing-presets', body);
export const changePreset = (code: string, body: object): Promise<Preset> => patch(`/staffing-presets/${at(code)}`, body);
export const staffing = (organisation: string): Promise<Staffing> => get(`/organisations/${at(organisation)}/staffing`);
export const chooseStaffing = (organisation: string, presets: string[]): Promise<Staffing> => patch(`/organisations/${at(organisation)}/staffing`, { presets });

export const shift = (id: string): Promise<ShiftDetail> => get(`/shifts/${at(id)}`);
export const addShift = (body: object): Promise<Shift> => post('/shifts', body);
export const changeShift = (id: string, body: object): Promise<Shift> => patch(`/shifts/${at(id)}`, body);
export const removeShift = (id: string): Promise<void> => remove(`/shifts/${at(id)}`);
export const handOver = (id: string, body: object): Promise<HandOver> => post(`/shifts/${at(id)}/hand-over`, body);

/** check: nothing is stored. skipBad: the good rows are kept beside refused ones. */
export const importFile = (kind: string, file: File, check: boolean, skipBad: boolean): Promise<ImportReport> =>
  request('POST', `/imports/${at(kind)}`, { query: { name: file.name, check, skip_bad: skipBad }, file: new Blob([file], { type: 'application/octet-stream' }) });

export const importJob = (id: string): Promise<ImportJob> => get(`/import-jobs/${at(id)}`);
export const addImportJob = (kind: string, name: string, key: string): Promise<ImportJob> => post('/import-jobs', { kind, name }, key);
export const sendPart = (id: string, number: number, part: Blob): Promise<ImportJob> =>
  request('POST', `/import-jobs/${at(id)}/parts`, { query: { number }, file: new Blob([part], { type: 'application/octet-stream' }) });
export const turnImportJob = (id: string, deed: 'start' | 'cancel'): Promise<ImportJob> => post(`/import-jobs/${at(id)}/${deed}`);

/** Who is on a shift now, below an organisation. */
export const roster = (organisation: string | undefined): Promise<OnDuty[]> => items('/roster', { organisation });

export const territoryFaults = (): Promise<TerritoryFault[]> => items('/territories/faults', { limit: 2_000 });

export const webhooks = (): Promise<Webhook[]> => items('/webhooks');
export const addWebhook = (body: object): Promise<Webhook & { secret: string }> => post('/webhooks', body);
export const removeWebhook = (id: string): Promise<void> => remove(`/webhooks/${at(id)}`);
export const deliveries = (id: string): Promise<Delivery[]> => items(`/webhooks/${at(id)}/deliveries`);

export const geofence = (id: string): Promise<Geofence> => get(`/geofences/${at(id)}`);
export const putGeofence = (id: string, body: object): Promise<Geofence> => request('PUT', `/geofences/${at(id)}`, { body });
export const removeGeofence = (id: string, version: number): Promise<void> => remove(`/geofences/${at(id)}`, { version });

