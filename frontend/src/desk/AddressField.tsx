/** The address of a report: what is typed is looked up among the map's names, and a choice puts the place there. */
import { Autocomplete } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { search } from '../map/search';
import { useTools } from '../map/tools';
import { useStore } from '../state/store';
import { useDesk } from './store';

interface Props {
  value: string;
  onChange: (value: string) => void;
}

export function AddressField({ value, onChange }: Props) {
  const { t } = useTranslation('desk');
  const organisations = useStore((state) => state.organisations);
  const places = useMemo(() => {
    const found = search(value, value.trim() ? (useTools.getState().named?.() ?? []) : [], organisations, []);
    return new Map(found.flatMap((one) => (one.place ? [[one.name, one.place] as const] : [])));
  }, [value, organisations]);
  function choose(name: string): void {
    const place = places.get(name);
    if (!place) return;
    useDesk.getState().place(place);
    useStore.setState({ goTo: place });
  }
  return <Autocomplete label={t('address')} description={t('addressHint')} data={[...places.keys()]} value={value} onChange={onChange} onOptionSubmit={choose} maxLength={200} data-testid="address" />;
}
