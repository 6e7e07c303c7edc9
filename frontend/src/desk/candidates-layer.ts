/** The open incident's candidates: the way of each to the place with its travel time, and the place of a new incident. */
import type { Feature, FeatureCollection, Position } from 'geojson';
import type { GeoJSONSource, Map as MapLibre } from 'maplibre-gl';
import { takeClicks } from '../map/clicks';
import { FONT, type Theme } from '../map/style';
import { minutes } from './figures';
import { useDesk } from './store';
import { labelPlace, lineOf, useWays } from './ways';

const none: FeatureCollection = { type: 'FeatureCollection', features: [] };

export function candidates(map: MapLibre, theme: Theme): () => void {
  add(map, theme);
  draw(map);
  drawPlace(map);
  const stops = [
    useDesk.subscribe((now, before) => {
      if (now.candidates !== before.candidates || now.pointed !== before.pointed) draw(map);
      if (now.placing !== before.placing) drawPlace(map);
    }),
    useWays.subscribe(() => draw(map)),
    takeClicks((event) => {
      if (useDesk.getState().placing === null) return false;
      useDesk.getState().place([event.lngLat.lng, event.lngLat.lat]);
      return true;
    }),
  ];
  return () => stops.forEach((stop) => stop());
}

function add(map: MapLibre, theme: Theme): void {
  const colour = theme === 'dark' ? '#38bdf8' : '#0369a1';
  map.addSource('ways', { type: 'geojson', data: none });
  map.addSource('way-times', { type: 'geojson', data: none });
  map.addSource('placing', { type: 'geojson', data: none });
  for (const streets of [false, true]) {
    map.addLayer({
      id: streets ? 'ways-streets' : 'ways', type: 'line', source: 'ways', filter: ['==', ['get', 'streets'], streets], layout: { 'line-cap': 'round', 'line-join': 'round', 'line-sort-key': ['case', ['get', 'pointed'], 1, 0] },
      paint: {
        'line-color': ['case', ['get', 'pointed'], '#f97316', colour], 'line-width': ['case', ['get', 'pointed'], 5, 2.5], 'line-opacity': ['case', ['get', 'pointed'], 1, 0.7],
        ...(streets ? {} : { 'line-dasharray': [2, 1.5] }),
      },
    });
  }
  map.addLayer({
    id: 'way-times', type: 'symbol', source: 'way-times', // points: a line's label repeats in each tile that it crosses
    layout: { 'text-field': ['get', 'time'], 'text-font': FONT, 'text-size': 12 },
    paint: { 'text-color': theme === 'dark' ? '#f1f5f9' : '#1e293b', 'text-halo-color': theme === 'dark' ? '#0a1016' : '#ffffff', 'text-halo-width': 2 },
  });
  map.addLayer({ id: 'placing', type: 'circle', source: 'placing', paint: { 'circle-radius': 9, 'circle-color': '#f97316', 'circle-stroke-color': '#ffffff', 'circle-stroke-width': 3 } });
}

function draw(map: MapLibre): void {
  const { candidates: open, pointed, desk } = useDesk.getState();
  const incident = open && desk.incidents.get(open.incident);
  const ways = incident ? open.found.items : [];
  const there: Position = incident ? [incident.longitude, incident.latitude] : [0, 0];
  const { ways: known } = useWays.getState();
  const drawn = ways.map((one) => ({ ...lineOf(one, there, known.get(one.member)), properties: { time: minutes(one.travel_s), pointed: one.member === pointed } }));
  fill(map, 'ways', drawn.map(({ line, streets, properties }) => ({ type: 'Feature', properties: { ...properties, streets }, geometry: { type: 'LineString', coordinates: line } })));
  fill(map, 'way-times', drawn.map(({ line, properties }) => ({ type: 'Feature', properties, geometry: { type: 'Point', coordinates: labelPlace(line) } })));
  document.documentElement.dataset.ways = String(drawn.filter((one) => one.streets).length);
}

function fill(map: MapLibre, source: string, features: Feature[]): void {
  (map.getSource(source) as GeoJSONSource | undefined)?.setData({ type: 'FeatureCollection', features });
}

function drawPlace(map: MapLibre): void {
  const { placing } = useDesk.getState();
  map.getCanvas().style.cursor = placing === 'wanted' ? 'crosshair' : '';
  (map.getSource('placing') as GeoJSONSource | undefined)?.setData(
    Array.isArray(placing) ? { type: 'Feature', properties: {}, geometry: { type: 'Point', coordinates: placing } } : none,
  );
}
