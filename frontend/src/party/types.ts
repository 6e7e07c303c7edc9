/** What the routes of party building tell the desk. */
import type { HallWindow, NewsFile, NewsLine, NewsText, OpinionHeld, OpinionState, Question, Survey, SurveyLine, Tag, Taken, TicketState } from '../public/party/types';

export { SECTIONS, TAGS } from '../public/party/types';
export type { Hall, HallLine, NewsSection, Tag, Taken, TicketState } from '../public/party/types';

export const STATES = ['draft', 'submitted', 'approved', 'published', 'withdrawn'] as const;
export type PublicationState = (typeof STATES)[number];

export interface Publication extends NewsLine {
  state: PublicationState;
  author: string;
  approver: string | null;
  reason: string | null;
  created_at: string;
  published_at: string | null;
}

export interface Entry {
  version: number;
  at: string;
  action: string;
  actor: string;
  note: string | null;
}

/** yours: you wrote some of it, so that somebody else approves it. */
export interface PublicationDetail extends Publication, NewsText {
  yours: boolean;
  files: NewsFile[];
  log: Entry[];
}

/** What is written of a draft. */
export interface Draft {
  section: NewsLine['section'];
  title_en: string | null;
  title_zh: string | null;
  body_en: string | null;
  body_zh: string | null;
  pinned: boolean;
}

export interface QueueService {
  id: string;
  version: number;
  organisation: string;
  letter: string;
  name_en: string;
  name_zh: string;
  taking: boolean;
  expected_s: number;
}

export interface QueueWindow extends HallWindow {
  version: number;
  organisation: string;
  place: string;
  operator: string | null;
  ticket: string | null;
  ticket_version: number | null;
  calls: number | null;
  called_at: string | null;
  serving_at: string | null;
}

export interface QueueTicket extends Omit<Taken, 'code'> {
  version: number;
  service: string;
  source: 'phone' | 'desk';
  called_at: string | null;
  created_at: string;
}

export interface Evaluation {
  id: string;
  version: number;
  organisation_name: string;
  subject: 'requests' | 'tickets';
  of: string;
  window_name: string | null;
  service_en: string | null;
  service_zh: string | null;
  score: number;
  tags: Tag[];
  comment: string | null;
  follow_up: string | null;
  followed_up_by: string | null;
  at: string;
  ended_at: string | null;
}

export const GROUPS = ['organisation', 'window', 'service', 'day'] as const;
export type Group = (typeof GROUPS)[number];

export interface Result {
  id: string | null;
  name_en: string | null;
  name_zh: string | null;
  evaluations: number;
  mean: number;
  scores: number[];
  low: number;
  open: number;
}

export interface Place {
  id: string;
  name: string;
}

export type { TicketState as State };

export const OPINION_STATES = ['received', 'published', 'answered', 'kept'] as const satisfies readonly OpinionState[];
export type { OpinionState, Question } from '../public/party/types';

export interface DeskOpinion extends OpinionHeld {
  version: number;
  moderator: string | null;
  answered_by: string | null;
}

export interface DeskSurvey extends SurveyLine {
  version: number;
}

/** words: the newest answers in words, by question. */
export interface SurveyDetail extends DeskSurvey, Survey {
  words: Record<string, string[]>;
}

export interface SurveyDraft {
  title_en: string;
  title_zh: string;
  about_en: string;
  about_zh: string;
  questions: Question[];
}
