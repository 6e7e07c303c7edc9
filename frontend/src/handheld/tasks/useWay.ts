/** The way to a task: asked while there is a network and when the member left it, kept for when there is none. */
import { useEffect, useRef } from 'react';
import { aheadOf, askWay, type Ahead } from '../../geo/way';
import { setState, useHandheld } from '../store';
import type { Place, Task } from '../types';
import { type KeptWay, withWay } from './ways';

/** How far off the known way somebody is before another is asked for, metres. */
const LEFT_M = 60;
/** Milliseconds before the server is asked again after it could not tell. */
const PAUSE_MS = 15_000;
/** What lies ahead; null until it is known. */
export function useWay(task: Task, own: Place | null): (Ahead & KeptWay) | null {
  const known = useHandheld((state) => state.ways[task.id]);
  const online = useHandheld((state) => state.link) === 'live';
  const asked = useRef(0);
  const ahead = known && own ? { ...aheadOf(known.way, own), ...known } : null;
  const wanted = own !== null && online && (ahead === null || ahead.off > LEFT_M);
  useEffect(() => {
    if (!wanted || own === null || Date.now() - asked.current < PAUSE_MS) return;
    asked.current = Date.now();
    askWay(own, task.incident, 'walking').then((way) => setState(({ ways }) => ({ ways: withWay(ways, task.id, { way, at: Date.now() }) })), () => undefined); // the last one stays, or the straight line
  }, [wanted, own, task.id]);
  return ahead;
}
