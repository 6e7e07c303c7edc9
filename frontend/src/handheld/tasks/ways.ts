/** Ways that the phone keeps for when there is no network. Pure. */
import type { Way } from '../../geo/way';

/** A way with when it was told, ms since 1970. */
export interface KeptWay {
  way: Way;
  at: number;
}

const MOST = 20;

/** With this task's way; the oldest are forgotten. */
export function withWay(ways: Readonly<Record<string, KeptWay>>, task: string, way: KeptWay): Record<string, KeptWay> {
  const all = Object.entries({ ...ways, [task]: way }).sort(([, a], [, b]) => b.at - a.at);
  return Object.fromEntries(all.slice(0, MOST));
}
