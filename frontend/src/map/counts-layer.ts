/** Far away: how many members there are, in place of the dots. */
import type { GeoJSONSource, Map as MapLibre } from 'maplibre-gl';
import { shownOf, useStore } from '../state/store';
import { byCell, byOrganisation, levelAt, resolutionAt } from './counting';
import { FONT, type Theme } from './style';
import { countsAt, useTools } from './tools';

const AGAIN_MS = 1_000;
const empty = { type: 'FeatureCollection' as const, features: [] };

export function memberCounters(map: MapLibre, theme: Theme): () => void {
  const dark = theme === 'dark';
  map.addSource('counts', { type: 'geojson', data: empty });
  map.addLayer({
    id: 'counts', type: 'circle', source: 'counts',
    paint: {
      'circle-radius': ['interpolate', ['linear'], ['sqrt', ['get', 'count']], 1, 12, 20, 26, 100, 44], 'circle-color': dark ? '#0f766e' : '#0d9488',
      'circle-opacity': 0.88, 'circle-stroke-color': dark ? '#5eead4' : '#ffffff', 'circle-stroke-width': 2,
    },
  });
  map.addLayer({
    id: 'counts-number', type: 'symbol', source: 'counts',
    layout: { 'text-field': ['to-string', ['get', 'count']], 'text-font': FONT, 'text-size': 13, 'text-allow-overlap': true },
    paint: { 'text-color': '#ffffff' },
  });
  const draw = () => show(map);
  draw();
  const timer = window.setInterval(draw, AGAIN_MS);
  map.on('zoomend', draw);
  const stop = useTools.subscribe(draw);
  return () => {
    window.clearInterval(timer);
    map.off('zoomend', draw);
    stop();
  };
}

function show(map: MapLibre): void {
  const shown = shownOf(useStore.getState());
  const { far, layers } = useTools.getState();
  const zoom = map.getZoom();
  const counted = layers.members && countsAt(far, zoom, shown.rows.size);
  const data = !counted ? empty : far === 'cells' ? byCell(shown.rows.values(), resolutionAt(zoom)) : byOrganisation(useStore.getState().organisations, shown, levelAt(zoom));
  document.documentElement.dataset.counts = String(data.features.length);
  if (data === empty && !drawn.has(map)) return;
  if (data === empty) drawn.delete(map);
  else drawn.add(map);
  (map.getSource('counts') as GeoJSONSource | undefined)?.setData(data);
}

const drawn = new WeakSet<MapLibre>();
