/** The overlay of the past: incidents and alerts that were open at the instant looked at. */
import type { FeatureCollection } from 'geojson';
import type { GeoJSONSource, Map as MapLibre } from 'maplibre-gl';
import { takeClicks } from '../map/clicks';
import { FONT, type Theme } from '../map/style';
import { openAt } from './steps';
import { useTime } from './store';

const empty: FeatureCollection = { type: 'FeatureCollection', features: [] };
/** Alert, then priority 1 to 4. */
export const PAINT: Record<Theme, readonly string[]> = {
  dark: ['#ff4d63', '#ff6b6b', '#fb923c', '#facc15', '#93c5fd'],
  light: ['#be123c', '#dc2626', '#c2410c', '#a16207', '#1d4ed8'],
};

/** Drawn above the members, as the time machine's store says. */
export function pastMarkers(map: MapLibre, theme: Theme): () => void {
  const [alert, ...priorities] = PAINT[theme];
  const colour = ['match', ['get', 'priority'], 1, priorities[0]!, 2, priorities[1]!, 3, priorities[2]!, priorities[3]!] as const;
  map.addSource('past-open', { type: 'geojson', data: empty });
  map.addLayer({
    id: 'past-alerts', type: 'circle', source: 'past-open', filter: ['==', ['get', 'what'], 'alert'],
    paint: { 'circle-radius': 15, 'circle-color': 'transparent', 'circle-stroke-color': alert!, 'circle-stroke-width': 3.5 },
  });
  map.addLayer({
    id: 'past-incidents', type: 'circle', source: 'past-open', filter: ['==', ['get', 'what'], 'incident'],
    paint: { 'circle-radius': 9, 'circle-color': colour as never, 'circle-stroke-color': theme === 'dark' ? '#0a1016' : '#ffffff', 'circle-stroke-width': 2 },
  });
  map.addLayer({
    id: 'past-priorities', type: 'symbol', source: 'past-open', filter: ['==', ['get', 'what'], 'incident'],
    layout: { 'text-field': ['to-string', ['get', 'priority']], 'text-font': FONT, 'text-size': 11, 'text-allow-overlap': true },
    paint: { 'text-color': theme === 'dark' ? '#0a1016' : '#ffffff' },
  });
  const show = () => draw(map);
  show();
  const stops = [useTime.subscribe((now, before) => void (moved(now, before) && show())), takeClicks((event) => picked(map, event.point))];
  return () => stops.forEach((stop) => stop());
}

type Of = Pick<ReturnType<typeof useTime.getState>, 'at' | 'incidents' | 'alerts'>;

const moved = (now: Of, before: Of): boolean =>
  now.incidents !== before.incidents || now.alerts !== before.alerts || now.at !== before.at;

let shown = '';

function draw(map: MapLibre): void {
  const { at, incidents, alerts } = useTime.getState();
  const data = at === null ? empty : openAt(incidents, alerts, at);
  const known = JSON.stringify(data.features.map((one) => one.properties));
  const source = map.getSource('past-open') as GeoJSONSource | undefined;
  document.documentElement.dataset.pastOpen = String(data.features.length);
  if (known === shown && data.features.length > 0) return;
  shown = known;
  source?.setData(data);
}

function picked(map: MapLibre, point: { x: number; y: number }): boolean {
  if (useTime.getState().at === null) return false;
  const [found] = map.queryRenderedFeatures([[point.x - 8, point.y - 8], [point.x + 8, point.y + 8]], { layers: ['past-incidents', 'past-alerts'] });
  useTime.getState().pick((found?.properties.id as string | undefined) ?? null);
  return found !== undefined;
}
