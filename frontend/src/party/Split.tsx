/** A list at the left, page by page, and beside it what was chosen of it. */
import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Pages } from '../ui/list/usePages';
import { Empty, Fault } from '../ui/States';

interface Props<T> {
  label: string;
  /** Above the list. */
  tools: ReactNode;
  pages: Pages<T>;
  row: (one: T) => ReactNode;
  /** What is told where there is nothing. */
  nothing: string;
  hint: string;
  /** What was chosen. */
  children: ReactNode;
}

export function Split<T extends { id: string }>({ label, tools, pages, row, nothing, hint, children }: Props<T>) {
  return (
    <div className="party-split">
      <section className="party-list" aria-label={label}>
        <header>{tools}</header>
        {pages.problem && <Fault problem={pages.problem} again={pages.again} />}
        <ul className="party-rows">
          {pages.rows.map((one) => (
            <li key={one.id}>{row(one)}</li>
          ))}
        </ul>
        <More pages={pages} />
        {pages.done && pages.rows.length === 0 && <Empty hint={hint}>{nothing}</Empty>}
      </section>
      {children}
    </div>
  );
}

/** The button that fetches the next page, where there is one. */
export function More({ pages: { done, busy, more } }: { pages: Pages<unknown> }) {
  return done || busy ? null : (
    <Button variant="subtle" onClick={more}>
      …
    </Button>
  );
}
