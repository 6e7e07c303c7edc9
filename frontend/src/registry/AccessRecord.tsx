/** Who looked at whose data, when and for what: of everything below, or of one record. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { pathOf } from '../app/route';
import { RecordList, type Column } from '../ui/list/RecordList';
import { Section } from '../ui/list/Section';
import { usePages } from '../ui/list/usePages';
import { pathToRecord } from './at';
import { ELEMENTS, type ElementName } from './elements';
import type { Look } from './types';

export function AccessRecord() {
  const { t } = useTranslation('registry');
  const [name, setName] = useState('');
  return (
    <Section title={t('s_access')} hint={t('h_access')} search={name} onSearch={setName}>
      <Table query={{ name: name.trim() || undefined }} />
    </Section>
  );
}

export function Looks({ record }: { record: string }) {
  const { t } = useTranslation('registry');
  return <section className="registry-looks" aria-label={t('tab_looks')}><Table query={{ record }} narrow /></section>;
}

const isElement = (name: string): name is ElementName => (ELEMENTS as readonly string[]).includes(name);

function Table({ query, narrow = false }: { query: Record<string, string | undefined>; narrow?: boolean }) {
  const { t } = useTranslation('registry');
  const pages = usePages<Look>('/registry/access', query);
  const columns: Column<Look>[] = [
    { name: 'at', title: t('when'), width: '160px', cell: (row) => new Date(row.at).toLocaleString([], { hour12: false }) },
    { name: 'name', title: t('who'), width: 'minmax(80px, 1fr)', cell: (row) => row.name },
    { name: 'purpose', title: t('what_for'), width: 'minmax(100px, 2fr)', cell: (row) => row.purpose },
    ...(narrow ? [] : [
      { name: 'action', title: t('how'), width: '120px', cell: (row: Look) => t(`look_${row.action}`) },
      { name: 'element', title: t('of_what'), width: 'minmax(120px, 1.4fr)', cell: (row: Look) => [isElement(row.element) ? t(`e_${row.element}`) : row.element, row.record].filter(Boolean).join(' · ') },
      { name: 'rows', title: t('rows'), width: '80px', lesser: true, cell: (row: Look) => row.rows },
    ]),
  ];
  const to = (row: Look) => (row.record && isElement(row.element) ? pathToRecord(row.element, row.record) : pathOf('registry', ['access']));
  return <RecordList label={t('s_access')} rows={pages.rows} columns={columns} keyOf={(row) => String(row.key)} to={to} busy={pages.busy} problem={pages.problem} again={pages.again} more={pages.more} empty={t('noLooks')} hint={t('noLooksHint')} />;
}
