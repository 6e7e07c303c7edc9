/** What the routes of party building tell the public. The desk has the same and more. */

export const SECTIONS = ['party', 'government', 'finance', 'services', 'notice'] as const;
export type NewsSection = (typeof SECTIONS)[number];

/** A line of the list; title and text are there in one language at least. */
export interface NewsLine {
  id: string;
  version: number;
  organisation: string;
  organisation_name: string;
  section: NewsSection;
  title_en: string | null;
  title_zh: string | null;
  pinned: boolean;
  visible_from: string | null;
  visible_until: string | null;
}

export interface NewsFile {
  id: string;
  name: string;
  media_type: string;
  bytes: number;
}

export interface NewsText {
  body_en: string | null;
  body_zh: string | null;
  files: NewsFile[];
}

export interface HallLine {
  id: string;
  name: string;
}

/** wait_s: estimated seconds for who comes now; null: no window is open for it. */
export interface HallService {
  id: string;
  letter: string;
  name_en: string;
  name_zh: string;
  taking: boolean;
  waiting: number;
  windows: number;
  wait_s: number | null;
}

export type TicketState = 'waiting' | 'called' | 'serving' | 'served' | 'no_show' | 'left';

export interface HallWindow {
  id: string;
  name: string;
  state: 'open' | 'closed';
  services: string[];
  /** Of who is there. */
  label: string | null;
  ticket_state: TicketState | null;
}

export interface Called {
  label: string;
  state: TicketState;
  calls: number;
  window_name: string | null;
  called_at: string;
}

export interface Hall extends HallLine {
  services: HallService[];
  windows: HallWindow[];
  calls: Called[];
}

export interface Ticket {
  id: string;
  label: string;
  state: TicketState;
  organisation: string;
  organisation_name: string;
  name_en: string;
  name_zh: string;
  window_name: string | null;
}

/** code: shown once by the server; the browser keeps it. */
export interface Taken extends Ticket {
  code: string;
}

export interface Held extends Ticket {
  ahead: number | null;
  wait_s: number | null;
  score: number | null;
}

export const TAGS = ['attitude', 'speed', 'clarity', 'result', 'place'] as const;
export type Tag = (typeof TAGS)[number];

export const TOPICS = ['environment', 'safety', 'services', 'transport', 'party', 'other'] as const;
export type Topic = (typeof TOPICS)[number];
export type OpinionState = 'received' | 'published' | 'answered' | 'kept';

/** voices: how many others say the same. */
export interface Opinion {
  id: string;
  organisation_name: string;
  topic: Topic;
  title: string;
  body: string;
  language: string;
  state: OpinionState;
  answer: string | null;
  voices: number;
  created_at: string;
}

/** reason: why it is kept back. */
export interface OpinionHeld extends Opinion {
  reason: string | null;
}

export interface Question {
  code: string;
  kind: 'single' | 'multiple' | 'scale' | 'text';
  text_en: string;
  text_zh: string;
  options: { code: string; text_en: string; text_zh: string }[];
  required: boolean;
}

export interface SurveyLine {
  id: string;
  organisation_name: string;
  state: 'draft' | 'open' | 'closed';
  title_en: string;
  title_zh: string;
  about_en: string;
  about_zh: string;
  closes_at: string | null;
  conclusion: string | null;
  answers: number;
}

/** results: counts by question and what was chosen; of an open one none. */
export interface Survey extends SurveyLine {
  questions: Question[];
  results: Record<string, Record<string, number>>;
}

/** By the code of the question. */
export type Answers = Record<string, string | string[] | number>;
