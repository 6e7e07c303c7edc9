/** Components, key places and cameras of the registry: shapes by layer, colours by what they are, counted when far. */
import type { GeoJSONSource, Map as MapLibre, MapMouseEvent } from 'maplibre-gl';
import { useCameras } from '../cameras/store';
import { useDesk } from '../desk/store';
import { useStore } from '../state/store';
import { takeClicks } from './clicks';
import { COLOURS, ELEMENT_LAYERS, type ElementLayer, ofClass, SHAPES, shapesOf } from './elements';
import { useElements } from './elements-store';
import { pictureOf } from './marks';
import { FONT, type Theme } from './style';
import { useTools } from './tools';

const CLOSER = 2;
/** The basemap has a layer of places, too. */
const nameOf = (layer: ElementLayer): string => `registry-${layer}`;
const empty = { type: 'FeatureCollection' as const, features: [] };

export function elements(map: MapLibre, theme: Theme): () => void {
  for (const layer of ELEMENT_LAYERS) add(map, layer, theme);
  map.addSource('near-cameras', { type: 'geojson', data: empty });
  map.addLayer({ id: 'near-cameras', type: 'symbol', source: 'near-cameras', layout: { 'icon-image': 'cameras-camera', 'icon-allow-overlap': true, 'icon-size': 1.25 } });
  const drawAll = () => ELEMENT_LAYERS.forEach((layer) => draw(map, layer));
  const drawNear = () => fill(map, 'near-cameras', shapesOf(useCameras.getState().near.map((one) => ({ ...one, layer: 'cameras', code: null, what: 'camera', risk: null }))));
  const look = () => ELEMENT_LAYERS.forEach((layer) => useTools.getState().layers[layer] && void useElements.getState().look(layer, boxOf(map)));
  drawAll();
  drawNear();
  look();
  map.on('moveend', look);
  const stops = [
    useElements.subscribe((now, before) => void ((now.marks !== before.marks || now.class !== before.class) && drawAll())),
    useTools.subscribe((now, before) => {
      if (now.layers === before.layers) return;
      drawAll();
      look();
    }),
    useStore.subscribe((now, before) => void (now.organisation !== before.organisation && look())),
    useCameras.subscribe(drawNear),
    takeClicks((event) => take(map, event)),
  ];
  return () => {
    map.off('moveend', look);
    stops.forEach((stop) => stop());
  };
}

function add(map: MapLibre, layer: ElementLayer, theme: Theme): void {
  for (const [what, colour] of Object.entries(COLOURS[layer])) map.addImage(`${layer}-${what}`, pictureOf(SHAPES[layer], colour), { pixelRatio: 2 });
  const [first] = Object.values(COLOURS[layer]);
  const halo = theme === 'dark' ? '#0a1016' : '#ffffff';
  const name = nameOf(layer);
  map.addSource(name, { type: 'geojson', data: empty, cluster: true, clusterRadius: 44, clusterMaxZoom: 16 });
  map.addLayer({
    id: `${name}-counts`, type: 'circle', source: name, filter: ['has', 'point_count'],
    paint: { 'circle-radius': ['interpolate', ['linear'], ['sqrt', ['get', 'point_count']], 1, 10, 30, 24], 'circle-color': halo, 'circle-opacity': 0.85, 'circle-stroke-color': first!, 'circle-stroke-width': 2.5 },
  });
  map.addLayer({
    id: `${name}-number`, type: 'symbol', source: name, filter: ['has', 'point_count'],
    layout: { 'text-field': ['get', 'point_count_abbreviated'], 'text-font': FONT, 'text-size': 11.5, 'text-allow-overlap': true },
    paint: { 'text-color': theme === 'dark' ? '#f1f5f9' : '#1e293b' },
  });
  map.addLayer({
    id: name, type: 'symbol', source: name, filter: ['!', ['has', 'point_count']],
    layout: { 'icon-image': ['get', 'icon'], 'icon-allow-overlap': true, 'text-field': ['step', ['zoom'], '', 17, ['get', 'name']], 'text-font': FONT, 'text-size': 11, 'text-offset': [0, 1.1], 'text-anchor': 'top', 'text-optional': true },
    paint: { 'text-color': theme === 'dark' ? '#f1f5f9' : '#1e293b', 'text-halo-color': halo, 'text-halo-width': 1.5 },
  });
}

function draw(map: MapLibre, layer: ElementLayer): void {
  const { marks, class: wanted } = useElements.getState();
  const classes = new Map(useDesk.getState().kinds.map((kind) => [kind.code, kind.class]));
  const shown = !useTools.getState().layers[layer] ? [] : layer === 'components' ? ofClass(marks[layer], wanted, classes) : marks[layer];
  document.documentElement.dataset[layer] = String(shown.length);
  fill(map, nameOf(layer), shapesOf(shown));
}

function fill(map: MapLibre, source: string, data: GeoJSON.FeatureCollection): void {
  (map.getSource(source) as GeoJSONSource | undefined)?.setData(data);
}

/** A record is opened, a number brought closer. */
function take(map: MapLibre, { point, lngLat }: MapMouseEvent): boolean {
  const [hit] = map.queryRenderedFeatures(point, { layers: ELEMENT_LAYERS.flatMap((one) => [nameOf(one), `${nameOf(one)}-counts`]) });
  if (!hit) return false;
  const layer = ELEMENT_LAYERS.find((one) => nameOf(one) === hit.layer.id);
  if (hit.properties.point_count) map.easeTo({ center: lngLat, zoom: map.getZoom() + CLOSER });
  else if (layer) useElements.setState({ chosen: useElements.getState().marks[layer].find((one) => one.id === hit.properties.id) ?? null });
  return true;
}

/** West, south, east, north of what is in view, in WGS 84 whatever the map is in. */
function boxOf(map: MapLibre): string {
  const { width, height } = map.getCanvas().getBoundingClientRect();
  const corners = [[0, 0], [width, 0], [width, height], [0, height]].map(([x, y]) => map.unproject([x!, y!]));
  const [longitudes, latitudes] = [corners.map((one) => one.lng), corners.map((one) => one.lat)];
  const within = (value: number, most: number): string => Math.min(most, Math.max(-most, value)).toFixed(6);
  return [within(Math.min(...longitudes), 180), within(Math.min(...latitudes), 90), within(Math.max(...longitudes), 180), within(Math.max(...latitudes), 90)].join(',');
}
