/** How many are where: H3 cells as the server counts them, and a heat map of the members shown. */
import type { FeatureCollection } from 'geojson';
import type { GeoJSONSource, Map as MapLibre } from 'maplibre-gl';
import { get } from '../api/request';
import { shownOf, useStore } from '../state/store';
import { FONT, NAMES, type Theme } from './style';
import { useTools } from './tools';

interface Density {
  items: { cell: string; count: number; boundary: [number, number][] }[];
}

const CELLS_MS = 10_000;
const HEAT_MS = 2_000;
const empty: FeatureCollection = { type: 'FeatureCollection', features: [] };
const RAMP: Record<Theme, readonly string[]> = { dark: ['#164e63', '#0891b2', '#facc15', '#f97316'], light: ['#a5f3fc', '#06b6d4', '#f59e0b', '#dc2626'] };

export function density(map: MapLibre, theme: Theme): () => void {
  add(map, theme);
  let last = { density: false, heat: false };
  const stop = useTools.subscribe(({ layers }) => {
    if (layers.density !== last.density) void cells(map);
    if (layers.heat !== last.heat) heat(map);
    last = layers;
  });
  void cells(map);
  heat(map);
  const timers = [window.setInterval(() => void cells(map), CELLS_MS), window.setInterval(() => heat(map), HEAT_MS)];
  return () => {
    stop();
    timers.forEach((timer) => window.clearInterval(timer));
  };
}

function add(map: MapLibre, theme: Theme): void {
  const [few, some, many, most] = RAMP[theme];
  map.addSource('density', { type: 'geojson', data: empty });
  map.addSource('heat', { type: 'geojson', data: empty });
  map.addLayer(
    {
      id: 'density', type: 'fill', source: 'density',
      paint: { 'fill-color': ['interpolate', ['linear'], ['get', 'count'], 1, few!, 4, some!, 12, many!, 40, most!], 'fill-opacity': 0.45, 'fill-outline-color': theme === 'dark' ? '#67e8f9' : '#155e75' },
    },
    NAMES,
  );
  map.addLayer(
    { id: 'heat', type: 'heatmap', source: 'heat', paint: { 'heatmap-radius': ['interpolate', ['linear'], ['zoom'], 9, 10, 15, 40], 'heatmap-intensity': 0.7, 'heatmap-opacity': 0.65 } },
    NAMES,
  );
  map.addLayer({
    id: 'density-count', type: 'symbol', source: 'density', minzoom: 11,
    layout: { 'text-field': ['to-string', ['get', 'count']], 'text-font': FONT, 'text-size': 11 },
    paint: { 'text-color': theme === 'dark' ? '#f8fafc' : '#0f172a', 'text-halo-color': theme === 'dark' ? '#0a1016' : '#ffffff', 'text-halo-width': 1.2 },
  });
}

async function cells(map: MapLibre): Promise<void> {
  const wanted = useTools.getState().layers.density;
  const found = wanted ? await get<Density>('/positions/density', { resolution: 8, organisation: useStore.getState().organisation }).catch(() => null) : { items: [] };
  document.documentElement.dataset.density = String(found?.items.length ?? 0);
  if (found === null) return; // what was there stays until the server answers
  (map.getSource('density') as GeoJSONSource | undefined)?.setData({
    type: 'FeatureCollection',
    features: found.items.map((one) => ({ type: 'Feature', properties: { count: one.count }, geometry: { type: 'Polygon', coordinates: [one.boundary] } })),
  });
}

function heat(map: MapLibre): void {
  const rows = useTools.getState().layers.heat ? [...shownOf(useStore.getState()).rows.values()] : [];
  const source = map.getSource('heat') as GeoJSONSource | undefined;
  if (rows.length === 0 && !warm.has(map)) return;
  if (rows.length) warm.add(map);
  else warm.delete(map);
  source?.setData({ type: 'FeatureCollection', features: rows.map((row) => ({ type: 'Feature', properties: {}, geometry: { type: 'Point', coordinates: [row.longitude, row.latitude] } })) });
}

const warm = new WeakSet<MapLibre>();
