/** Find a resident by name, and go to the house. */
import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { get, type Page } from '../api/request';
import { goTo, pathOf } from '../app/route';
import { useStore } from '../state/store';
import type { Person } from './types';

/** Milliseconds without a key until a search is asked. */
const PAUSE_MS = 250;
const MOST = 12;

export function FindResident() {
  const { t } = useTranslation('city');
  const organisation = useStore((state) => state.organisation);
  const [text, setText] = useState('');
  const [found, setFound] = useState<Person[] | null>(null);
  useEffect(() => {
    if (text.trim().length < 2) return setFound(null);
    const gone = new AbortController();
    const timer = window.setTimeout(() => {
      get<Page<Person>>('/registry/people', { q: text.trim(), organisation, limit: MOST }, gone.signal).then((page) => setFound(page.items), () => undefined);
    }, PAUSE_MS);
    return () => {
      window.clearTimeout(timer);
      gone.abort();
    };
  }, [text, organisation]);
  return (
    <div className="city-find">
      <TextInput value={text} onChange={(event) => setText(event.currentTarget.value)} label={t('find')} placeholder={t('findHint')} leftSection={<IconSearch size={16} aria-hidden />} data-testid="city-find" data-search />
      {found && (
        <ul>
          {found.length === 0 && <li className="dim">{t('nobody')}</li>}
          {found.map((one) => (
            <li key={one.id}>
              <button type="button" className="row" disabled={one.building === null} data-testid="city-found" onClick={() => (setText(''), goTo(pathOf('city', [one.building!, ...(one.house ? [one.house] : [])])))}>
                <span className="grow">{one.name}</span>
                <span className="dim">{one.address} {one.number}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
