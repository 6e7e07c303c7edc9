/** A form as a list of questions that a person edits, and back to its definition. Pure. */
import type { Choice, Element, Field, Form, Hints } from '../types';

/** How a question is answered; `other`: in a way that this editor leaves as it is. */
export const KINDS = ['text', 'longText', 'integer', 'number', 'yesNo', 'choice', 'choices', 'date', 'other'] as const;
export type Kind = (typeof KINDS)[number];

/** A question. name: under which answers are stored, never changed once it is there; rest: of the field and its hints, what the editor does not show. */
export interface Row {
  name: string;
  kind: Kind;
  title: string;
  zh: string;
  required: boolean;
  choices: Choice[];
  rest: { field: Partial<Field>; hints: Hints };
}

export interface Sheet {
  code: string;
  title_en: string;
  title_zh: string;
  elements: Element[];
  readers: string[];
  fillers: string[];
  rows: Row[];
}

const LONG = 2_000;
const SHORT = 200;

function kindOf(field: Field, hints: Hints): Kind {
  if (field.type === 'string' && field.oneOf) return 'choice';
  if (field.type === 'array' && field.items?.oneOf) return 'choices';
  if (field.type === 'string' && field.format === 'date') return 'date';
  if (field.type === 'string' && !field.format) return hints['ui:widget'] === 'textarea' ? 'longText' : 'text';
  if (field.type === 'boolean') return 'yesNo';
  return (field.type === 'integer' || field.type === 'number') && !field.oneOf ? field.type : 'other';
}

/** The questions of a form, in the order in which they are asked. */
export function sheetOf(form: Form): Sheet {
  const { properties = {}, required = [] } = form.definition;
  const order = (form.ui['ui:order'] as string[] | undefined) ?? Object.keys(properties);
  const rows = order.map((name): Row => {
    const { title = '', 'x-title-zh': zh = '', oneOf, ...field } = properties[name]!;
    const hints = (form.ui[name] as Hints | undefined) ?? {};
    return { name, kind: kindOf(properties[name]!, hints), title, zh, required: required.includes(name), choices: oneOf ?? field.items?.oneOf ?? [], rest: { field, hints } };
  });
  return { code: form.code, title_en: form.title_en, title_zh: form.title_zh, elements: form.elements, readers: form.readers, fillers: form.fillers, rows };
}

const FIELDS: Record<Exclude<Kind, 'other'>, (row: Row) => Partial<Field>> = {
  text: () => ({ type: 'string', maxLength: SHORT }),
  longText: () => ({ type: 'string', maxLength: LONG }),
  integer: () => ({ type: 'integer' }),
  number: () => ({ type: 'number' }),
  yesNo: () => ({ type: 'boolean' }),
  choice: (row) => ({ type: 'string', oneOf: row.choices }),
  choices: (row) => ({ type: 'array', uniqueItems: true, items: { type: 'string', oneOf: row.choices } }),
  date: () => ({ type: 'string', format: 'date' }),
};

/** What the field says beside its names; bounds that were there before stay. */
function fieldOf(row: Row): Partial<Field> {
  if (row.kind === 'other') return row.rest.field;
  return { ...FIELDS[row.kind](row), ...row.rest.field, ...(row.kind === 'choice' ? { oneOf: row.choices } : {}), ...(row.kind === 'choices' ? { items: { ...(row.rest.field.items ?? { type: 'string' }), oneOf: row.choices } } : {}) };
}

function hintsOf(row: Row): Hints {
  return row.kind === 'longText' ? { ...row.rest.hints, 'ui:widget': 'textarea' } : row.rest.hints;
}

/** As the server takes it; the order of the questions is that of the definition. */
export function definitionOf(rows: readonly Row[]): Pick<Form, 'definition' | 'ui'> {
  const properties = rows.map((row) => [row.name, { ...fieldOf(row), title: row.title, 'x-title-zh': row.zh }]);
  const ui = rows.map((row) => [row.name, hintsOf(row)] as const).filter(([, hints]) => Object.keys(hints).length > 0);
  return {
    definition: { type: 'object', additionalProperties: false, required: rows.filter((row) => row.required).map((row) => row.name), properties: Object.fromEntries(properties) },
    ui: Object.fromEntries(ui),
  };
}

/** A question with another kind of answer: what only the kind before had is dropped. */
export const withKind = (row: Row, kind: Kind): Row => ({ ...row, kind, rest: { field: {}, hints: {} } });

/** A name that no other question has. */
export function freeName(stem: string, taken: readonly string[]): string {
  const clean = stem.toLowerCase().replaceAll(/[^a-z0-9]+/g, '_').replaceAll(/^[^a-z]+|_+$/g, '').slice(0, 32) || 'question';
  let name = clean;
  for (let n = 2; taken.includes(name); n += 1) name = `${clean}_${n}`;
  return name;
}

export const added = (rows: readonly Row[]): Row[] => [
  ...rows,
  { name: freeName('question', rows.map((row) => row.name)), kind: 'text', title: '', zh: '', required: false, choices: [], rest: { field: {}, hints: {} } },
];

/** The row of that place one place up (-1) or down (1). */
export function moved(rows: readonly Row[], place: number, by: -1 | 1): Row[] {
  const [one, other] = [rows[place], rows[place + by]];
  if (!one || !other) return [...rows];
  return rows.map((row, n) => (n === place ? other : n === place + by ? one : row));
}

/** Choices as lines that a person writes: "English | 中文", one a line. */
export const choicesText = (choices: readonly Choice[]): string => choices.map((one) => `${one.title} | ${one['x-title-zh']}`).join('\n');

/** Back; a choice that keeps its place keeps what is stored for it. */
export function choicesOf(text: string, before: readonly Choice[]): Choice[] {
  const said = text.split('\n').filter((line) => line.trim() !== '').map((line) => {
    const [title = '', zh = ''] = line.split('|').map((part) => part.trim());
    return { title, zh };
  });
  const known = (title: string, zh: string, place: number) => before.find((one) => one.title === title) ?? before.find((one) => one['x-title-zh'] === zh && zh !== '') ?? (said.length === before.length ? before[place] : undefined);
  const choices: Choice[] = [];
  for (const [place, { title, zh }] of said.entries()) {
    const stored = known(title, zh, place)?.const;
    const taken = choices.map((one) => String(one.const));
    choices.push({ const: stored !== undefined && !taken.includes(String(stored)) ? stored : freeName(title, taken), title, 'x-title-zh': zh || title });
  }
  return choices;
}
