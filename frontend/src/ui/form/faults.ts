/** What the server found wrong, by the field that it concerns. Pure. */
import { Problem, reasonOf } from '../../api/request';

/** fields: the fault of each; rest: what belongs to none of them. */
export interface Told {
  fields: Readonly<Record<string, string>>;
  rest: string | null;
}

export const NOTHING: Told = { fields: {}, rest: null };

/** names: of the form's fields. taken: the field that a 409 is about, such as an id that somebody has already. */
export function toldOf(error: unknown, names: readonly string[], taken?: string): Told {
  if (!(error instanceof Problem)) return { fields: {}, rest: reasonOf(error) };
  const fields: Record<string, string> = {};
  const rest: string[] = [];
  for (const { at, reason } of error.errors) {
    const name = (at ?? '').split('.')[0]!;
    const words = reason ?? error.message;
    if (names.includes(name)) fields[name] ??= words;
    else rest.push(name ? `${name}: ${words}` : words);
  }
  if (error.errors.length) return { fields, rest: rest.length ? rest.join('; ') : null };
  if (error.status === 409 && taken) return { fields: { [taken]: error.message }, rest: null };
  return { fields, rest: error.message };
}

/** Only what differs from before, for a PATCH. */
export function changesOf<T extends object>(before: T, after: T): Partial<T> {
  const names = Object.keys(after) as (keyof T)[];
  return Object.fromEntries(names.filter((name) => !same(before[name], after[name])).map((name) => [name, after[name]])) as Partial<T>;
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
