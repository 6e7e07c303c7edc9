/** Choosing a house of the grid, by a part of its address or number; or a door that the registry does not know yet. */
import { Button, Group, NativeSelect, NumberInput, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useHandheld } from '../store';
import { Dim } from '../pages/parts';
import { houseName } from './ground';
import type { Ground, Household } from './types';

const SHOWN = 8;

interface Props {
  ground: Ground;
  house: string;
  choose: (house: string) => void;
}

export function HousePicker({ ground, house, choose }: Props) {
  const { t } = useTranslation('field');
  const [text, setText] = useState('');
  const chosen = ground.houses.find((one) => one.id === house);
  if (chosen) {
    return (
      <Group justify="space-between" className="card" data-testid="chosen-house">
        <div>
          <Dim>{t('chosenHouse')}</Dim>
          <Text fw={650}>{houseName(ground, chosen)}</Text>
        </div>
        <Button variant="default" size="compact-sm" onClick={() => choose('')}>
          {t('otherHouse')}
        </Button>
      </Group>
    );
  }
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const found = words.length ? ground.houses.filter((one) => words.every((word) => houseName(ground, one).toLowerCase().includes(word))) : [];
  return (
    <Stack gap={6}>
      <TextInput label={t('house')} placeholder={t('findHouse')} value={text} onChange={(event) => setText(event.currentTarget.value)} maxLength={100} data-testid="find-house" />
      {found.slice(0, SHOWN).map((one) => (
        <button type="button" key={one.id} className="card" onClick={() => choose(one.id)} data-testid="house-option">
          <Text component="span" fw={600}>
            {houseName(ground, one)}
          </Text>{' '}
          <Text component="span" size="sm" c="dimmed">
            {t('residents', { count: one.residents })}
          </Text>
        </button>
      ))}
      {words.length > 0 && found.length === 0 && <Dim>{t('noHouse')}</Dim>}
      {found.length > SHOWN && <Dim>{t('moreHouses', { count: found.length - SHOWN })}</Dim>}
    </Stack>
  );
}

/** The house of a household, known or new. */
export function Home({ household, change }: { household: Household; change: (part: Partial<Household>) => void }) {
  const { t } = useTranslation('field');
  const ground = useHandheld((state) => state.ground);
  if (!ground) return <Text role="status">{t('noGround')}</Text>;
  const { door } = household;
  if (!door) {
    return (
      <Stack gap={6}>
        <HousePicker ground={ground} house={household.house} choose={(house) => change({ house })} />
        {!household.house && (
          <Button variant="subtle" size="compact-sm" style={{ alignSelf: 'start' }} onClick={() => change({ door: { building: ground.buildings[0]?.id ?? '', entrance: 1, floor: 1, number: '' } })} data-testid="new-door">
            {t('newDoor')}
          </Button>
        )}
      </Stack>
    );
  }
  const set = (part: Partial<typeof door>) => change({ door: { ...door, ...part } });
  return (
    <Stack gap={6}>
      <NativeSelect label={t('building')} data={ground.buildings.map((one) => ({ value: one.id, label: one.address || one.name || one.id }))} value={door.building} onChange={(event) => set({ building: event.currentTarget.value })} />
      <Group grow>
        <NumberInput label={t('entrance')} min={1} max={100} value={door.entrance} onChange={(value) => set({ entrance: Number(value) || 1 })} />
        <NumberInput label={t('floor')} min={-20} max={200} value={door.floor} onChange={(value) => set({ floor: Number(value) || 1 })} />
        <TextInput label={t('number')} value={door.number} onChange={(event) => set({ number: event.currentTarget.value })} maxLength={40} data-testid="door-number" />
      </Group>
      <Button variant="subtle" size="compact-sm" style={{ alignSelf: 'start' }} onClick={() => change({ door: null })}>
        {t('backToList')}
      </Button>
    </Stack>
  );
}
