/** What a form is filled in about: places from what the phone keeps; people are asked of the server, and not kept. */
import { NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Element, Form } from '../../forms/types';
import { Answered } from '../../ui/States';
import { useAsked } from '../../ui/useAsked';
import { Dim } from '../pages/parts';
import { read } from '../session';
import { useHandheld } from '../store';
import { houseName } from './ground';
import { HousePicker } from './HousePicker';
import type { Ground, Target } from './types';

const SHOWN = 12;
/** Components are not kept on the phone. */
const OFFERED: readonly Element[] = ['places', 'establishments', 'buildings', 'houses', 'households', 'people'];

interface Props {
  form: Form;
  target: Target | null;
  choose: (target: Target | null) => void;
}

export function RecordPicker({ form, target, choose }: Props) {
  const { t } = useTranslation('field');
  const ground = useHandheld((state) => state.ground);
  const elements = OFFERED.filter((one) => form.elements.includes(one));
  const [element, setElement] = useState<Element>(elements[0] ?? 'places');
  const pick = (record: string) => choose(record ? { element, record } : null);
  if (!ground) return <Text role="status">{t('noGround')}</Text>;
  return (
    <Stack gap={8}>
      <NativeSelect label={t('about')} data={elements.map((value) => ({ value, label: t(`el_${value}`) }))} value={element} onChange={(event) => (setElement(event.currentTarget.value as Element), choose(null))} data-testid="about" />
      {element === 'houses' ? (
        <HousePicker ground={ground} house={target?.record ?? ''} choose={pick} />
      ) : element === 'households' || element === 'people' ? (
        <Lodgers key={element} ground={ground} element={element} record={target?.record ?? ''} choose={pick} />
      ) : (
        <Listed key={element} rows={rowsOf(ground, element)} record={target?.record ?? ''} choose={pick} />
      )}
    </Stack>
  );
}

const rowsOf = (ground: Ground, element: Element): { id: string; name: string }[] =>
  (element === 'places' ? ground.places : element === 'establishments' ? ground.establishments : ground.buildings).map((one) => ({ id: one.id, name: [one.name, one.address].filter(Boolean).join(' · ') || one.id }));

function Listed({ rows, record, choose }: { rows: { id: string; name: string }[]; record: string; choose: (record: string) => void }) {
  const { t } = useTranslation('field');
  const [text, setText] = useState('');
  const found = rows.filter((one) => one.id === record || one.name.toLowerCase().includes(text.trim().toLowerCase()));
  return (
    <Stack gap={6}>
      <TextInput label={t('find')} value={text} onChange={(event) => setText(event.currentTarget.value)} maxLength={100} data-testid="find-record" />
      {found.length === 0 && <Dim>{t('notFound')}</Dim>}
      {found.slice(0, SHOWN).map((one) => (
        <button type="button" key={one.id} className="card" aria-pressed={one.id === record} onClick={() => choose(one.id === record ? '' : one.id)} data-testid="record-option">
          {one.name}
        </button>
      ))}
    </Stack>
  );
}

/** Households or people of a house. */
function Lodgers({ ground, element, record, choose }: { ground: Ground; element: 'households' | 'people'; record: string; choose: (record: string) => void }) {
  const { t } = useTranslation('field');
  const [house, setHouse] = useState('');
  return (
    <Stack gap={6}>
      <Dim>{t('needsNetwork')}</Dim>
      <HousePicker ground={ground} house={house} choose={(next) => (setHouse(next), choose(''))} />
      {house && <InHouse key={house} house={house} element={element} record={record} choose={choose} />}
    </Stack>
  );
}

function InHouse({ house, element, record, choose }: { house: string; element: 'households' | 'people'; record: string; choose: (record: string) => void }) {
  const { t } = useTranslation('field');
  const asked = useAsked(async () => (await read<{ items: { id: string; name?: string; head?: string | null }[] }>(`/registry/${element}`, { house })).items, [house, element]);
  return <Answered asked={asked}>{(rows) => (rows.length ? rows.map((one) => <button type="button" key={one.id} className="card" aria-pressed={one.id === record} onClick={() => choose(one.id)} data-testid="record-option">{one.name ?? one.head ?? one.id}</button>) : <Dim>{t('nobodyHere')}</Dim>)}</Answered>;
}

/** How the chosen record is called, for the list of what waits. */
export function nameOfRecord(ground: Ground | null, { element, record }: Target): string {
  if (!ground) return record;
  const house = element === 'houses' && ground.houses.find((one) => one.id === record);
  if (house) return houseName(ground, house);
  return [...ground.places, ...ground.establishments, ...ground.buildings].find((one) => one.id === record)?.name || record;
}
