/** An opened building: its figures, its storeys as a stack, and who lives in the chosen house. */
import { Badge, Button, CloseButton, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { get } from '../api/request';
import { goTo, pathOf } from '../app/route';
import { Go } from '../ui/Go';
import { PurposeForm } from '../ui/PurposeForm';
import { Answered } from '../ui/States';
import { useAsked } from '../ui/useAsked';
import { HousePane } from './HousePane';
import { usePurpose } from './purpose';
import { storeysOf } from './storeys';
import type { Building, House } from './types';

interface Props {
  building: Building;
  /** Id of the house that is open. */
  house: string | undefined;
  /** Which floor that house is on, to be marked on the map. */
  onFloor(floor: number | null): void;
}

export function BuildingPane({ building, house, onFloor }: Props) {
  const { t } = useTranslation('city');
  const purpose = usePurpose((state) => state.purpose);
  return (
    <Paper className="city-pane" shadow="md" withBorder p="md" component="section" aria-label={t('building')} data-testid="city-building">
      <Stack gap="sm">
        <Group justify="space-between" wrap="nowrap" align="start">
          <div>
            <Title order={2} size="h3">{building.address || building.name || building.id}</Title>
            <Text size="sm" c="dimmed">{t('floors', { count: building.floors })} · {t('homes', { count: building.homes })} · {t('people', { count: building.residents })} · <Go to={pathOf('registry', ['buildings', building.id])}>{t('itsRecord')}</Go></Text>
          </div>
          <CloseButton aria-label={t('close')} onClick={() => goTo(pathOf('city'))} />
        </Group>
        {purpose ? <Inside building={building} house={house} purpose={purpose} onFloor={onFloor} /> : <AskPurpose />}
      </Stack>
    </Paper>
  );
}

function AskPurpose() {
  const { t } = useTranslation('city');
  return (
    <Stack gap={8}>
      <Text fw={600}>{t('purposeTitle')}</Text>
      <Text size="sm" c="dimmed">{t('purposeOnce')}</Text>
      <PurposeForm action={t('look')} onSay={(purpose) => usePurpose.getState().say(purpose)} />
    </Stack>
  );
}

function Inside({ building, house, purpose, onFloor }: Props & { purpose: string }) {
  const { t } = useTranslation('city');
  const asked = useAsked(() => get<{ houses: House[] }>(`/registry/buildings/${encodeURIComponent(building.id)}/inside`, { purpose }), [building.id, purpose]);
  const floor = asked.data?.houses.find((one) => one.id === house)?.floor ?? null;
  useEffect(() => {
    onFloor(floor);
    return () => onFloor(null);
  }, [floor]);
  return (
    <>
      <Answered asked={asked}>
        {({ houses }) => {
          const chosen = houses.find((one) => one.id === house);
          if (chosen) return <HousePane building={building.id} house={chosen} />;
          return houses.length === 0 ? <Text c="dimmed">{t('noHouses')}</Text> : <Stack gap={3} component="ol" className="city-stack">{storeysOf(houses, building.floors).map((one) => <Storey key={one.floor} building={building.id} floor={one.floor} houses={one.houses} />)}</Stack>;
        }}
      </Answered>
      <Button variant="subtle" size="compact-xs" onClick={() => usePurpose.getState().say('')}>{t('changePurpose', { purpose })}</Button>
    </>
  );
}

function Storey({ building, floor, houses }: { building: string; floor: number; houses: readonly House[] }) {
  const { t } = useTranslation('city');
  return (
    <li className="city-storey">
      <Badge variant="light" color="gray" w={44} aria-label={`${t('floor')} ${floor}`}>{floor}</Badge>
      <div className="city-doors">
        {houses.map((one) => {
          const people = one.households.reduce((sum, household) => sum + household.people.length, 0);
          const head = one.households[0]?.people[0]?.name;
          return (
            <button key={one.id} type="button" className={`city-door ${one.occupancy}`} data-testid="city-door" title={head ?? t(`occ_${one.occupancy}`)} onClick={() => goTo(pathOf('city', [building, one.id]))}>
              <b>{one.number}</b>
              <span>{people ? `${head?.split(' ')[0] ?? ''} · ${people}` : t(`occ_${one.occupancy}`)}</span>
            </button>
          );
        })}
      </div>
    </li>
  );
}
