/** A table of records of which only the rows in view exist. Each row is a link; up and down go from row to row. */
import '../sections.css';
import { Loader } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, type KeyboardEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { follow } from '../../app/route';
import { Empty, Fault } from '../States';

export interface Column<T> {
  name: string;
  title: string;
  /** A track of CSS grid. */
  width: string;
  cell: (row: T) => ReactNode;
  /** Left out where the list is narrow. */
  lesser?: boolean;
}

interface Props<T> {
  label: string;
  rows: readonly T[];
  columns: readonly Column<T>[];
  keyOf: (row: T) => string;
  /** The address of a row. */
  to: (row: T) => string;
  selected?: string | undefined;
  busy?: boolean;
  problem?: string | null;
  again?: () => void;
  /** The end is near: fetch more. */
  more?: () => void;
  /** Of a row that unfolds: whether it is unfolded; undefined where nothing is below it. */
  unfolded?: (row: T) => boolean | undefined;
  /** Right and left arrow. */
  unfold?: (row: T, wanted: boolean) => void;
  /** What is told where there is nothing. */
  empty: ReactNode;
  hint?: ReactNode;
}

const HEIGHT = 44;
const NEAR = 40;

export function RecordList<T>(props: Props<T>) {
  const { label, rows, columns, busy = false, problem, again, more, empty, hint } = props;
  const { t } = useTranslation();
  const scroll = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({ count: rows.length, getScrollElement: () => scroll.current, estimateSize: () => HEIGHT, overscan: 12 });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (rows.length && last > rows.length - NEAR) more?.();
  }, [last, rows.length, more]);
  return (
    <div className="ui-table" role="table" aria-label={label} aria-busy={busy} aria-rowcount={rows.length + 1}>
      <div role="rowgroup" className="ui-head">
        <div role="row" className="ui-row" style={tracks(columns)}>
          {columns.map((column) => (
            <span key={column.name} role="columnheader" className={column.lesser ? 'lesser' : ''}>
              {column.title}
            </span>
          ))}
        </div>
      </div>
      <div ref={scroll} className="ui-scroll" role="rowgroup" onKeyDown={moveFocus}>
        <div style={{ height: virtual.getTotalSize(), position: 'relative' }} role="presentation">
          {items.map((item) => (
            <Row key={item.key} {...props} row={rows[item.index]!} index={item.index} start={item.start} />
          ))}
        </div>
      </div>
      {problem && <Fault problem={problem} {...(again ? { again } : {})} />}
      {rows.length === 0 && !busy && !problem && <Empty hint={hint}>{empty}</Empty>}
      {busy && (
        <div className="ui-busy">
          <Loader role="status" size="xs" aria-label={t('loading')} />
        </div>
      )}
    </div>
  );
}

function Row<T>({ row, index, start, columns, keyOf, to, selected, unfolded, unfold }: Props<T> & { row: T; index: number; start: number }) {
  const path = to(row);
  const key = keyOf(row);
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-current={key === selected || undefined}
      className="ui-row"
      data-testid="admin-row"
      data-id={key}
      style={{ ...tracks(columns), position: 'absolute', insetInline: 0, transform: `translateY(${start}px)`, height: HEIGHT }}
      onClick={follow(path)}
    >
      {columns.map((column, n) => (
        <span key={column.name} role="cell" className={column.lesser ? 'lesser' : ''}>
          {n === 0 ? (
            <a
              href={path}
              className="ui-link"
              aria-expanded={unfolded?.(row)}
              onKeyDown={(event) => {
                if (event.key === 'ArrowRight' || event.key === 'ArrowLeft') unfold?.(row, event.key === 'ArrowRight');
              }}
            >
              {column.cell(row)}
            </a>
          ) : (
            column.cell(row)
          )}
        </span>
      ))}
    </div>
  );
}

const tracks = <T,>(columns: readonly Column<T>[]) => ({
  '--tracks': columns.map((column) => column.width).join(' '),
  '--tracks-narrow': columns.filter((column) => !column.lesser).map((column) => column.width).join(' '),
}) as React.CSSProperties;

/** Up and down, as in every list. */
function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  event.preventDefault();
  const top = (link: HTMLElement) => link.getBoundingClientRect().top;
  const links = [...event.currentTarget.querySelectorAll<HTMLAnchorElement>('a.ui-link')].sort((a, b) => top(a) - top(b));
  const at = links.indexOf(document.activeElement as HTMLAnchorElement);
  links[at + (event.key === 'ArrowDown' ? 1 : -1)]?.focus();
}
