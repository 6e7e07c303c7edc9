/** Whether the page may be installed, and asking for it where the browser lets a page ask. */
import { useEffect, useState } from 'react';

interface InstallEvent extends Event {
  prompt(): Promise<void>;
}

let offered: InstallEvent | null = null;
const listeners = new Set<() => void>();

window.addEventListener('beforeinstallprompt', (event) => {
  event.preventDefault();
  offered = event as InstallEvent;
  for (const listener of listeners) listener();
});

export function useInstall(): { installed: boolean; ask: (() => void) | null } {
  const [, again] = useState(0);
  useEffect(() => {
    const listener = (): void => again((n) => n + 1);
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }, []);
  return { installed: matchMedia('(display-mode: standalone)').matches, ask: offered && (() => void offered?.prompt()) };
}
