/** One house: its households, the head first, and a person opened with masked numbers. */
import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { get, post, reasonOf } from '../api/request';
import { goTo, pathOf } from '../app/route';
import { useStore } from '../state/store';
import { Answered, Fault } from '../ui/States';
import { useAsked } from '../ui/useAsked';
import { usePurpose } from './purpose';
import { ageOf } from './storeys';
import type { Group as SpecialGroup, House, Person, Resident } from './types';

/** Who may see numbers in full, where he says for what. */
const REVEALERS = new Set(['administrator', 'commander', 'officer', 'member']);

export function HousePane({ building, house }: { building: string; house: House }) {
  const { t } = useTranslation('city');
  const [person, setPerson] = useState<string | null>(null);
  return (
    <Stack gap="sm" data-testid="city-house">
      <Button variant="subtle" size="compact-sm" leftSection={<IconArrowLeft size={16} aria-hidden />} style={{ alignSelf: 'start' }} onClick={() => goTo(pathOf('city', [building]))}>{t('back')}</Button>
      <Group gap={8}>
        <Text fw={700} size="lg">{house.number}</Text>
        <Badge variant="light">{t(`occ_${house.occupancy}`)}</Badge>
        <Text size="sm" c="dimmed">{t('entrance', { number: house.entrance })} · {t('floor')} {house.floor}{house.area_m2 === null ? '' : ` · ${t('area', { area: house.area_m2 })}`}</Text>
      </Group>
      {house.households.length === 0 && <Text c="dimmed">{t('empty')}</Text>}
      {house.households.map((household) => (
        <Stack key={household.id} gap={4}>
          {household.people.map((one) => <ResidentRow key={one.id} one={one} open={person === one.id} onOpen={() => setPerson(person === one.id ? null : one.id)} />)}
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
  const { t, i18n } = useTranslation('city');
  const asked = useAsked(() => groups(), []);
  if (codes.length === 0 && !away) return null;
  const name = (code: string) => asked.data?.items.find((one) => one.code === code)?.[i18n.language.startsWith('zh') ? 'name_zh' : 'name_en'] ?? code;
  return (
    <Group gap={4} px={8} pb={4}>
      {codes.map((code) => <Badge key={code} size="sm" color="orange" variant="light">{name(code)}</Badge>)}
      {away && <Badge size="sm" color="gray" variant="light">{t('away')}</Badge>}
    </Group>
  );
}

let asking: Promise<{ items: SpecialGroup[] }> | null = null;

/** Asked once. */
function groups(): Promise<{ items: SpecialGroup[] }> {
  asking ??= get<{ items: SpecialGroup[] }>('/registry/groups').catch((error: unknown) => {
    asking = null;
    throw error;
  });
  return asking;
}

function PersonFacts({ person }: { person: string }) {
  const { t } = useTranslation('city');
  const purpose = usePurpose((state) => state.purpose);
  const role = useStore((state) => state.me?.role ?? '');
  const asked = useAsked(() => get<Person>(`/registry/people/${encodeURIComponent(person)}`, { purpose }), [person, purpose]);
  const [full, setFull] = useState<{ identity: string | null; telephone: string | null } | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const reveal = () => post<{ identity: string | null; telephone: string | null }>(`/registry/people/${encodeURIComponent(person)}/reveal`, { purpose }).then(setFull, (error: unknown) => setProblem(reasonOf(error)));
  return (
    <Answered asked={asked}>
      {(one) => (
        <Stack gap={6} px={8} pb={8}>
          <dl className="facts">
            <dt>{t('identity')}</dt>
            <dd data-testid="city-identity">{full?.identity ?? one.identity ?? '–'}</dd>
            <dt>{t('telephone')}</dt>
            <dd>{full?.telephone ?? one.telephone ?? '–'}</dd>
            {one.occupation && <><dt>{t('occupation')}</dt><dd>{one.occupation}</dd></>}
          </dl>
          {problem && <Fault problem={problem} />}
          {REVEALERS.has(role) && full === null && (one.identity !== null || one.telephone !== null) && <Button size="compact-xs" variant="default" onClick={reveal} data-testid="city-reveal">{t('reveal')}</Button>}
        </Stack>
      )}
    </Answered>
  );
}
