/** Forms as data, and what was filled in by them; times RFC 3339 UTC, places degrees WGS 84. */

export const ELEMENTS = ['people', 'households', 'buildings', 'houses', 'places', 'things', 'establishments'] as const;
export type Element = (typeof ELEMENTS)[number];

/** Whom a form may let read and fill in. */
export const READERS = ['administrator', 'commander', 'dispatcher', 'supervisor', 'officer', 'member'] as const;

/** A choice: what is stored, and how it is called. */
export interface Choice {
  const: string | number;
  title: string;
  'x-title-zh': string;
}

/** One field, or the whole definition: the part of JSON Schema 2020-12 that the server takes. */
export interface Field {
  type: 'string' | 'integer' | 'number' | 'boolean' | 'array' | 'object';
  title?: string;
  'x-title-zh'?: string;
  description?: string;
  'x-description-zh'?: string;
  format?: string;
  oneOf?: Choice[];
  items?: Field;
  properties?: Record<string, Field>;
  required?: string[];
  [word: string]: unknown;
}

export type Hints = Record<string, unknown>;

/** A version of a form. */
export interface Form {
  id: string;
  code: string;
  version: number;
  state: 'draft' | 'published' | 'retired';
  title_en: string;
  title_zh: string;
  elements: Element[];
  definition: Field;
  ui: Record<string, Hints | string[]>;
  readers: string[];
  fillers: string[];
  seen: number;
  by_name: string;
  made_at: string;
  published_at: string | null;
  retired_at: string | null;
}

export type Answers = Record<string, unknown>;

export interface Entry {
  id: string;
  version: number;
  form: string;
  form_version: number;
  title_en: string;
  title_zh: string;
  element: Element;
  record: string;
  organisation: string;
  answers: Answers;
  filled_at: string;
  saved_at: string;
  by_name: string;
  latitude: number | null;
  longitude: number | null;
  ended_at: string | null;
}
