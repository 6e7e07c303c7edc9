/** Text that is kept while it is written: a phone that rings, or closes the page, costs no word. */
import { useCallback, useState } from 'react';

const PREFIX = 'gridwarden.draft.';

/** The text, how it is changed, and how it is forgotten once it was sent. */
export function useDraft(name: string): [string, (text: string) => void, () => void] {
  const [text, setText] = useState(() => localStorage.getItem(PREFIX + name) ?? '');
  const change = useCallback(
    (next: string) => {
      setText(next);
      localStorage.setItem(PREFIX + name, next);
    },
    [name],
  );
  const forget = useCallback(() => {
    setText('');
    localStorage.removeItem(PREFIX + name);
  }, [name]);
  return [text, change, forget];
}
