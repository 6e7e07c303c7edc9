/** The server's answers to what is typed, a moment after the last key; none while nothing is worth asking. */
import { useEffect, useState } from 'react';
import { askEverything, isAsked, type Hit } from './everything';

/** Milliseconds without a key until it is asked. */
const PAUSE_MS = 200;

/** hits: of the words typed last, or the ones before while those are asked; asking: an answer is awaited. */
export function useEverything(typed: string): { hits: readonly Hit[]; asking: boolean } {
  const [told, setTold] = useState<{ hits: readonly Hit[]; of: string }>({ hits: [], of: '' });
  const worth = isAsked(typed);
  useEffect(() => {
    if (!worth) return setTold({ hits: [], of: '' });
    const gone = new AbortController();
    const timer = window.setTimeout(() => {
      askEverything(typed, gone.signal).then((hits) => setTold({ hits, of: typed }), () => setTold({ hits: [], of: typed }));
    }, PAUSE_MS);
    return () => (window.clearTimeout(timer), gone.abort());
  }, [typed, worth]);
  return { hits: told.hits, asking: worth && told.of !== typed };
}
