/** One house: its households, the head first, and a person opened with masked numbers. */
import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { get, post } from '../api/request';
import { REVEALERS } from '../app/roles';
import { FoldedEntries } from '../forms/entries/Entries';
import { goTo, pathOf } from '../app/route';
import { useGroupName } from '../state/groups';
import { useStore } from '../state/store';
import { Go } from '../ui/Go';
import { Revealed } from '../ui/Revealed';
import { Answered } from '../ui/States';
import { useAsked } from '../ui/useAsked';
import { usePurpose } from './purpose';
import { ageOf } from './storeys';
import type { House, Numbers, Person, Resident } from './types';

export function HousePane({ building, house }: { building: string; house: House }) {
  const { t } = useTranslation('city');
  const [person, setPerson] = useState<string | null>(null);
  const purpose = usePurpose((state) => state.purpose);
  return (
    <Stack gap="sm" data-testid="city-house">
      <Button variant="subtle" size="compact-sm" leftSection={<IconArrowLeft size={16} aria-hidden />} style={{ alignSelf: 'start' }} onClick={() => goTo(pathOf('city', [building]))}>{t('back')}</Button>
      <Group gap={8}>
        <Text fw={700} size="lg">{house.number}</Text>
        <Badge variant="light">{t(`occ_${house.occupancy}`)}</Badge>
        <Text size="sm" c="dimmed">{t('entrance', { number: house.entrance })} · {t('floor')} {house.floor}{house.area_m2 === null ? '' : ` · ${t('area', { area: house.area_m2 })}`} · <Go to={pathOf('registry', ['houses', house.id])}>{t('itsRecord')}</Go></Text>
      </Group>
      {house.households.length === 0 && <Text c="dimmed">{t('empty')}</Text>}
      {house.households.map((household) => (
        <Stack key={household.id} gap={4}>
          {household.people.map((one) => <ResidentRow key={one.id} one={one} open={person === one.id} onOpen={() => setPerson(person === one.id ? null : one.id)} />)}
          <FoldedEntries element="households" record={household.id} purpose={purpose} />
        </Stack>
      ))}
    </Stack>
  );
}

function ResidentRow({ one, open, onOpen }: { one: Resident; open: boolean; onOpen(): void }) {
  const { t } = useTranslation('city');
  const age = ageOf(one.birth_date, new Date());
  return (
    <div className="city-resident" data-testid="city-resident">
      <button type="button" className="row" aria-expanded={open} onClick={onOpen}>
        <span className="grow"><b>{one.name}</b></span>
        <span className="dim">{one.relation ? t(one.relation) : ''}{age === null ? '' : ` · ${t('years', { age })}`}</span>
      </button>
      <Groups codes={one.groups} away={one.residence === 'from_away'} />
      {open && <PersonFacts person={one.id} />}
    </div>
  );
}

function Groups({ codes, away }: { codes: readonly string[]; away: boolean }) {
  const { t } = useTranslation('city');
  const name = useGroupName();
  if (codes.length === 0 && !away) return null;
  return (
    <Group gap={4} px={8} pb={4}>
      {codes.map((code) => <Badge key={code} size="sm" color="orange" variant="light">{name(code)}</Badge>)}
      {away && <Badge size="sm" color="gray" variant="light">{t('away')}</Badge>}
    </Group>
  );
}

function PersonFacts({ person }: { person: string }) {
  const { t } = useTranslation('city');
  const purpose = usePurpose((state) => state.purpose);
  const may = useStore((state) => REVEALERS.has(state.me?.role ?? ''));
  const at = `/registry/people/${encodeURIComponent(person)}`;
  const asked = useAsked(() => get<Person>(at, { purpose }), [at, purpose]);
  return (
    <Answered asked={asked}>
      {(one) => (
        <Stack gap={6} px={8} pb={8} align="flex-start">
          <Revealed<Numbers, Numbers> masked={one} may={may && (one.identity !== null || one.telephone !== null)} purpose={purpose} reveal={(said) => post<Numbers>(`${at}/reveal`, { purpose: said })}>
            {(shown) => (
              <dl className="facts">
                <dt>{t('identity')}</dt>
                <dd data-testid="city-identity">{shown.identity ?? '–'}</dd>
                <dt>{t('telephone')}</dt>
                <dd>{shown.telephone ?? '–'}</dd>
                {one.occupation && <><dt>{t('occupation')}</dt><dd>{one.occupation}</dd></>}
              </dl>
            )}
          </Revealed>
          <Go to={pathOf('registry', ['residents', person])}>{t('itsRecord')}</Go>
          <FoldedEntries element="people" record={person} purpose={purpose} />
        </Stack>
      )}
    </Answered>
  );
}
