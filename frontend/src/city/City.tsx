/** The 3D city: every registered building of the chosen organisation, who lives in each, and back from a resident to the place. */
import './city.css';
import './words';
import { NativeSelect, Paper, SegmentedControl, Text } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { all } from '../api/request';
import { goTo, pathOf, useRoute } from '../app/route';
import { OrganisationTree } from '../panels/OrganisationTree';
import { useGroupName, useGroups } from '../state/groups';
import { useStore } from '../state/store';
import { Answered, Empty } from '../ui/States';
import { useAsked } from '../ui/useAsked';
import { BuildingPane } from './BuildingPane';
import { CityMap } from './CityMap';
import { FindResident } from './FindResident';
import { type Colouring, legendOf, SHADES, type Shade } from './shades';
import type { Building } from './types';

/** Buildings that are drawn at once. */
const MOST = 40_000;

export default function City() {
  const { t } = useTranslation('city');
  const organisation = useStore((state) => state.organisation);
  const role = useStore((state) => state.me?.role ?? '');
  const asked = useAsked(() => all<Building>('/registry/buildings/summary', { organisation, limit: 2000 }, MOST), [organisation]);
  return (
    <div className="city">
      <nav className="side" aria-label={t('organisations', { ns: 'translation' })}>
        {role !== 'observer' && <FindResident />}
        <OrganisationTree />
      </nav>
      <div className="stage">
        <Answered asked={asked}>{(buildings) => <Standing buildings={buildings} />}</Answered>
      </div>
    </div>
  );
}

function Standing({ buildings }: { buildings: readonly Building[] }) {
  const { t } = useTranslation('city');
  const { rest } = useRoute();
  const [colouring, setColouring] = useState<Colouring>({ shade: 'use', group: null });
  const [floor, setFloor] = useState<number | null>(null);
  const [id, house] = rest;
  const opened = useMemo(() => buildings.find((one) => one.id === id) ?? null, [buildings, id]);
  const role = useStore((state) => state.me?.role ?? '');
  return (
    <>
      <CityMap buildings={buildings} colouring={colouring} opened={opened} floor={floor} onOpen={(building) => goTo(pathOf('city', [building]))} />
      {buildings.length === 0 ? <Paper className="city-empty" shadow="md" withBorder><Empty hint={t('noneHint')}>{t('none')}</Empty></Paper> : <Shading colouring={colouring} onColour={setColouring} buildings={buildings} />}
      {opened && (role === 'observer' ? <Paper className="city-pane" p="md" withBorder>{t('may')}</Paper> : <BuildingPane key={opened.id} building={opened} house={house} onFloor={setFloor} />)}
    </>
  );
}

interface ShadingProps {
  colouring: Colouring;
  onColour(colouring: Colouring): void;
  buildings: readonly Building[];
}

function Shading({ colouring, onColour, buildings }: ShadingProps) {
  const { t } = useTranslation('city');
  const theme = useStore((state) => state.theme);
  const people = buildings.reduce((sum, one) => sum + one.residents, 0);
  const { shade, group } = colouring;
  return (
    <Paper className="city-shades" shadow="sm" withBorder p={8}>
      <Text size="xs" c="dimmed">{t('loaded', { buildings: buildings.length.toLocaleString(), people: people.toLocaleString() })}</Text>
      <SegmentedControl size="xs" value={shade} onChange={(value) => onColour({ ...colouring, shade: value as Shade })} data={SHADES.map((value) => ({ value, label: t(value) }))} aria-label={t('shade')} />
      {shade === 'groups' && <WhichGroup group={group} onGroup={(chosen) => onColour({ shade, group: chosen })} />}
      <ul className="city-legend">
        {legendOf(shade, theme).map((one) => (
          <li key={one.label}>
            <i style={{ background: one.colour }} aria-hidden />
            {shade === 'use' ? t(one.label) : one.label}
          </li>
        ))}
      </ul>
    </Paper>
  );
}

function WhichGroup({ group, onGroup }: { group: string | null; onGroup(group: string | null): void }) {
  const { t } = useTranslation('city');
  const groups = useGroups((state) => state.groups);
  const name = useGroupName();
  return <NativeSelect size="xs" aria-label={t('groups')} value={group ?? ''} onChange={(event) => onGroup(event.currentTarget.value || null)} data={[{ value: '', label: t('everyGroup') }, ...groups.map(({ code }) => ({ value: code, label: name(code) }))]} data-testid="city-group" />;
}
