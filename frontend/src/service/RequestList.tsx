/** Requests, the newest first, of which only the rows in view exist; up and down go from row to row. */
import { Badge, Loader } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Pages } from '../admin/list/usePages';
import { goTo } from '../app/route';
import { momentOf } from '../format/moments';
import { Empty, Fault } from '../ui/States';
import type { CitizenRequest, RequestState } from './types';

const HEIGHT = 74;
const NEAR = 40;
const COLOURS: Record<RequestState, string> = { received: 'orange', in_hand: 'cyan', forwarded: 'violet', answered: 'teal', rejected: 'gray', withdrawn: 'gray' };

interface Props {
  pages: Pages<CitizenRequest>;
  chosen: string | null;
  to: (id: string) => string;
  /** Nothing is filtered but for what is open. */
  plain: boolean;
}

export function RequestList({ pages, chosen, to, plain }: Props) {
  const { t } = useTranslation('service');
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
      <ul style={{ height: virtual.getTotalSize() }} aria-label={t('requests')}>
        {items.map((item) => (
          <li key={rows[item.index]!.id} style={{ transform: `translateY(${item.start}px)`, height: HEIGHT }} aria-setsize={rows.length} aria-posinset={item.index + 1}>
            <Row request={rows[item.index]!} current={rows[item.index]!.id === chosen} to={to(rows[item.index]!.id)} />
          </li>
        ))}
      </ul>
      {rows.length === 0 && !busy && !problem && <Empty hint={t(plain ? 'nothingOpenHint' : 'nothingSuitsHint')}>{t(plain ? 'nothingOpen' : 'nothingSuits')}</Empty>}
      {busy && rows.length === 0 && <Loader size="sm" m="xl" aria-label={t('requests')} />}
    </div>
  );
}

function Row({ request, current, to }: { request: CitizenRequest; current: boolean; to: string }) {
  const { t } = useTranslation('service');
  return (
    <a
      href={to}
      className="service-row"
      aria-current={current || undefined}
      data-testid="request-row"
      data-id={request.id}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        goTo(to);
      }}
    >
      <span className="line">
        {request.unread && <i className="unread" role="img" aria-label={t('unread')} title={t('unread')} />}
        <b>{request.subject}</b>
        <span className="dim">{momentOf(request.created_at)}</span>
      </span>
      <span className="line dim">
        <span className="grow">
          {request.id} · {t(request.kind)} · {request.organisation_name}
        </span>
        <StateBadge state={request.state} />
      </span>
    </a>
  );
}

export function StateBadge({ state, size = 'sm' }: { state: RequestState; size?: string }) {
  const { t } = useTranslation('service');
  return (
    <Badge variant="light" color={COLOURS[state]} size={size} data-testid="request-state" data-state={state}>
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
