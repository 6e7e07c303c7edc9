/** The public's routes of party building. */
import { get, post, type Page } from '../../api/request';
import type { Held, HallLine, NewsLine, NewsText, Tag, Taken } from './types';

export const news = (query: Record<string, string | undefined>): Promise<Page<NewsLine>> => get('/public/publications', query);
export const article = (id: string): Promise<NewsLine & NewsText> => get(`/public/publications/${encodeURIComponent(id)}`);
export const halls = async (): Promise<HallLine[]> => (await get<{ items: HallLine[] }>('/public/halls')).items;
export const take = (service: string, key: string): Promise<Taken> => post('/public/tickets', { service }, key);
export const held = (code: string): Promise<Held> => post('/public/tickets/look', { code });
export const leave = (code: string): Promise<Held> => post('/public/tickets/leave', { code });
export const rate = (code: string, score: number, tags: Tag[], comment: string): Promise<{ score: number }> =>
  post('/public/tickets/rate', { code, score, tags, comment: comment.trim() || null });
