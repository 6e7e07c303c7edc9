/** The tree of organisations with how many members are live in each; choosing one asks the feed for it. */
import { TextInput } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { shownOf, useStore } from '../state/store';
import { memberCounts, treeRows, type TreeRow } from './tree';
import { VirtualRows } from './VirtualRows';

export function OrganisationTree() {
  const { t } = useTranslation();
  const live = useStore(shownOf);
  const { organisations, organisation: chosen, choose } = useStore();
  const [search, setSearch] = useState('');
  const [open, setOpen] = useState<ReadonlySet<string>>(() => new Set(organisations.filter((one) => one.level === 'city').map((one) => one.id)));
  const rows = useMemo(() => treeRows(organisations, open, search), [organisations, open, search]);
  const counts = useMemo(
    () => memberCounts(organisations, [...live.info.values()].map((one) => one.organisation)),
    [organisations, live.info],
  );

  function unfold(row: TreeRow, wanted = !row.open): void {
    const next = new Set(open);
    if (wanted) next.add(row.organisation.id);
    else next.delete(row.organisation.id);
    setOpen(next);
  }

  return (
    <>
      <TextInput m={8} size="xs" placeholder={t('search')} aria-label={t('search')} value={search} onChange={(event) => setSearch(event.currentTarget.value)} data-search />
      {rows.length === 0 && <p className="row">{t('noMatch')}</p>}
      <VirtualRows rows={rows} label={t('organisations')} role="tree">
        {(row) => (
          <button
            type="button"
            className="row"
            role="treeitem"
            data-testid="organisation-row"
            data-organisation={row.organisation.id}
            aria-level={row.depth + 1}
            aria-expanded={row.children ? row.open : undefined}
            aria-selected={row.organisation.id === chosen}
            style={{ paddingLeft: 8 + row.depth * 14 }}
            onClick={() => {
              choose(row.organisation.id === chosen ? null : row.organisation.id);
              if (row.children && !row.open) unfold(row, true);
            }}
            onKeyDown={(event) => {
              if (event.key === 'ArrowRight') unfold(row, true);
              if (event.key === 'ArrowLeft') unfold(row, false);
            }}
          >
            <span style={{ width: 12 }} aria-hidden onClick={(event) => (event.stopPropagation(), row.children && unfold(row))}>
              {row.children ? (row.open ? '▾' : '▸') : ''}
            </span>
            <span className="grow">{row.organisation.name}</span>
            <span className="dim">{counts.get(row.organisation.id) ?? ''}</span>
          </button>
        )}
      </VirtualRows>
    </>
  );
}
