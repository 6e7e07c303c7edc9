/** A list of the server's, page by page as one scrolls: a hundred thousand rows cost what is looked at. */
import { useCallback, useEffect, useRef, useState } from 'react';
import { get, reasonOf, type Page, type Query } from '../../api/request';

export interface Pages<T> {
  rows: readonly T[];
  problem: string | null;
  busy: boolean;
  /** Whether the last page is here. */
  done: boolean;
  /** The next page, unless one is on its way. */
  more(): void;
  again(): void;
}

interface State<T> {
  rows: readonly T[];
  next: string | null;
  problem: string | null;
  busy: boolean;
  done: boolean;
}

const START = { rows: [], next: null, problem: null, busy: true, done: false };
const LIMIT = 200;

/** The pages of `path`; another query starts anew. What was there stays until the first answer. */
export function usePages<T>(path: string, query: Query): Pages<T> {
  const [state, setState] = useState<State<T>>(START);
  const asked = useRef<AbortController | null>(null);
  const now = useRef(state);
  now.current = state;
  const wanted = JSON.stringify(query);

  const ask = useCallback(
    (cursor: string | null) => {
      asked.current?.abort();
      const mine = (asked.current = new AbortController());
      setState((old) => ({ ...old, busy: true, problem: null }));
      get<Page<T>>(path, { limit: LIMIT, ...(JSON.parse(wanted) as Query), cursor }, mine.signal).then(
        ({ items, next }) =>
          mine === asked.current && setState((old) => ({ rows: cursor === null ? items : [...old.rows, ...items], next, problem: null, busy: false, done: next === null })),
        (error: unknown) => mine === asked.current && setState((old) => ({ ...old, busy: false, problem: reasonOf(error) })),
      );
    },
    [path, wanted],
  );
  useEffect(() => {
    ask(null);
    return () => asked.current?.abort();
  }, [ask]);
  const more = useCallback(() => {
    const { busy, done, next, problem } = now.current;
    if (!busy && !done && next !== null && problem === null) ask(next);
  }, [ask]);
  const again = useCallback(() => ask(null), [ask]);
  return { rows: state.rows, problem: state.problem, busy: state.busy, done: state.done, more, again };
}
