/** A long list of rows of one height, of which only those in view exist. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useRef } from 'react';

interface Props<T> {
  rows: readonly T[];
  label: string;
  role: 'tree' | 'list';
  children: (row: T) => ReactNode;
}

const HEIGHT = 32;

export function VirtualRows<T>({ rows, label, role, children }: Props<T>) {
  const scroll = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({ count: rows.length, getScrollElement: () => scroll.current, estimateSize: () => HEIGHT, overscan: 10 });
  return (
    <div ref={scroll} className="scroll" tabIndex={0} aria-label={label} role="group">
      <div role={role} aria-label={label} style={{ height: virtual.getTotalSize(), position: 'relative' }} onKeyDown={moveFocus}>
        {virtual.getVirtualItems().map((item) => (
          <div key={item.key} role={role === 'list' ? 'listitem' : 'none'} style={{ position: 'absolute', top: 0, left: 0, right: 0, transform: `translateY(${item.start}px)` }}>
            {children(rows[item.index]!)}
          </div>
        ))}
      </div>
    </div>
  );
}

/** Up and down go from row to row. */
function moveFocus(event: React.KeyboardEvent<HTMLDivElement>): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  event.preventDefault();
  const all = [...event.currentTarget.querySelectorAll<HTMLButtonElement>('button.row')];
  const top = (row: HTMLElement) => row.getBoundingClientRect().top;
  all.sort((a, b) => top(a) - top(b));
  const at = all.indexOf(document.activeElement as HTMLButtonElement);
  all[at + (event.key === 'ArrowDown' ? 1 : -1)]?.focus();
}
