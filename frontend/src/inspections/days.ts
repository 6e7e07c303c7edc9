/** Whole days between now and when something is due: negative once it is overdue. Pure. */
const DAY_MS = 86_400_000;

export const daysUntil = (due: string, now: Date): number => Math.trunc((Date.parse(due) - now.getTime()) / DAY_MS);
