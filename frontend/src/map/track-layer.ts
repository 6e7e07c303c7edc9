/** The selected member's track as a line, and the place of the replay upon it. */
import type { FeatureCollection } from 'geojson';
import type { GeoJSONSource, Map as MapLibre } from 'maplibre-gl';
import type { Track } from '../api/types';
import { useStore } from '../state/store';
import { NAMES } from './style';

const empty: FeatureCollection = { type: 'FeatureCollection', features: [] };

/** The overlay: drawn once, then as the store says. */
export function tracks(map: MapLibre): () => void {
  addTrack(map, NAMES);
  const state = useStore.getState();
  showTrack(map, state.track);
  showReplay(map, state.replay);
  return useStore.subscribe((now, before) => {
    if (now.track !== before.track) showTrack(map, now.track);
    if (now.replay !== before.replay) showReplay(map, now.replay);
  });
}

function addTrack(map: MapLibre, before: string): void {
  map.addSource('track', { type: 'geojson', data: empty });
  map.addSource('replay', { type: 'geojson', data: empty });
  map.addLayer(
    {
      id: 'track-casing', type: 'line', source: 'track', layout: { 'line-cap': 'round', 'line-join': 'round' },
      paint: { 'line-color': '#0b1220', 'line-width': 6, 'line-opacity': 0.6 },
    },
    before,
  );
  map.addLayer(
    {
      id: 'track', type: 'line', source: 'track', layout: { 'line-cap': 'round', 'line-join': 'round' },
      paint: { 'line-color': '#f97316', 'line-width': 3 },
    },
    before,
  );
  map.addLayer({
    id: 'replay', type: 'circle', source: 'replay',
    paint: { 'circle-radius': 8, 'circle-color': '#f97316', 'circle-stroke-color': '#ffffff', 'circle-stroke-width': 3 },
  });
}

function showTrack(map: MapLibre, track: Track | null): void {
  const coordinates = track?.longitude.map((longitude, n) => [longitude, track.latitude[n]!]) ?? [];
  (map.getSource('track') as GeoJSONSource | undefined)?.setData(
    coordinates.length > 1 ? { type: 'Feature', properties: {}, geometry: { type: 'LineString', coordinates } } : empty,
  );
}

function showReplay(map: MapLibre, place: [number, number] | null): void {
  (map.getSource('replay') as GeoJSONSource | undefined)?.setData(
    place ? { type: 'Feature', properties: {}, geometry: { type: 'Point', coordinates: place } } : empty,
  );
}
