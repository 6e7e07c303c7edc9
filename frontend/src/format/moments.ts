/** Instants for people, in the page's language and the browser's own time zone. */
import i18next from 'i18next';

const locale = (): string => (i18next.language === 'zh' ? 'zh-CN' : 'en-GB');

/** "14:05", with the day before it when it was another one than today. */
export function momentOf(time: string | number, now: Date = new Date()): string {
  const at = new Date(time);
  const day = at.toDateString() === now.toDateString() ? {} : ({ day: 'numeric', month: 'short' } as const);
  return at.toLocaleString(locale(), { ...day, hour: '2-digit', minute: '2-digit' });
}

/** "14:05". */
export const timeOf = (time: string | number): string => new Date(time).toLocaleTimeString(locale(), { hour: '2-digit', minute: '2-digit' });

/** "25 Nov 2026, 14:05". */
export const instantOf = (time: string | number): string => new Date(time).toLocaleString(locale(), { dateStyle: 'medium', timeStyle: 'short' });

/** "25 Nov 2026, 14:05:09". */
export const secondOf = (time: string | number): string => new Date(time).toLocaleString(locale(), { dateStyle: 'medium', timeStyle: 'medium' });
