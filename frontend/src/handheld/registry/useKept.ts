/** What is being filled in, kept on the phone while it is written: a page that is closed costs no word. */
import { useCallback, useEffect, useState } from 'react';
import { keep, kept } from '../db';

/** null until the phone has said what it kept. */
export function useKept<T>(name: string, empty: () => T): [T | null, (value: T) => void, () => void] {
  const [value, setValue] = useState<T | null>(null);
  useEffect(() => {
    let here = true;
    kept<T>(name).then((found) => here && setValue(found ?? empty()), () => here && setValue(empty()));
    return () => void (here = false);
  }, [name]);
  const change = useCallback((next: T) => (setValue(next), void keep(name, next)), [name]);
  const forget = useCallback(() => void keep(name, undefined), [name]);
  return [value, change, forget];
}
