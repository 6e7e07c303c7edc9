/** What the desk of party building decides, without a browser. Pure. */
import { APPROVERS } from '../app/roles';
import type { Draft, OpinionState, PublicationState, Question, QueueWindow } from './types';

export const DEEDS = ['submit', 'approve', 'send-back', 'publish', 'withdraw', 'revise'] as const;
export type Deed = (typeof DEEDS)[number];

const ALLOWED: Readonly<Record<PublicationState, readonly Deed[]>> = {
  draft: ['submit'],
  submitted: ['approve', 'send-back'],
  approved: ['publish', 'revise'],
  published: ['withdraw', 'revise'],
  withdrawn: ['revise'],
};

/** What the server allows; it has the last word. yours: whoever wrote some of it does not approve it. */
export const deedsOf = (state: PublicationState, role: string, yours: boolean): readonly Deed[] =>
  ALLOWED[state].filter((deed) => (deed !== 'approve' && deed !== 'send-back') || (APPROVERS.has(role) && (deed === 'send-back' || !yours)));

/** Deeds that need a reason. */
export const needsReason = (deed: Deed): boolean => deed === 'send-back' || deed === 'withdraw';

export const EMPTY: Draft = { section: 'notice', title_en: null, title_zh: null, body_en: null, body_zh: null, pinned: false };

/** Whether title and text are there in one language at least. */
export const isWhole = (draft: Draft): boolean => Boolean((draft.title_en && draft.body_en) || (draft.title_zh && draft.body_zh));

/** A field as it is sent: what is blank is none. */
export const written = (text: string): string | null => (text.trim() ? text : null);

export const WINDOW_DEEDS = ['recall', 'serve', 'finish', 'no-show', 'transfer'] as const;
export type WindowDeed = (typeof WINDOW_DEEDS)[number];

/** What may be done with who is at a window. */
export const stepsOf = (window: Pick<QueueWindow, 'ticket_state'>): readonly WindowDeed[] =>
  window.ticket_state === 'called' ? ['serve', 'recall', 'no-show', 'transfer'] : window.ticket_state === 'serving' ? ['finish', 'transfer'] : [];

/** Of the scores 1 to 5 that were given, the share of each in percent. */
export const shares = (scores: readonly number[]): number[] => {
  const sum = scores.reduce((a, b) => a + b, 0);
  return scores.map((one) => (sum ? (100 * one) / sum : 0));
};

export type OpinionDeed = 'publish' | 'keep' | 'answer';
const OPINION_DEEDS: Readonly<Record<OpinionState, readonly OpinionDeed[]>> = { received: ['publish', 'keep'], published: ['answer', 'keep'], answered: ['answer', 'keep'], kept: ['publish'] };
export const opinionDeeds = (state: OpinionState): readonly OpinionDeed[] => OPINION_DEEDS[state];

/** A question as it is written: options one a line, "English | 中文". */
export interface Written {
  kind: Question['kind'];
  text_en: string;
  text_zh: string;
  options: string;
  required: boolean;
}

/** Questions of what is written; codes are made of their order. null where something is missing. */
export function questionsOf(written: readonly Written[]): Question[] | null {
  const made = written.map(({ kind, text_en, text_zh, options, required }, n): Question => ({
    code: `q${n + 1}`, kind, text_en: text_en.trim(), text_zh: text_zh.trim(), required,
    options: kind === 'single' || kind === 'multiple' ? optionsOf(options) : [],
  }));
  const whole = made.every((one) => one.text_en && one.text_zh && (one.options.length >= 2 || one.kind === 'scale' || one.kind === 'text'));
  return made.length && whole ? made : null;
}

const optionsOf = (lines: string): Question['options'] =>
  lines.split('\n').filter((line) => line.trim()).map((line, n) => {
    const [en = '', zh = ''] = line.split('|').map((part) => part.trim());
    return { code: `o${n + 1}`, text_en: en, text_zh: zh || en };
  });
