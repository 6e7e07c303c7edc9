/** Routes of the appraisal and the work diary. */
import { get, post, urlOf, type Page } from '../api/request';
import type { Entry, Falsification, Level, Objection, Period, Preview, Ranking, Rules, RuleSet, Score, Verdict } from './types';

type Some = string | undefined;

export const periods = async (): Promise<Period[]> => (await get<{ items: Period[] }>('/appraisal/periods')).items;
export const verify = async (): Promise<Verdict[]> => (await get<{ items: Verdict[] }>('/appraisal/verify')).items;
export const ranking = (level: Level, period: Some, organisation: Some): Promise<Ranking> => get('/appraisal/ranking', { level, period, organisation });
export const fileOf = (kind: 'csv' | 'xlsx', level: Level, period: Some, organisation: Some): string => urlOf(`/reports/appraisal.${kind}`, { level, period, organisation });
export const score = (level: Level, id: string, period: Some): Promise<Score> =>
  level === 'member' ? get(`/appraisal/members/${encodeURIComponent(id)}`, { period }) : get(`/appraisal/organisations/${encodeURIComponent(id)}`, { level, period });
export const mine = (): Promise<Score> => get('/appraisal/mine');
export const objections = async (): Promise<Objection[]> => (await get<Page<Objection>>('/appraisal/objections', { limit: 200 })).items;
export const object = (body: { level: Level; subject: string; period: string; rule?: string; incident?: string; reason: string }, key: string): Promise<Objection> => post('/appraisal/objections', body, key);
export const decide = (id: string, body: { version: number; accepts: boolean; points: number; answer: string }): Promise<Objection> => post(`/appraisal/objections/${encodeURIComponent(id)}/decision`, body);
export const rules = (): Promise<Rules> => get('/appraisal/rules');
export const changeRules = (rules: RuleSet, note: string, seen: number): Promise<Rules> => post('/appraisal/rules', { rules, note, seen });
export const preview = (rules: RuleSet): Promise<Preview> => post('/appraisal/rules/preview', { rules });
export const falsifications = async (): Promise<Falsification[]> => (await get<Page<Falsification>>('/appraisal/falsifications', { limit: 200 })).items;
export const judge = (id: string, confirms: boolean, reason: string): Promise<Falsification> => post(`/appraisal/falsifications/${encodeURIComponent(id)}/decision`, { confirms, reason });
export const entries = async (drawn: boolean, organisation: Some): Promise<Entry[]> => (await get<Page<Entry>>('/diary', { limit: 200, rated: drawn ? false : undefined, organisation })).items;
export const followUp = (id: string, kind: string): Promise<Entry> => post(`/diary/${encodeURIComponent(id)}/incident`, { kind });
export const draw = (): Promise<{ drawn: number }> => post('/diary/samples');
export const rate = (id: string, rating: number, word: string): Promise<Entry> => post(`/diary/${encodeURIComponent(id)}/rating`, { rating, word });
