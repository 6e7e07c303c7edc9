/** The tree: level, code and territory of each; add, rename, move. */
import { Badge, SegmentedControl } from '@mantine/core';
import { IconMapPin } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { goTo } from '../../app/route';
import { treeRows, type TreeRow } from '../../panels/tree';
import { useStore } from '../../state/store';
import { RecordList, type Column } from '../../ui/list/RecordList';
import { Section } from '../../ui/list/Section';
import { close, pathToNew, pathToOne, setFilter, useAt } from '../at';
import { Faults } from './Faults';
import { OrganisationPane } from './OrganisationPane';

const SECTION = 'organisations';

export default function Organisations() {
  const { t } = useTranslation('admin');
  const { id, adding, query } = useAt();
  const organisations = useStore((state) => state.organisations);
  const faults = query.show === 'faults';
  const [search, setSearch] = useState('');
  const [open, setOpen] = useState<ReadonlySet<string>>(() => openedFor(organisations, id));
  const rows = useMemo(() => treeRows(organisations, open, search), [organisations, open, search]);
  const chosen = id === null ? undefined : organisations.find((one) => one.id === id);

  function unfold(row: TreeRow, wanted: boolean): void {
    const next = new Set(open);
    if (wanted) next.add(row.organisation.id);
    else next.delete(row.organisation.id);
    setOpen(next);
  }

  const columns: Column<TreeRow>[] = [
    { name: 'name', title: t('name'), width: 'minmax(220px, 3fr)', cell: (row) => <Name row={row} toggle={() => unfold(row, !row.open)} /> },
    { name: 'level', title: t('level'), width: '130px', cell: (row) => <Badge variant="light" color={COLOURS[row.organisation.level]}>{t(`level_${row.organisation.level}`)}</Badge> },
    { name: 'code', title: t('code'), width: 'minmax(110px, 1fr)', cell: (row) => row.organisation.code ?? '–', lesser: true },
    { name: 'territory', title: t('territory'), width: '110px', cell: (row) => <Territory is={row.organisation.territory !== null} />, lesser: true },
    { name: 'below', title: t('below'), width: '80px', cell: (row) => row.children || '–', lesser: true },
  ];
  return (
    <Section
      title={t('organisations')}
      hint={t('organisationsHint')}
      search={search}
      {...(faults ? {} : { onSearch: setSearch })}
      filters={<SegmentedControl size="sm" value={faults ? 'faults' : 'tree'} onChange={(value) => setFilter(SECTION, 'show', value === 'faults' ? 'faults' : null)} aria-label={t('show')} data={(['tree', 'faults'] as const).map((value) => ({ value, label: t(`organisations_${value}`) }))} />}
      add={{ to: pathToNew(SECTION, id === null ? {} : { parent: id }), label: t('addOrganisation') }}
      pane={
        adding ? (
          <OrganisationPane key={`new ${query.parent ?? ''}`} organisation={null} parent={query.parent ?? null} onClose={close(SECTION)} onDone={(one) => goTo(pathToOne(SECTION, one))} />
        ) : (
          chosen && <OrganisationPane key={JSON.stringify([chosen.id, chosen.name, chosen.parent])} organisation={chosen} parent={null} onClose={close(SECTION)} onDone={() => undefined} />
        )
      }
    >
      {faults ? <Faults /> : <RecordList label={t('organisations')} rows={rows} columns={columns} keyOf={(row) => row.organisation.id} to={(row) => pathToOne(SECTION, row.organisation.id)} selected={id ?? undefined} unfolded={(row) => (row.children ? row.open : undefined)} unfold={unfold} empty={t('nothingFound')} />}
    </Section>
  );
}

export const COLOURS: Record<string, string> = { city: 'cyan', district: 'indigo', street: 'violet', community: 'teal', grid: 'green', department: 'orange' };

function Name({ row, toggle }: { row: TreeRow; toggle: () => void }) {
  return (
    <span className="admin-name" style={{ paddingInlineStart: row.depth * 16 }}>
      <span
        className="admin-twist"
        aria-hidden
        onClick={(event) => {
          event.stopPropagation();
          event.preventDefault();
          if (row.children) toggle();
        }}
      >
        {row.children ? (row.open ? '▾' : '▸') : ''}
      </span>
      {row.organisation.name}
    </span>
  );
}

function Territory({ is }: { is: boolean }) {
  const { t } = useTranslation('admin');
  return is ? (
    <span className="admin-yes">
      <IconMapPin size={14} aria-hidden /> {t('yes')}
    </span>
  ) : (
    <>{t('no')}</>
  );
}

/** What is open at first: the tops, what is below them, and the way down to the one in the address. */
function openedFor(all: readonly { id: string; parent: string | null; level: string }[], id: string | null): ReadonlySet<string> {
  const byId = new Map(all.map((one) => [one.id, one]));
  const open = new Set(all.filter((one) => one.parent === null || !byId.has(one.parent) || one.level === 'city').map((one) => one.id));
  for (let at = id === null ? undefined : byId.get(id); at; at = at.parent === null ? undefined : byId.get(at.parent)) open.add(at.id);
  return open;
}
