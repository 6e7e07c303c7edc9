/** The catalogue after GB/T 30428, by class: names, priority, limits, department, skills. */
import { Badge, Select } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { goTo } from '../../app/route';
import { nameIn } from '../../i18n';
import { useStore } from '../../state/store';
import { RecordList, type Column } from '../../ui/list/RecordList';
import { Section } from '../../ui/list/Section';
import { useAsked } from '../../ui/useAsked';
import * as api from '../api';
import { close, pathToNew, pathToOne, setFilter, useAt } from '../at';
import type { Kind } from '../types';
import { KindPane } from './KindPane';
import { limit } from './limits';

const SECTION = 'kinds';

export default function Kinds() {
  const { t, i18n } = useTranslation('admin');
  const { id, adding, query } = useAt();
  const whole = useStore((state) => state.me?.organisation.key === 1);
  const [search, setSearch] = useState('');
  const asked = useAsked(api.kinds, []);
  const all = asked.data ?? [];
  const classes = useMemo(() => [...new Set(all.map((one) => one.class))].sort(), [all]);
  const rows = useMemo(() => {
    const text = search.trim().toLowerCase();
    return all.filter((one) => (!query.class || one.class === query.class) && [one.code, one.name_en, one.name_zh, one.class, one.department ?? ''].some((part) => part.toLowerCase().includes(text)));
  }, [all, search, query.class]);
  const chosen = all.find((one) => one.code === id);
  const shut = close(SECTION);
  const columns: Column<Kind>[] = [
    { name: 'code', title: t('code'), width: '76px', cell: (row) => row.code },
    { name: 'name', title: t('name'), width: 'minmax(120px, 3fr)', cell: (row) => nameIn(i18n.language, row.name_en, row.name_zh) },
    { name: 'class', title: t('class'), width: 'minmax(84px, 1.4fr)', cell: (row) => row.class, lesser: true },
    { name: 'priority', title: t('priority'), width: '94px', cell: (row) => <Badge color={PRIORITIES[row.priority]!} variant="light">{t(`priority_${row.priority}`)}</Badge> },
    { name: 'limits', title: t('limits'), width: 'minmax(140px, 2fr)', cell: (row) => [row.accept_s, row.arrive_s, row.handle_s, row.verify_s].map(limit).join(' · ') },
    { name: 'department', title: t('department'), width: 'minmax(84px, 1.2fr)', cell: (row) => row.department ?? '–', lesser: true },
    { name: 'state', title: t('state'), width: '84px', cell: (row) => (row.retired ? <Badge variant="outline" color="gray">{t('retired')}</Badge> : t('inUse')) },
  ];
  return (
    <Section
      title={t('kinds')}
      hint={t(whole ? 'kindsHint' : 'kindsReadHint')}
      search={search}
      onSearch={setSearch}
      filters={<Select aria-label={t('class')} placeholder={t('everyClass')} clearable searchable data={classes} value={query.class ?? null} onChange={(value) => setFilter(SECTION, 'class', value)} w={200} clearButtonProps={{ 'aria-label': t('clear') }} />}
      add={whole ? { to: pathToNew(SECTION), label: t('addKind') } : undefined}
      pane={
        adding ? (
          <KindPane key="new" kind={null} classes={classes} writable onClose={shut} onDone={(code) => (asked.again(), goTo(pathToOne(SECTION, code)))} />
        ) : (
          chosen && <KindPane key={JSON.stringify(chosen)} kind={chosen} classes={classes} writable={whole} onClose={shut} onDone={asked.again} />
        )
      }
    >
      <RecordList label={t('kinds')} rows={rows} columns={columns} keyOf={(row) => row.code} to={(row) => pathToOne(SECTION, row.code)} selected={id ?? undefined} busy={asked.busy} problem={asked.problem} again={asked.again} empty={t('nothingFound')} />
    </Section>
  );
}

const PRIORITIES: Record<number, string> = { 1: 'red', 2: 'orange', 3: 'cyan', 4: 'gray' };
