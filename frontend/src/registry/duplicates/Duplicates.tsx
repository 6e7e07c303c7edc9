/** Records that seem to be one, with the reasons; and what was merged. */
import { Badge, Button, SegmentedControl, Select } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { goTo, pathOf } from '../../app/route';
import { RecordList, type Column } from '../../ui/list/RecordList';
import { Section } from '../../ui/list/Section';
import { usePages } from '../../ui/list/usePages';
import * as api from '../api';
import { useAt } from '../at';
import { ELEMENTS, type ElementName } from '../elements';
import { sayDone, sayFault } from '../said';
import type { Merge, Proposal } from '../types';
import { MergedPane } from './MergedPane';
import { MergePane } from './MergePane';

/** Without rules there are no proposals. */
const WITH_RULES = ELEMENTS.filter((one) => one !== 'houses');

export function Duplicates() {
  const { t } = useTranslation('registry');
  const { query } = useAt();
  const element = (WITH_RULES.find((one) => one === query.element) ?? 'people') as ElementName;
  return query.merged === undefined ? <Proposals key={element} element={element} title={t('s_duplicates')} /> : <Merges key={element} element={element} title={t('s_duplicates')} />;
}

const reasonsOf = (reasons: readonly string[]) => <span title={reasons.join(', ')}>{reasons.join(' · ')}</span>;

interface Props {
  element: ElementName;
  title: string;
}

const pathTo = (element: ElementName, id: string | null, merged: boolean): string => pathOf('registry', ['duplicates', ...(id === null ? [] : [id])], { element, ...(merged ? { merged: '1' } : {}) });

function Filters({ element, merged, children }: { element: ElementName; merged: boolean; children?: React.ReactNode }) {
  const { t } = useTranslation('registry');
  return (
    <>
      <Select aria-label={t('of_what')} data={WITH_RULES.map((one) => ({ value: one, label: t(`e_${one}`) }))} value={element} onChange={(value) => goTo(pathTo(value as ElementName, null, merged))} allowDeselect={false} w={180} data-testid="duplicates-element" />
      <SegmentedControl value={merged ? 'merged' : 'open'} onChange={(value) => goTo(pathTo(element, null, value === 'merged'))} data={[{ value: 'open', label: t('proposed') }, { value: 'merged', label: t('merged') }]} />
      {children}
    </>
  );
}

function Proposals({ element, title }: Props) {
  const { t } = useTranslation('registry');
  const { id } = useAt();
  const [busy, setBusy] = useState(false);
  const pages = usePages<Proposal>('/registry/duplicates', { element });
  const shut = () => goTo(pathTo(element, null, false));
  const look = () => {
    setBusy(true);
    void api.search(element).then(({ open }) => (sayDone('found', { count: open }), pages.again()), sayFault).finally(() => setBusy(false));
  };
  const columns: Column<Proposal>[] = [
    { name: 'first', title: t('one'), width: 'minmax(140px, 1.4fr)', cell: (row) => row.first.label },
    { name: 'second', title: t('other'), width: 'minmax(140px, 1.4fr)', cell: (row) => row.second.label },
    { name: 'reasons', title: t('reasons'), width: 'minmax(200px, 2fr)', cell: (row) => reasonsOf(row.reasons.map((one) => t(`r_${one}`))) },
    { name: 'ids', title: t('ids'), width: 'minmax(160px, 1.4fr)', lesser: true, cell: (row) => `${row.first.id} · ${row.second.id}` },
  ];
  const chosen = pages.rows.find((one) => one.id === id);
  return (
    <Section
      title={title} hint={t('h_duplicates')}
      filters={<Filters element={element} merged={false}><Button leftSection={<IconSearch size={16} aria-hidden />} loading={busy} onClick={look} data-testid="duplicates-search">{t('lookFor')}</Button></Filters>}
      pane={chosen && <MergePane key={chosen.id} proposal={chosen} onClose={shut} onDone={() => (pages.again(), shut())} />}
    >
      <RecordList label={title} rows={pages.rows} columns={columns} keyOf={(row) => row.id} to={(row) => pathTo(element, row.id, false)} selected={id ?? undefined} busy={pages.busy} problem={pages.problem} again={pages.again} more={pages.more} empty={t('noDuplicates')} hint={t('noDuplicatesHint')} />
    </Section>
  );
}

function Merges({ element, title }: Props) {
  const { t } = useTranslation('registry');
  const { id } = useAt();
  const pages = usePages<Merge>('/registry/merges', { element });
  const columns: Column<Merge>[] = [
    { name: 'kept', title: t('stays'), width: 'minmax(140px, 1.4fr)', cell: (row) => row.kept.label },
    { name: 'gone', title: t('ends'), width: 'minmax(140px, 1.4fr)', cell: (row) => row.gone.label },
    { name: 'by', title: t('who'), width: 'minmax(90px, 1fr)', cell: (row) => row.by_name },
    { name: 'at', title: t('when'), width: '160px', cell: (row) => new Date(row.at).toLocaleString([], { hour12: false }) },
    { name: 'state', title: t('f_state'), width: '110px', cell: (row) => <Badge variant="light" color={row.undone_at ? 'gray' : 'teal'}>{t(row.undone_at ? 'undone' : 'merged')}</Badge> },
  ];
  const chosen = pages.rows.find((one) => one.id === id);
  return (
    <Section title={title} hint={t('h_duplicates')} filters={<Filters element={element} merged />} pane={chosen && <MergedPane key={chosen.id + String(chosen.undone_at)} merge={chosen} onClose={() => goTo(pathTo(element, null, true))} onDone={pages.again} />}>
      <RecordList label={title} rows={pages.rows} columns={columns} keyOf={(row) => row.id} to={(row) => pathTo(element, row.id, true)} selected={id ?? undefined} busy={pages.busy} problem={pages.problem} again={pages.again} more={pages.more} empty={t('noMerges')} />
    </Section>
  );
}

