/** What a route tells, asked again every so often while the page is seen; unchanged it costs an empty answer (ETag). */
import { useEffect, useState } from 'react';
import { Problem, reasonOf, urlOf } from '../../api/request';

export interface Latest<T> {
  data: T | null;
  /** Why there is no newer answer; what is shown is the last one. */
  problem: string | null;
}

/** path null: nothing is asked. */
export function useLatest<T>(path: string | null, everyMs: number): Latest<T> {
  const [latest, setLatest] = useState<Latest<T>>({ data: null, problem: null });
  useEffect(() => {
    if (path === null) return undefined;
    const stop = new AbortController();
    let tag = '';
    const ask = async () => {
      if (document.visibilityState !== 'visible') return;
      try {
        const response = await fetch(urlOf(path), { headers: tag ? { 'If-None-Match': tag } : {}, cache: 'no-store', signal: stop.signal });
        if (response.status === 304) return setLatest((old) => (old.problem === null ? old : { ...old, problem: null }));
        const said = (await response.json()) as T & { detail?: string };
        if (!response.ok) throw new Problem(response.status, said.detail ?? response.statusText);
        tag = response.headers.get('ETag') ?? '';
        setLatest({ data: said, problem: null });
      } catch (error) {
        if (!stop.signal.aborted) setLatest((old) => ({ ...old, problem: reasonOf(error) }));
      }
    };
    void ask();
    const timer = setInterval(() => void ask(), everyMs);
    return () => (stop.abort(), clearInterval(timer));
  }, [path, everyMs]);
  return latest;
}
