/** Incidents and alerts on the map: a disc by priority, its clock's state as the rim; alerts a ring. */
import type { FeatureCollection } from 'geojson';
import type { ExpressionSpecification, GeoJSONSource, Map as MapLibre } from 'maplibre-gl';
import { currentRoute, goTo, pathOf } from '../app/route';
import { takeClicks } from '../map/clicks';
import { FONT, type Theme } from '../map/style';
import { clockOf, columnOf, isOpen, isUp, type Desk } from './state';
import { deskOf, useDesk } from './store';

const SOURCE = 'incidents';
const ALERTS = 'alerts';
/** Of alerts: a cry for help is red. */
const ALARM: ExpressionSpecification = ['match', ['get', 'kind'], 'sos', '#ff4d63', '#f59e0b'];
const AGAIN_MS = 5_000;
export const PRIORITY_COLOURS = ['#e11d48', '#f97316', '#eab308', '#0ea5e9'] as const;

export function incidents(map: MapLibre, theme: Theme): () => void {
  add(map, theme);
  const draw = () => show(map, deskOf(useDesk.getState()));
  draw();
  const timer = window.setInterval(draw, AGAIN_MS); // clocks run
  const stops = [
    useDesk.subscribe((now, before) => {
      if (deskOf(now) !== deskOf(before)) draw();
    }),
    takeClicks((event) => {
      const { page, query } = currentRoute();
      const [hit] = map.queryRenderedFeatures(event.point, { layers: page === 'time' ? [SOURCE, ALERTS] : [SOURCE] });
      if (hit) goTo(page === 'time' ? pathOf('time', [String(hit.properties.id)], query) : pathOf('desk', [String(hit.properties.id)]));
      return hit !== undefined;
    }),
    pointer(map),
  ];
  return () => {
    window.clearInterval(timer);
    for (const stop of stops) stop();
  };
}

function pointer(map: MapLibre): () => void {
  const over = () => void (map.getCanvas().style.cursor = 'pointer');
  const out = () => void (map.getCanvas().style.cursor = '');
  map.on('mouseenter', SOURCE, over);
  map.on('mouseleave', SOURCE, out);
  return () => {
    map.off('mouseenter', SOURCE, over);
    map.off('mouseleave', SOURCE, out);
  };
}

function add(map: MapLibre, theme: Theme): void {
  map.addSource(SOURCE, { type: 'geojson', data: none });
  map.addSource(ALERTS, { type: 'geojson', data: none });
  map.addLayer({
    id: ALERTS, type: 'circle', source: ALERTS,
    paint: { 'circle-radius': ['match', ['get', 'kind'], 'sos', 22, 14], 'circle-color': ALARM, 'circle-opacity': 0.25, 'circle-stroke-color': ALARM, 'circle-stroke-width': 2.5 },
  });
  const rim = ['match', ['get', 'tone'], 'over', '#ff4d63', 'soon', '#fbbf24', theme === 'dark' ? '#0a1016' : '#ffffff'];
  map.addLayer({
    id: SOURCE, type: 'circle', source: SOURCE,
    paint: {
      'circle-radius': ['interpolate', ['linear'], ['zoom'], 10, 5, 14, 10],
      'circle-color': ['match', ['get', 'priority'], 1, PRIORITY_COLOURS[0], 2, PRIORITY_COLOURS[1], 3, PRIORITY_COLOURS[2], PRIORITY_COLOURS[3]],
      'circle-stroke-color': rim as never,
      'circle-stroke-width': ['case', ['==', ['get', 'tone'], 'fine'], 2, 4],
      'circle-opacity': ['match', ['get', 'column'], ['handling', 'feedback'], 0.55, 1],
    },
  });
  map.addLayer({
    id: 'incident-names', type: 'symbol', source: SOURCE, minzoom: 13.5,
    layout: { 'text-field': ['get', 'id'], 'text-font': FONT, 'text-size': 11, 'text-offset': [0, 1.5], 'text-anchor': 'top' },
    paint: { 'text-color': theme === 'dark' ? '#f1f5f9' : '#1e293b', 'text-halo-color': theme === 'dark' ? '#0a1016' : '#ffffff', 'text-halo-width': 1.5 },
  });
}

const none: FeatureCollection = { type: 'FeatureCollection', features: [] };

function show(map: MapLibre, desk: Desk): void {
  const shown = [...desk.incidents.values()].filter(isOpen);
  const now = Date.now();
  (map.getSource(SOURCE) as GeoJSONSource | undefined)?.setData({
    type: 'FeatureCollection',
    features: shown.map((one) => point([one.longitude, one.latitude], { id: one.id, priority: one.priority, column: columnOf(one), tone: clockOf(one, now)?.tone ?? 'fine' })),
  });
  (map.getSource(ALERTS) as GeoJSONSource | undefined)?.setData({
    type: 'FeatureCollection',
    features: [...desk.alerts.values()].filter((one) => isUp(one) && one.latitude !== null).map((one) => point([one.longitude!, one.latitude!], { id: one.id, kind: one.kind })),
  });
  document.documentElement.dataset.incidents = String(shown.length);
}

const point = (coordinates: [number, number], properties: Record<string, unknown>) => ({ type: 'Feature' as const, properties, geometry: { type: 'Point' as const, coordinates } });
