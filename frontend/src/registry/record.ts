/** A record as a form has it, and what becomes of it when somebody else was quicker. Pure. */
import type { Field } from './elements';
import type { RecordOf } from './types';

export type Values = Record<string, unknown>;

/** What a form begins with. A sealed number is not told: empty is unchanged. */
export function valuesOf(fields: readonly Field[], record: RecordOf | null, fixed: Readonly<Record<string, string>> = {}): Values {
  return Object.fromEntries(fields.map((field) => [field.name, valueOf(field, record, fixed)]));
}

function valueOf({ name, kind, first }: Field, record: RecordOf | null, fixed: Readonly<Record<string, string>>): unknown {
  if (kind === 'sealed') return '';
  if (record !== null) return record[name] ?? null;
  if (kind === 'groups' || kind === 'entrances') return [];
  return fixed[name] ?? first ?? null;
}

/** Only what is filled in, for a new one. */
export const filledIn = (values: Values): Values => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null && value !== ''));

/** Text that may not be missing is empty instead: a name of a building, say. */
export const sent = (values: Values, empties: ReadonlySet<string>): Values =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value === null && empties.has(name) ? '' : value]));

/** Fields that are text and never null. */
export const EMPTIES: ReadonlySet<string> = new Set(['name', 'address']);

/** theirs: what stands now, mine: what I would write; both: whether both changed it, and differently. */
export interface Clash {
  name: string;
  theirs: unknown;
  mine: unknown;
  both: boolean;
}

/** Whatever they or I changed since `first`, as it would be saved. */
export function clashesOf(first: Values, theirs: Values, mine: Values): Clash[] {
  return Object.keys(first).flatMap((name) => {
    const [they, I] = [!same(first[name], theirs[name]), !same(first[name], mine[name])];
    return they || I ? [{ name, theirs: theirs[name], mine: I ? mine[name] : theirs[name], both: they && I && !same(theirs[name], mine[name]) }] : [];
  });
}

export const same = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/** Fields that differ between two records, or that only one of them says; those of `names` first to last. */
export function differences(names: readonly string[], one: RecordOf, other: RecordOf): string[] {
  return names.filter((name) => !same(one[name], other[name]));
}

/** What only the other says: taken by default when the two become one. */
export const toTake = (names: readonly string[], kept: RecordOf, gone: RecordOf): string[] => names.filter((name) => isNothing(kept[name]) && !isNothing(gone[name]));

const isNothing = (value: unknown): boolean => value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
