/** What this browser keeps: the code of its ticket until that is put away, and a number by which it counts once. */
import { newKey } from '../../api/key';

const NAME = 'gridwarden.ticket';

export const keptCode = (): string | null => localStorage.getItem(NAME);
export const keepCode = (code: string): void => localStorage.setItem(NAME, code);
export const dropCode = (): void => localStorage.removeItem(NAME);

const VOTER = 'gridwarden.voter';

/** Random, the same for as long as the browser keeps it. */
export function voterNumber(): string {
  const known = localStorage.getItem(VOTER);
  if (known !== null) return known;
  const made = newKey();
  localStorage.setItem(VOTER, made);
  return made;
}

const DONE = 'gridwarden.answered';

/** Things that this browser has answered or joined, so that it need not ask again. */
export const hasDone = (id: string): boolean => done().includes(id);
export const keepDone = (id: string): void => localStorage.setItem(DONE, JSON.stringify([...done(), id].slice(-200)));

function done(): string[] {
  try {
    return JSON.parse(localStorage.getItem(DONE) ?? '[]') as string[];
  } catch {
    return [];
  }
}
