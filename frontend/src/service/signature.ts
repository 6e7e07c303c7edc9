/** A signature: strokes of points in thousandths of the field's width and height, so that it fits any screen. Pure. */
import type { Stroke } from './types';

/** What the server takes at most. */
export const MOST_POINTS = 4_000;
const MOST_STROKES = 100;
const SCALE = 1_000;
/** Points nearer than this to the one before, in thousandths, say nothing new. */
const LEAST = 4;

/** The point of a field that is `width` by `height` pixels. */
export const pointOf = (x: number, y: number, width: number, height: number): [number, number] => [scaled(x, width), scaled(y, height)];

const scaled = (at: number, length: number): number => Math.round((Math.min(Math.max(at, 0), length) / length) * SCALE);

/** With another stroke begun there; unchanged where there are enough. */
export const begun = (strokes: readonly Stroke[], point: [number, number]): readonly Stroke[] => (strokes.length < MOST_STROKES ? [...strokes, [point]] : strokes);

/** With the last stroke drawn on to there. */
export function drawnTo(strokes: readonly Stroke[], point: [number, number]): readonly Stroke[] {
  const last = strokes.at(-1);
  const before = last?.at(-1);
  if (!last || !before || countOf(strokes) >= MOST_POINTS || Math.hypot(point[0] - before[0], point[1] - before[1]) < LEAST) return strokes;
  return [...strokes.slice(0, -1), [...last, point]];
}

/** Whether it is a line, and not a few dots. */
export const isSigned = (strokes: readonly Stroke[]): boolean => countOf(strokes) - strokes.length >= 5;

const countOf = (strokes: readonly Stroke[]): number => strokes.reduce((sum, one) => sum + one.length, 0);

/** As the `d` of an SVG path in a box of 1000 by 1000. */
export const pathOfStrokes = (strokes: readonly Stroke[]): string => strokes.map((one) => `M${one.map(([x, y]) => `${x} ${y}`).join('L')}`).join('');
