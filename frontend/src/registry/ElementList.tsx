/** A section: its records with filters, page by page, and beside them the one that is open. */
import { Select } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { goTo } from '../app/route';
import { useGroupName, useGroups } from '../state/groups';
import { useStore } from '../state/store';
import { OrganisationSelect } from '../ui/form/organisations';
import { Pane } from '../ui/form/Pane';
import { RecordList, type Column } from '../ui/list/RecordList';
import { Section } from '../ui/list/Section';
import { usePages } from '../ui/list/usePages';
import { close, filtersIn, pathToNew, pathToOne, setQuery, useAt } from './at';
import { useComponents } from './components';
import { RecordForm } from './RecordForm';
import { RecordPane } from './RecordPane';
import { COLLECTORS } from './roles';
import type { FilterSpec, SectionSpec } from './sections';
import type { RecordOf } from './types';
import { useShown } from './useShown';

export function ElementList({ section }: { section: SectionSpec }) {
  const { t } = useTranslation('registry');
  const { name, element, columns, fixed } = section;
  const { id, adding, query } = useAt();
  const role = useStore((state) => state.me?.role ?? '');
  const [search, setSearch] = useState('');
  const shown = useShown();
  const filters = filtersIn(section, query);
  const pages = usePages<RecordOf>(`/registry/${element}`, { ...fixed, ...filters, q: search.trim() || undefined, organisation: query.organisation });
  const shut = close(name);
  const table: Column<RecordOf>[] = columns.map((one) => ({ ...one, title: t(`f_${one.name}`), cell: (row) => shown(element, one.name, row[one.name]) }));
  const filtered = search || query.organisation || section.filters.some((one) => query[one.name]);
  return (
    <Section
      title={t(`s_${name}`)}
      hint={t(`h_${name}`)}
      search={search}
      onSearch={setSearch}
      filters={<Filters section={section} chosen={filters} organisation={query.organisation ?? null} />}
      add={COLLECTORS.has(role) ? { to: pathToNew(name), label: t('add') } : undefined}
      pane={
        adding ? (
          <Pane key="new" kind={t(`s_${name}`)} title={t('newOne')} onClose={shut}>
            <div className="ui-pane-body">
              <RecordForm element={element} record={null} fixed={{ ...fixed, ...(filters.kind ? { kind: filters.kind } : {}) }} onDone={(made) => (pages.again(), goTo(pathToOne(name, made.id)))} />
            </div>
          </Pane>
        ) : (
          id !== null && <RecordPane key={id} section={section} id={id} onClose={shut} onChanged={pages.again} />
        )
      }
    >
      <RecordList
        label={t(`s_${name}`)} rows={pages.rows} columns={table} keyOf={(row) => row.id} to={(row) => pathToOne(name, row.id)} selected={id ?? undefined} busy={pages.busy} problem={pages.problem}
        again={pages.again} more={pages.more} empty={t(filtered ? 'nothingFound' : 'noneYet')} hint={filtered ? undefined : t('noneHint')}
      />
    </Section>
  );
}

function Filters({ section, chosen, organisation }: { section: SectionSpec; chosen: Readonly<Record<string, string | undefined>>; organisation: string | null }) {
  const { t } = useTranslation('registry');
  return (
    <>
      {section.filters.map((filter) => <FilterSelect key={filter.name} filter={filter} value={chosen[filter.name] ?? null} />)}
      <OrganisationSelect label="" aria-label={t('organisation')} placeholder={t('everyOrganisation')} clearable value={organisation} onChange={(value) => setQuery('organisation', value)} />
    </>
  );
}

function FilterSelect({ filter: { name, options, always }, value }: { filter: FilterSpec; value: string | null }) {
  const { t } = useTranslation('registry');
  const groups = useGroups((state) => state.groups);
  const groupName = useGroupName();
  const components = useComponents();
  const data = options ? options.map((one) => ({ value: one, label: t(`o_${one}`) })) : name === 'group' ? groups.map(({ code }) => ({ value: code, label: groupName(code) })) : components.options;
  return (
    <Select
      aria-label={t(`f_${name}`)} placeholder={t(`f_${name}`)} data={data} value={value} onChange={(chosen) => setQuery(name, chosen)} w={180} searchable={!options} clearable={always === undefined}
      allowDeselect={false} clearButtonProps={{ 'aria-label': t('clear') }} nothingFoundMessage={t('nothingFound')} data-testid={`filter-${name}`}
    />
  );
}
