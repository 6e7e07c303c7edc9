/** Things of a room, the newest first, of which only the rows in view exist; up and down go from row to row. */
import { Badge, Loader } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, type KeyboardEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { follow } from '../app/route';
import { momentOf } from '../format/moments';
import type { Pages } from '../ui/list/usePages';
import { Fault } from '../ui/States';

const HEIGHT = 74;
const NEAR = 40;
const COLOURS: Readonly<Record<string, string>> = {
  received: 'orange', in_hand: 'cyan', forwarded: 'violet', answered: 'teal', rejected: 'gray', withdrawn: 'gray', open: 'orange', done: 'teal', closed: 'gray', matched: 'teal', expired: 'gray',
};

/** What a row shows of a thing. */
export interface Row {
  title: string;
  at: string;
  line: string;
  state: string;
  unread?: boolean;
}

interface Props<T> {
  label: string;
  pages: Pages<T>;
  chosen: string | null;
  to: (id: string) => string;
  row: (one: T) => Row;
  /** What is told where there is nothing. */
  empty: ReactNode;
}

export function RoomList<T extends { id: string }>({ label, pages, chosen, to, row, empty }: Props<T>) {
  const { rows, problem, busy, again, more } = pages;
  const scroll = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({ count: rows.length, getScrollElement: () => scroll.current, estimateSize: () => HEIGHT, overscan: 8 });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (rows.length && last > rows.length - NEAR) more();
  }, [last, rows.length, more]);
  return (
    <div ref={scroll} className="service-scroll" onKeyDown={moveFocus} aria-busy={busy}>
      {problem && <Fault problem={problem} again={again} />}
      <ul style={{ height: virtual.getTotalSize() }} aria-label={label}>
        {items.map((item) => {
          const one = rows[item.index]!;
          return (
            <li key={one.id} style={{ transform: `translateY(${item.start}px)`, height: HEIGHT }} aria-setsize={rows.length} aria-posinset={item.index + 1}>
              <Shown id={one.id} row={row(one)} current={one.id === chosen} to={to(one.id)} />
            </li>
          );
        })}
      </ul>
      {rows.length === 0 && !busy && !problem && empty}
      {busy && rows.length === 0 && <Loader role="status" size="sm" m="xl" aria-label={label} />}
    </div>
  );
}

function Shown({ id, row, current, to }: { id: string; row: Row; current: boolean; to: string }) {
  const { t } = useTranslation('service');
  return (
    <a
      href={to}
      className="service-row"
      aria-current={current || undefined}
      data-testid="request-row"
      data-id={id}
      onClick={follow(to)}
    >
      <span className="line">
        {row.unread && <i className="unread" role="img" aria-label={t('unread')} title={t('unread')} />}
        <b>{row.title}</b>
        <span className="dim">{momentOf(row.at)}</span>
      </span>
      <span className="line dim">
        <span className="grow">
          {id} · {row.line}
        </span>
        <StateBadge state={row.state} />
      </span>
    </a>
  );
}

export function StateBadge({ state, size = 'sm' }: { state: string; size?: string }) {
  const { t } = useTranslation('service');
  return (
    <Badge variant="light" color={COLOURS[state] ?? 'gray'} size={size} data-testid="request-state" data-state={state}>
      {t(state)}
    </Badge>
  );
}

/** Up and down, as in every list. */
function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const links = [...event.currentTarget.querySelectorAll<HTMLAnchorElement>('a.service-row')].sort((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top);
  const next = links[links.indexOf(document.activeElement as HTMLAnchorElement) + (event.key === 'ArrowDown' ? 1 : -1)];
  event.preventDefault();
  next?.focus();
}
