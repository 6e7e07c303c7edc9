/** What is switched and done on the map itself: a column of buttons over its right foot, and what they open. */
import './words';
import './tools.css';
import { ActionIcon, Tooltip } from '@mantine/core';
import { IconBuildingSkyscraper, IconFence, IconPrinter, IconRulerMeasure, IconSearch, IconStack2, IconVectorSpline } from '@tabler/icons-react';
import { lazy, type ReactNode, Suspense, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { DRAWERS } from '../app/roles';
import { useStore } from '../state/store';
import { ElementCard } from './ElementCard';
import { useElements } from './elements-store';
import { GeofencePanel } from './GeofencePanel';
import { LayersPanel } from './LayersPanel';
import { MeasureBox } from './MeasureBox';
import { PrintSheet, printMap } from './PrintSheet';
import { SearchBox } from './SearchBox';
import { useSketch } from './sketching';
import { useTools } from './tools';

const TerritoryPanel = lazy(() => import('../territories/TerritoryPanel'));

export function MapTools() {
  const { t } = useTranslation('map');
  const { t: common } = useTranslation();
  const buildings = useStore((state) => state.buildings);
  const { panel, searching } = useTools();
  const chosen = useElements((state) => state.chosen);
  const measuring = useSketch((state) => state.sketch?.shape === 'measure') && panel !== 'territories';
  const draws = useStore((state) => DRAWERS.has(state.me?.role ?? ''));
  useEffect(() => {
    window.addEventListener('keydown', key);
    return () => window.removeEventListener('keydown', key);
  }, []);
  return (
    <>
      <div className="map-tools" role="toolbar" aria-orientation="vertical" aria-label={common('map')}>
        <Tool name="find" label={t('find')} on={searching} act={find} icon={<IconSearch size={18} aria-hidden />} />
        <Tool name="layers" label={t('layers')} on={panel === 'layers'} act={() => useTools.getState().open('layers')} icon={<IconStack2 size={18} aria-hidden />} />
        <Tool name="fences" label={t('fences')} on={panel === 'geofences'} act={openFences} icon={<IconFence size={18} aria-hidden />} />
        {draws && <Tool name="territories" label={t('territories')} on={panel === 'territories'} act={openTerritories} icon={<IconVectorSpline size={18} aria-hidden />} />}
        <Tool name="measure" label={t('measure')} on={measuring} act={measure} icon={<IconRulerMeasure size={18} aria-hidden />} />
        <Tool name="buildings" label={common('buildings')} on={buildings} act={() => useStore.getState().setBuildings(!buildings)} icon={<IconBuildingSkyscraper size={18} aria-hidden />} />
        <Tool name="print" label={t('print')} on={false} act={() => void printMap()} icon={<IconPrinter size={18} aria-hidden />} />
      </div>
      {searching && <SearchBox />}
      {panel === 'layers' && <LayersPanel />}
      {panel === 'geofences' && <GeofencePanel />}
      {panel === 'territories' && draws && (
        <Suspense fallback={null}>
          <TerritoryPanel />
        </Suspense>
      )}
      {panel === null && chosen && <ElementCard key={chosen.id} mark={chosen} />}
      {measuring && <MeasureBox />}
      <PrintSheet />
    </>
  );
}

function Tool({ name, label, on, act, icon }: { name: string; label: string; on: boolean; act: () => void; icon: ReactNode }) {
  return (
    <Tooltip label={label} position="left">
      <ActionIcon size="lg" variant={on ? 'filled' : 'default'} aria-pressed={on} aria-label={label} onClick={act} data-testid={`tool-${name}`}>
        {icon}
      </ActionIcon>
    </Tooltip>
  );
}

const find = () => useTools.setState({ searching: !useTools.getState().searching });

function measure(): void {
  const { sketch, begin, cancel } = useSketch.getState();
  if (sketch?.shape === 'measure') cancel();
  else begin('measure');
}

function openFences(): void {
  if (useTools.getState().panel === 'geofences') useSketch.getState().cancel();
  useTools.getState().open('geofences');
}

function openTerritories(): void {
  if (!DRAWERS.has(useStore.getState().me?.role ?? '')) return;
  useSketch.getState().cancel();
  useTools.getState().open('territories');
}

const KEYS: Readonly<Record<string, () => void>> = { f: find, l: () => useTools.getState().open('layers'), g: openFences, t: openTerritories, d: measure, p: () => void printMap() };

function key(event: KeyboardEvent): void {
  const target = event.target;
  const typing = target instanceof Element && target.closest('input:not([type=checkbox], [type=radio], [type=range]), textarea, select, [contenteditable], [role=dialog], [role=tree]');
  const act = event.ctrlKey || event.metaKey || event.altKey || typing || event.defaultPrevented ? undefined : KEYS[event.key];
  if (!act) return;
  event.preventDefault();
  act();
}
