/** Where somebody was on a track at an instant: between the positions before and after it. Pure. */
import type { Track } from '../api/types';

/** [longitude, latitude] at `ms`; the first or last place outside the track's time. */
export function placeAt(track: Track, times: readonly number[], ms: number): [number, number] {
  let low = 0;
  let high = times.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (times[middle]! <= ms) low = middle;
    else high = middle - 1;
  }
  const next = Math.min(low + 1, times.length - 1);
  const span = times[next]! - times[low]!;
  const part = span > 0 ? Math.min(1, Math.max(0, (ms - times[low]!) / span)) : 0;
  const between = (values: readonly number[]) => values[low]! + (values[next]! - values[low]!) * part;
  return [between(track.longitude), between(track.latitude)];
}
