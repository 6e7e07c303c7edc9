/** Which incidents fit the words that a dispatcher typed. Pure. */
import { nameIn } from '../i18n/names';
import type { Incident } from './types';

/** Those in which every word occurs, in the order in which they came. */
export function found(incidents: readonly Incident[], search: string, language: string): Incident[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return incidents.filter((one) => {
    const text = [one.id, nameIn(language, one.kind_en, one.kind_zh), one.kind, one.description, one.address ?? '', ...one.assignments.map((sent) => sent.name ?? '')].join('\n').toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
