/** Geofences on the map; a click on one opens it where its panel is open. */
import type { FeatureCollection } from 'geojson';
import type { GeoJSONSource, Map as MapLibre } from 'maplibre-gl';
import { takeClicks } from './clicks';
import { ringOf, type Spot } from './sketch';
import { useSketch, type Geofence } from './sketching';
import { FONT, NAMES, type Theme } from './style';
import { useTools } from './tools';

const AGAIN_MS = 60_000;
const INK: Record<Theme, string> = { dark: '#e879f9', light: '#a21caf' };

export function fences(map: MapLibre, theme: Theme): () => void {
  map.addSource('geofences', { type: 'geojson', data: { type: 'FeatureCollection', features: [] } });
  map.addLayer({ id: 'geofences', type: 'fill', source: 'geofences', paint: { 'fill-color': INK[theme], 'fill-opacity': ['case', ['get', 'active'], 0.1, 0.03] } }, NAMES);
  map.addLayer({ id: 'geofence-borders', type: 'line', source: 'geofences', paint: { 'line-color': INK[theme], 'line-width': 2, 'line-dasharray': [3, 1.5] } }, NAMES);
  map.addLayer({
    id: 'geofence-names', type: 'symbol', source: 'geofences', minzoom: 11,
    layout: { 'text-field': ['get', 'name'], 'text-font': FONT, 'text-size': 12 },
    paint: { 'text-color': INK[theme], 'text-halo-color': theme === 'dark' ? '#0a1016' : '#ffffff', 'text-halo-width': 1.5 },
  });
  const draw = () => {
    const { fences: all, form } = useSketch.getState();
    const shown = useTools.getState().layers.geofences ? all.filter((one) => one.id !== form?.id) : [];
    document.documentElement.dataset.geofences = String(shown.length);
    (map.getSource('geofences') as GeoJSONSource | undefined)?.setData(shapes(shown));
  };
  const ask = () => void useSketch.getState().load().catch(() => undefined); // asked again in a minute
  draw();
  ask();
  const timer = window.setInterval(ask, AGAIN_MS);
  const stops = [
    useSketch.subscribe((now, before) => void ((now.fences !== before.fences || now.form?.id !== before.form?.id) && draw())),
    useTools.subscribe((now, before) => void (now.layers !== before.layers && draw())),
    takeClicks((event) => useTools.getState().panel === 'geofences' && !useSketch.getState().sketch && open(map, event.point)),
  ];
  return () => {
    window.clearInterval(timer);
    stops.forEach((stop) => stop());
  };
}

function open(map: MapLibre, point: { x: number; y: number }): boolean {
  const [hit] = map.queryRenderedFeatures([point.x, point.y], { layers: ['geofences'] });
  const fence = useSketch.getState().fences.find((one) => one.id === hit?.properties.id);
  if (fence) useSketch.getState().edit(fence);
  return fence !== undefined;
}

function shapes(all: readonly Geofence[]): FeatureCollection {
  return {
    type: 'FeatureCollection',
    features: all.map(({ id, name, active, geometry, radius_m }) => ({
      type: 'Feature', properties: { id, name, active },
      geometry: geometry.type === 'Point' ? { type: 'Polygon', coordinates: [ringOf(geometry.coordinates as Spot, radius_m ?? 0)] } : geometry,
    })),
  };
}
