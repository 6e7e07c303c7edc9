/** Routes of the intercom and of notices. */
import { all, get, post, request, type Page } from '../api/request';
import type { Channel, ChannelDetail, Message, Notice, Receipt, RollCall } from './types';

const channelPath = (id: string) => `/channels/${encodeURIComponent(id)}`;

export const channels = async (): Promise<Channel[]> => (await get<Page<Channel>>('/channels', { limit: 200 })).items;
export const channel = (id: string): Promise<ChannelDetail> => get(channelPath(id));
export const open = (body: { name: string; organisation: string; incident: string | null }): Promise<Channel> => post('/channels', body, crypto.randomUUID());
export const messages = async (id: string): Promise<Message[]> => (await get<Page<Message>>(`${channelPath(id)}/messages`, { limit: 100 })).items;
export const say = (id: string, text: string): Promise<Message> => post(`${channelPath(id)}/messages`, { text }, crypto.randomUUID());
export const speak = (id: string, clip: Blob, seconds: number): Promise<Message> =>
  request('POST', `${channelPath(id)}/clips`, { query: { seconds: Math.max(0.1, seconds).toFixed(1) }, file: clip });
export const callRoll = (id: string): Promise<RollCall> => post(`${channelPath(id)}/roll-calls`);
export const rollCall = (id: string): Promise<RollCall> => get(`/roll-calls/${encodeURIComponent(id)}`);

export const notices = async (): Promise<Notice[]> => (await get<Page<Notice>>('/notices', { limit: 100 })).items;
export const write = (body: { organisation: string; title: string; body: string; urgent: boolean }, key: string): Promise<Notice> => post('/notices', body, key);
export const receipts = (id: string): Promise<Receipt[]> => all(`/notices/${encodeURIComponent(id)}/receipts`, {}, 5_000);
