/** Territories as they would be, as they were, and where they do not fit. */
import type { GeoJSONSource, Map as MapLibre } from 'maplibre-gl';
import { FONT, type Theme } from '../map/style';
import { shapesOf } from './preview';
import { useTerritories } from './store';

const empty = { type: 'FeatureCollection' as const, features: [] };
const [DRAWN, PAST, FAULT] = ['#f472b6', '#f5b301', '#e5484d'];

export function redrawings(map: MapLibre, theme: Theme): () => void {
  map.addSource('redrawing', { type: 'geojson', data: empty });
  map.addLayer({ id: 'redrawing-area', type: 'fill', source: 'redrawing', filter: ['==', ['get', 'what'], 'drawn'], paint: { 'fill-color': DRAWN!, 'fill-opacity': 0.14 } });
  for (const [what, colour] of [['drawn', DRAWN], ['past', PAST]] as const)
    map.addLayer({ id: `redrawing-${what}`, type: 'line', source: 'redrawing', filter: ['==', ['get', 'what'], what], paint: { 'line-color': colour!, 'line-width': 2, 'line-dasharray': [3, 2] } });
  map.addLayer({
    id: 'redrawing-names', type: 'symbol', source: 'redrawing', minzoom: 14, filter: ['==', ['get', 'what'], 'past'],
    layout: { 'text-field': ['get', 'name'], 'text-font': FONT, 'text-size': 11 },
    paint: { 'text-color': PAST!, 'text-halo-color': theme === 'dark' ? '#0a1016' : '#ffffff', 'text-halo-width': 1.5 },
  });
  map.addLayer({
    id: 'redrawing-faults', type: 'circle', source: 'redrawing', filter: ['==', ['get', 'what'], 'fault'],
    paint: { 'circle-radius': 9, 'circle-color': FAULT!, 'circle-opacity': 0.4, 'circle-stroke-color': FAULT!, 'circle-stroke-width': 2.5 },
  });
  const draw = () => {
    const { preview, past } = useTerritories.getState();
    document.documentElement.dataset.past = past.length ? String(past.length) : '';
    (map.getSource('redrawing') as GeoJSONSource | undefined)?.setData(shapesOf(preview ?? { areas: [], faults: [] }, past));
  };
  draw();
  return useTerritories.subscribe((now, before) => void ((now.preview !== before.preview || now.past !== before.past) && draw()));
}
