/** Fields of a short form. Pure. */

export interface Field {
  name: string;
  kind: 'found' | 'line' | 'text' | 'tel' | 'date' | 'number' | 'choice' | 'organisation' | 'incident-kind' | 'check';
  label: string;
  hint?: string;
  required?: boolean;
  start?: string;
  /** Of a line: signs at most. */
  most?: number;
  /** Of a number. */
  least?: number;
  /** Of what is found by typing: which kinds of things. */
  among?: 'people' | 'members';
  /** Of a choice. */
  data?: readonly { value: string; label: string }[];
  /** What is wrong with what was typed; null where nothing is. */
  fault?: (value: string) => string | null;
}

export type Values = Readonly<Record<string, string>>;

/** Whether everything is there that must be, and nothing is wrong. */
export const isReady = (fields: readonly Field[], values: Values): boolean =>
  fields.every(({ name, required, fault }) => (!required || (values[name] ?? '').trim() !== '') && !fault?.(values[name] ?? ''));

/** The texts as a body: trimmed, null where nothing was said. */
export const said = (values: Values, ...names: string[]): Record<string, string | null> => Object.fromEntries(names.map((name) => [name, values[name]?.trim() || null]));
