/** The command palette: everything that has a name, under one key. */
import { Modal, Text, TextInput } from '@mantine/core';
import { useEffect, useMemo, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { mayOpen, RAIL } from '../app/pages';
import { goTo, pathOf } from '../app/route';
import { nameIn } from '../i18n';
import { useStore } from '../state/store';
import { wayTo, type Hit } from './everything';
import { joined, matching, type EntryOf } from './palette-entries';
import { isOpen } from './state';
import { useDesk } from './store';
import { useEverything } from './useEverything';
import './words';

const MOST = 12;

export function Palette({ opened, close }: { opened: boolean; close: () => void }) {
  const { t } = useTranslation('desk');
  return (
    <Modal opened={opened} onClose={close} title={t('palette')} size="lg" yOffset="12vh" transitionProps={{ duration: 0 }}>
      {opened && <Search close={close} />}
    </Modal>
  );
}

function Search({ close }: { close: () => void }) {
  const { t } = useTranslation('desk');
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const all = useEntries();
  const { hits, asking } = useEverything(typed);
  const found = useMemo(() => joined(matching(all, typed, MOST), hits.map((hit) => entryOf(hit, t(`kind_${hit.kind}`)))), [all, typed, hits, t]);
  const chosen = Math.min(at, found.length - 1);
  useEffect(() => {
    document.getElementById(`palette-${chosen}`)?.scrollIntoView({ block: 'nearest' }); // a promise in new browsers, which is no clean-up
  }, [chosen]);

  function run(one: EntryOf | undefined): void {
    if (!one) return;
    close();
    one.run();
  }
  function pressed(event: KeyboardEvent): void {
    if (event.key === 'ArrowDown') setAt(Math.min(found.length - 1, chosen + 1));
    else if (event.key === 'ArrowUp') setAt(Math.max(0, chosen - 1));
    else if (event.key === 'Enter') run(found[chosen]);
    else return;
    event.preventDefault();
  }

  return (
    <>
      <TextInput data-autofocus placeholder={t('paletteHint')} aria-label={t('paletteHint')} value={typed} onChange={(event) => (setTyped(event.currentTarget.value), setAt(0))} onKeyDown={pressed} role="combobox" aria-expanded aria-controls="palette-found" aria-activedescendant={found.length ? `palette-${chosen}` : undefined} data-testid="palette-input" />
      <div id="palette-found" role="listbox" aria-label={t('palette')} style={{ marginTop: 8, maxHeight: '56vh', overflowY: 'auto' }}>
        {found.map((one, n) => (
          <button key={`${one.kind}${one.id}`} id={`palette-${n}`} type="button" tabIndex={-1} role="option" aria-selected={n === chosen} className="row" data-testid="palette-entry" onClick={() => run(one)}>
            <span className="grow">{one.name}</span>
            <span className="dim">
              {one.hint} {one.kind}
            </span>
          </button>
        ))}
      </div>
      {found.length === 0 && <Text size="sm" role="status">{t(asking ? 'lookingUp' : 'nothingFound')}</Text>}
    </>
  );
}

function entryOf(hit: Hit, kind: string): EntryOf {
  return { id: hit.id, name: hit.name, kind, hint: hit.detail, run: () => follow(hit) };
}

function follow(hit: Hit): void {
  const way = wayTo(hit);
  if (way.organisation) useStore.getState().choose(way.organisation);
  if (way.place) useStore.setState({ goTo: way.place });
  goTo(way.path);
}

/** Pages and deeds, incidents, organisations, members. */
function useEntries(): EntryOf[] {
  const { t, i18n } = useTranslation('desk');
  const { t: common } = useTranslation();
  const incidents = useDesk((state) => state.desk.incidents);
  const organisations = useStore((state) => state.organisations);
  const info = useStore((state) => state.live.info);
  const role = useStore((state) => state.me?.role ?? '');
  return useMemo(
    () => [
      { id: 'new', name: t('newIncident'), kind: '', run: () => goTo(pathOf('desk', ['new'])) },
      { id: 'proposals', name: t('propose'), kind: '', run: () => goTo(pathOf('desk', ['proposals'])) },
      ...RAIL.flat().filter((page) => mayOpen(page, role)).map((page) => ({ id: page, name: common(page), kind: common('pages'), run: () => goTo(pathOf(page)) })),
      ...[...incidents.values()].filter(isOpen).map((one) => ({ id: one.id, name: `${one.id} ${nameIn(i18n.language, one.kind_en, one.kind_zh)}`, hint: one.address ?? one.description.slice(0, 40), kind: t('incidents'), run: () => goTo(pathOf('desk', [one.id])) })),
      ...organisations.map((one) => ({ id: one.id, name: one.name, kind: common('organisations'), run: () => (goTo(pathOf('map')), useStore.getState().choose(one.id)) })),
      ...[...info.values()].map((one) => ({ id: one.device, name: one.name, hint: one.device, kind: common('members'), run: () => (goTo(pathOf('map')), useStore.getState().find(one.key)) })),
    ],
    [t, common, i18n.language, incidents, organisations, info, role],
  );
}
