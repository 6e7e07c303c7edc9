/** The public's routes of party building. */
import { get, post, type Page } from '../../api/request';
import { voterNumber } from './kept';
import type { Answers, Held, HallLine, NewsLine, NewsText, Opinion, OpinionHeld, Survey, SurveyLine, Tag, Taken } from './types';

export const news = (query: Record<string, string | undefined>): Promise<Page<NewsLine>> => get('/public/publications', query);
export const article = (id: string): Promise<NewsLine & NewsText> => get(`/public/publications/${encodeURIComponent(id)}`);
export const halls = async (): Promise<HallLine[]> => (await get<{ items: HallLine[] }>('/public/halls')).items;
export const take = (service: string, key: string): Promise<Taken> => post('/public/tickets', { service }, key);
export const held = (code: string): Promise<Held> => post('/public/tickets/look', { code });
export const leave = (code: string): Promise<Held> => post('/public/tickets/leave', { code });
export const rate = (code: string, score: number, tags: Tag[], comment: string): Promise<{ score: number }> =>
  post('/public/tickets/rate', { code, score, tags, comment: comment.trim() || null });

export const opinions = (query: Record<string, string | undefined>): Promise<Page<Opinion>> => get('/public/opinions', query);
export const say = (body: object, key: string): Promise<{ id: string; code: string }> => post('/public/opinions', body, key);
export const said = (code: string): Promise<OpinionHeld> => post('/public/opinions/look', { code });
export const voice = (id: string): Promise<{ voices: number }> => post(`/public/opinions/${encodeURIComponent(id)}/voice`, { voter: voterNumber() });
export const surveys = async (): Promise<SurveyLine[]> => (await get<{ items: SurveyLine[] }>('/public/surveys')).items;
export const survey = (id: string): Promise<Survey> => get(`/public/surveys/${encodeURIComponent(id)}`);
export const reply = (id: string, answers: Answers): Promise<void> => post(`/public/surveys/${encodeURIComponent(id)}/answers`, { voter: voterNumber(), answers });
