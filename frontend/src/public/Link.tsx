/** A link to another of these pages, without a fetch of its document. */
import type { MouseEvent, ReactNode } from 'react';

export function Link({ to, className, children }: { to: string; className?: string; children: ReactNode }) {
  const go = (event: MouseEvent) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    history.pushState(null, '', to);
    dispatchEvent(new PopStateEvent('popstate'));
    scrollTo(0, 0);
  };
  return (
    <a href={to} onClick={go} {...(className === undefined ? {} : { className })}>
      {children}
    </a>
  );
}
