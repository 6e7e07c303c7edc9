/** A search over the map, with its results. */
import { Card, CloseButton, TextInput } from '@mantine/core';
import { IconBuildingCommunity, IconCrosshair, IconMapPin, IconRoad, IconSearch, IconUser } from '@tabler/icons-react';
import { useMemo, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { shownOf, useStore } from '../state/store';
import { search, type Found } from './search';
import { useTools } from './tools';

const ICONS: Record<Found['kind'], typeof IconUser> = { place: IconMapPin, street: IconRoad, organisation: IconBuildingCommunity, member: IconUser, coordinates: IconCrosshair };

export function SearchBox() {
  const { t } = useTranslation('map');
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const organisations = useStore((state) => state.organisations);
  const found = useMemo(() => search(text, text.trim() ? (useTools.getState().named?.() ?? []) : [], organisations, shownOf(useStore.getState()).info.values()), [text, organisations]);
  const close = () => useTools.setState({ searching: false });
  const choose = (one: Found | undefined) => {
    if (!one) return;
    goToFound(one);
    close();
  };
  const key = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') setAt(Math.min(found.length - 1, at + 1));
    else if (event.key === 'ArrowUp') setAt(Math.max(0, at - 1));
    else if (event.key === 'Enter') choose(found[at]);
    else if (event.key === 'Escape') close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <Card className="map-search" withBorder shadow="md" p={8} data-testid="map-search">
      <TextInput
        size="sm" data-autofocus autoFocus placeholder={t('searchLabel')} aria-label={t('searchLabel')} value={text} onKeyDown={key}
        role="combobox" aria-expanded={found.length > 0} aria-controls="map-found" aria-autocomplete="list" aria-activedescendant={found.length ? `map-found-${at}` : undefined}
        leftSection={<IconSearch size={16} aria-hidden />} rightSection={<CloseButton size="sm" aria-label={t('close')} onClick={close} />}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setAt(0);
        }}
      />
      <div id="map-found" role="listbox" aria-label={t('searchLabel')}>
        {found.map((one, n) => {
          const Icon = ICONS[one.kind];
          return (
            <div key={`${one.kind} ${one.name} ${n}`} id={`map-found-${n}`} role="option" aria-selected={n === at} className="row" onClick={() => choose(one)} data-testid="map-found">
              <Icon size={16} aria-hidden />
              <span className="grow">{one.name}</span>
              <span className="dim">{t(`kind_${one.kind}`)}</span>
            </div>
          );
        })}
      </div>
      {text.trim() && found.length === 0 && (
        <p className="row" role="status">
          {t('noMatch')}
        </p>
      )}
    </Card>
  );
}

function goToFound(one: Found): void {
  const { find, choose } = useStore.getState();
  if (one.kind === 'member') find(one.of as number);
  else if (one.kind === 'organisation') choose(one.of as string);
  else if (one.place) useStore.setState({ goTo: one.place });
}
