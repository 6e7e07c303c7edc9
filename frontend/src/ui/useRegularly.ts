/** Do something every so often while somebody looks at the page. */
import { useEffect, useRef } from 'react';

export function useRegularly(act: () => unknown, everyMs: number): void {
  const latest = useRef(act);
  latest.current = act;
  useEffect(() => {
    const timer = window.setInterval(() => document.visibilityState === 'visible' && latest.current(), everyMs);
    return () => window.clearInterval(timer);
  }, [everyMs]);
}
