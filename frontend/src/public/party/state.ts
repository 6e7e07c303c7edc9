/** What the public's pages of party building decide, without a browser. Pure. */
import type { Answers, Called, Question, Ticket } from './types';

/** A block of a text: its only markup. What looks like a tag stays the text that it is. */
export type Block = { kind: 'heading' | 'paragraph'; text: string } | { kind: 'list'; items: string[] };

/** "# " begins a heading, "- " an item of a list, an empty line a new paragraph; nothing else means anything. */
export function blocksOf(text: string): Block[] {
  const blocks: Block[] = [];
  let open = false;
  for (const line of text.split(/\r?\n/)) {
    const last = blocks.at(-1);
    const words = line.trim();
    if (!words) open = false;
    else if (/^#{1,3} /.test(line)) {
      blocks.push({ kind: 'heading', text: line.replace(/^#+ /, '').trim() });
      open = false;
    } else if (/^[-*] /.test(line)) {
      if (open && last?.kind === 'list') last.items.push(line.slice(2).trim());
      else blocks.push({ kind: 'list', items: [line.slice(2).trim()] });
      open = true;
    } else if (open && last?.kind === 'paragraph') last.text += `\n${words}`;
    else {
      blocks.push({ kind: 'paragraph', text: words });
      open = true;
    }
  }
  return blocks;
}

/** Title or text in the page's language, else in the one there is. */
export const wordsIn = (language: string, en: string | null, zh: string | null): { text: string; lang: 'en' | 'zh' } =>
  (language === 'zh' ? zh : en) !== null ? { text: (language === 'zh' ? zh : en)!, lang: language === 'zh' ? 'zh' : 'en' } : { text: en ?? zh ?? '', lang: en !== null ? 'en' : 'zh' };

/** Minutes of an estimate, rounded up, so that nobody is promised less. */
export const minutesOf = (seconds: number): number => Math.ceil(seconds / 60);

/** Who is called now, for the big letters of the screen; of a window only the newest. */
export const nowCalled = (calls: readonly Called[]): Called[] => calls.filter((one) => one.state === 'called' || one.state === 'serving');

/** A call that the screen has not shown yet: its number or how often it was called is new. */
export const callKey = (one: Called): string => `${one.label} ${one.calls} ${one.called_at}`;

export const isOver = (ticket: Pick<Ticket, 'state'>): boolean => ticket.state === 'served' || ticket.state === 'left' || ticket.state === 'no_show';

/** The answers of a form: what is empty is left out. */
export function answersOf(questions: readonly Question[], form: FormData): Answers {
  const answers: Answers = {};
  for (const { code, kind } of questions) {
    const values = form.getAll(code).map((value) => String(value).trim()).filter(Boolean);
    if (values.length === 0) continue;
    answers[code] = kind === 'multiple' ? values : kind === 'scale' ? Number(values[0]) : values[0]!;
  }
  return answers;
}

/** What may be chosen, with how many did; in order. */
export const countsOf = (question: Question, results: Record<string, number>): { code: string; text_en: string; text_zh: string; count: number }[] =>
  (question.kind === 'scale' ? [1, 2, 3, 4, 5].map((one) => ({ code: String(one), text_en: String(one), text_zh: String(one) })) : question.options).map((one) => ({ ...one, count: results[one.code] ?? 0 }));
