/** What the server knows of the member's diary and score; without a network, what was last known. */
import type { Entry, Objection, Score } from '../../appraisal/types';
import { read } from '../session';
import { setState } from '../store';
import type { Known } from './entry';

export const readDiary = async (): Promise<void> => setState({ diary: (await read<{ items: Entry[] }>('/diary', { limit: 50 })).items });

/** period: null, the running one. */
export async function readScore(period: string | null): Promise<Score> {
  const score = await read<Score>('/appraisal/mine', period ? { period } : {});
  if (period === null) setState({ score });
  return score;
}

export const readPeriods = async (): Promise<string[]> => (await read<{ items: { period: string }[] }>('/appraisal/periods')).items.map((one) => one.period);

export const readObjections = async (): Promise<Objection[]> => (await read<{ items: Objection[] }>('/appraisal/objections', { limit: 50 })).items;

/** An entry as the server has it now. */
export const tookEntry = (entry: Entry): void => setState((state) => ({ diary: [entry, ...state.diary.filter((one) => one.id !== entry.id)].sort((a, b) => b.written_at.localeCompare(a.written_at)) }));

const MOST = 8;

/** Residents whose name, house or id has that part. */
export async function residents(part: string): Promise<Known[]> {
  const { items } = await read<{ items: { id: string; name: string; number: string | null; address: string | null }[] }>('/registry/people', { q: part, limit: MOST });
  return items.map((one) => ({ id: one.id, label: [one.name, one.address, one.number].filter(Boolean).join(' · ') }));
}
