/** A form in one language: what the library draws has one title a field. Pure. */
import { nameIn } from '../../i18n/names';
import type { Choice, Field } from '../types';

const isChinese = (language: string): boolean => language.startsWith('zh');

/** The field's name in that language. */
export const titleOf = (field: Field, language: string): string => nameIn(language, field.title ?? '', field['x-title-zh'] ?? '');

export const nameOfChoice = (choice: Choice, language: string): string => nameIn(language, choice.title, choice['x-title-zh']);

/** The definition with titles and descriptions of that language only, also of what lies within. */
export function inLanguage(field: Field, language: string): Field {
  const { 'x-title-zh': _, 'x-description-zh': described, ...rest } = field;
  const shown: Field = { ...rest, ...(field.title === undefined ? {} : { title: titleOf(field, language) }) };
  if (isChinese(language) && described) shown.description = described;
  if (field.oneOf) shown.oneOf = field.oneOf.map((one) => ({ const: one.const, title: nameOfChoice(one, language) }) as Choice);
  if (field.items) shown.items = inLanguage(field.items, language);
  if (field.properties) shown.properties = Object.fromEntries(Object.entries(field.properties).map(([name, one]) => [name, inLanguage(one, language)]));
  return shown;
}

/** An answer as a person reads it; null where there is none. words: for yes and no. */
export function answerText(field: Field, answer: unknown, language: string, words: { yes: string; no: string }): string | null {
  if (answer === undefined || answer === null || answer === '') return null;
  if (typeof answer === 'boolean') return answer ? words.yes : words.no;
  if (Array.isArray(answer)) return answer.map((one) => answerText(field.items ?? { type: 'string' }, one, language, words) ?? '').join(isChinese(language) ? '、' : ', ') || null;
  if (typeof answer === 'object') {
    return Object.entries(field.properties ?? {})
      .flatMap(([name, one]) => {
        const said = answerText(one, (answer as Record<string, unknown>)[name], language, words);
        return said === null ? [] : [`${titleOf(one, language)}: ${said}`];
      })
      .join('; ');
  }
  const choice = field.oneOf?.find((one) => one.const === answer);
  return choice ? nameOfChoice(choice, language) : String(answer);
}
