/** Pure: how scores are said. */

/** Two digits behind the point, none where there are none to say. */
export const pointsOf = (points: number): string => (Number.isInteger(points) ? String(points) : points.toFixed(2).replace(/0$/, ''));

/** Places gained (above 0) or lost since the period before; null where there is nothing to compare. */
export const climbed = (rank: number | null, before: number | null): number | null => (rank === null || before === null ? null : before - rank);

/** 0 to 100: how much of a bar is filled. */
export const filled = (points: number, possible: number): number => (possible > 0 ? Math.max(0, Math.min(100, (100 * points) / possible)) : 0);

const EDGE = 4;

/** Points of a line through the scores, the first at the left, the best possible at the top; places in pixels. */
export function lineOf(trend: readonly { total: number; possible: number }[], width: number, height: number): [number, number][] {
  const step = (width - 2 * EDGE) / Math.max(1, trend.length - 1);
  return trend.map((one, n) => [EDGE + n * step, EDGE + (height - 2 * EDGE) * (1 - filled(one.total, one.possible) / 100)]);
}

/** A value with its unit: rates in percent, entries and ratings as they are. */
export function valueOf(code: string, value: number | null): string {
  if (value === null) return '–';
  return code.startsWith('diary') ? pointsOf(value) : `${pointsOf(value)} %`;
}

/** `rules` with one value of one rule replaced; an empty text is no value. */
export function changed<T extends { code: string }>(rows: readonly T[], code: string, change: Partial<T>): T[] {
  return rows.map((row) => (row.code === code ? { ...row, ...change } : row));
}
