/** What the API answered to a question that a view asks when it opens, and again when asked to. */
import { useCallback, useEffect, useRef, useState } from 'react';
import { reasonOf } from '../api/request';

export interface Asked<T> {
  data: T | null;
  /** Why there is no (newer) answer. */
  problem: string | null;
  busy: boolean;
  again(): void;
}

/** `ask` is asked anew whenever one of `on` changes; an answer that comes too late is passed over. */
export function useAsked<T>(ask: () => Promise<T>, on: readonly unknown[]): Asked<T> {
  const [state, setState] = useState<Omit<Asked<T>, 'again'>>({ data: null, problem: null, busy: true });
  const latest = useRef(0);
  const again = useCallback(() => {
    const mine = ++latest.current;
    const settle = (change: Partial<Asked<T>>) => mine === latest.current && setState((old) => ({ ...old, ...change, busy: false }));
    setState((old) => ({ ...old, busy: true }));
    ask().then(
      (data) => settle({ data, problem: null }),
      (error: unknown) => settle({ problem: reasonOf(error) }),
    );
  }, on);
  useEffect(() => {
    again();
    return () => void (latest.current += 1);
  }, [again]);
  return { ...state, again };
}
