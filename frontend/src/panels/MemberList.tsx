/** Everybody the feed shows, filtered by name and presence. */
import { SegmentedControl, TextInput } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNow } from '../app/useNow';
import { age } from '../format/units';
import { shownOf, useStore } from '../state/store';
import { VirtualRows } from './VirtualRows';

const PRESENCES = ['online', 'stale', 'silent'] as const;
const ORDER = new Intl.Collator();

export function MemberList() {
  const { t } = useTranslation();
  const live = useStore(shownOf);
  const link = useStore((state) => state.link);
  const selected = useStore((state) => state.selected);
  const { find } = useStore.getState();
  const [search, setSearch] = useState('');
  const [presence, setPresence] = useState('all');
  const now = useNow();
  const named = useMemo(() => {
    const text = search.trim().toLowerCase();
    return [...live.info.values()].filter((one) => one.name.toLowerCase().includes(text)).sort((a, b) => ORDER.compare(a.name, b.name));
  }, [live.info, search]);
  const code = PRESENCES.findIndex((name) => name === presence);
  const found = code < 0 ? named : named.filter((one) => live.rows.get(one.key)?.presence === code);
  return (
    <>
      <TextInput m={8} mb={4} size="xs" placeholder={t('search')} aria-label={t('search')} value={search} onChange={(event) => setSearch(event.currentTarget.value)} data-search />
      <SegmentedControl mx={8} mb={4} size="xs" value={presence} onChange={setPresence} data={[{ value: 'all', label: t('all') }, ...PRESENCES.map((value) => ({ value, label: t(value) }))]} />
      {found.length === 0 && <p className="row">{live.info.size ? t('noMatch') : link === 'live' ? t('nobody') : t(`link_${link}`)}</p>}
      <VirtualRows rows={found} label={t('members')} role="list">
        {(one) => {
          const row = live.rows.get(one.key);
          return (
            <button type="button" className="row" data-testid="member-row" aria-current={one.key === selected} onClick={() => find(one.key)}>
              <i className={`mark ${row ? (row.emergency ? 'emergency' : PRESENCES[row.presence]) : 'silent'}`} aria-label={row ? t(PRESENCES[row.presence]) : ''} role="img" />
              <span className="grow">{one.name}</span>
              <span className="dim">{row ? age(now + live.skew - row.fixedAt) : ''}</span>
            </button>
          );
        }}
      </VirtualRows>
    </>
  );
}
