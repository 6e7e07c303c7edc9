/** Territories of the organisation tree, and their names, as map layers. */
import type { FeatureCollection } from 'geojson';
import type { GeoJSONSource, Map as MapLibre } from 'maplibre-gl';
import type { Organisation } from '../api/types';
import { useStore } from '../state/store';
import { FONT, NAMES, type Theme } from './style';
import { boundsOf, COLOUR, features, tonesOf } from './territory-shapes';

const SHOWN_FROM: Record<string, number> = { district: 9, street: 11, community: 12.5, grid: 13.5 };
const empty: FeatureCollection = { type: 'FeatureCollection', features: [] };

/** The overlay: every territory, and the chosen one marked and brought into view. */
export function territories(map: MapLibre, theme: Theme): () => void {
  addTerritories(map, theme, NAMES);
  showTerritories(map, useStore.getState().organisations, theme);
  chooseTerritory(map, useStore.getState().chosen());
  return useStore.subscribe((now, before) => {
    if (now.organisations !== before.organisations) showTerritories(map, now.organisations, theme);
    if (now.organisation === before.organisation) return;
    const chosen = now.chosen();
    chooseTerritory(map, chosen);
    const bounds = boundsOf(chosen?.territory ? [chosen] : now.organisations);
    if (bounds) map.fitBounds(bounds, { padding: 40, duration: 600 });
  });
}

function showTerritories(map: MapLibre, all: readonly Organisation[], theme: Theme): void {
  const tones = tonesOf(all, theme);
  (map.getSource('territories') as GeoJSONSource | undefined)?.setData(features(all, 'territory', tones));
  (map.getSource('territory-labels') as GeoJSONSource | undefined)?.setData(features(all, 'label', tones));
}

/** Add sources and layers below `before`. */
function addTerritories(map: MapLibre, theme: Theme, before: string): void {
  map.addSource('territories', { type: 'geojson', data: empty });
  map.addSource('territory-labels', { type: 'geojson', data: empty });
  addTint(map, theme, before);
  map.addSource('chosen', { type: 'geojson', data: empty });
  for (const [level, minzoom] of Object.entries(SHOWN_FROM)) addLevel(map, level, minzoom, theme, before);
  map.addLayer(
    { id: 'chosen', type: 'fill', source: 'chosen', paint: { 'fill-color': COLOUR[theme], 'fill-opacity': ['interpolate', ['linear'], ['zoom'], 12, 0.1, 15, 0.04] } },
    before,
  );
  map.addLayer(
    { id: 'chosen-border', type: 'line', source: 'chosen', paint: { 'line-color': COLOUR[theme], 'line-width': 2.5 } },
    before,
  );
}

/** Districts lightly filled, so that the city's parts are seen from afar; the fill yields to the streets close by. */
function addTint(map: MapLibre, theme: Theme, before: string): void {
  const most = theme === 'dark' ? 0.07 : 0.09;
  map.addLayer(
    {
      id: 'tint', type: 'fill', source: 'territories', filter: ['==', ['get', 'level'], 'district'],
      paint: { 'fill-color': ['get', 'tone'], 'fill-opacity': ['interpolate', ['linear'], ['zoom'], 12, most, 15, 0] },
    },
    before,
  );
}

function addLevel(map: MapLibre, level: string, minzoom: number, theme: Theme, before: string): void {
  const wide = level === 'district' ? 2 : level === 'street' ? 1.4 : 0.8;
  map.addLayer(
    {
      id: `border-${level}`, type: 'line', source: 'territories', minzoom, filter: ['==', ['get', 'level'], level],
      paint: { 'line-color': ['get', 'tone'], 'line-width': wide, 'line-opacity': level === 'district' ? 0.9 : 0.5 },
    },
    before,
  );
  map.addLayer(
    {
      id: `name-${level}`, type: 'symbol', source: 'territory-labels', minzoom: minzoom + 0.6,
      maxzoom: level === 'grid' ? 24 : minzoom + 3,
      filter: ['==', ['get', 'level'], level],
      layout: { 'text-field': ['get', 'name'], 'text-font': FONT, 'text-size': level === 'grid' ? 10.5 : level === 'district' ? 14 : 12.5, 'text-padding': 6 },
      paint: {
        'text-color': ['get', 'tone'], 'text-halo-width': 1.4,
        'text-halo-color': theme === 'dark' ? '#0a1016' : '#ffffff',
      },
    },
    before,
  );
}

/** Mark one organisation's territory; null marks none. */
function chooseTerritory(map: MapLibre, chosen: Organisation | null): void {
  const source = map.getSource('chosen') as GeoJSONSource | undefined;
  source?.setData(chosen ? features([chosen], 'territory', new Map()) : empty);
}
