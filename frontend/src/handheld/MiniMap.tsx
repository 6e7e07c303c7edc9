/** A small map: where the member is, where the place is, and the way between, dashed where it is a straight line; a tap chooses a place. */
import '../map/engine';
import { type GeoJSONSource, LngLatBounds, Map as MapLibre } from 'maplibre-gl';
import type { Feature, FeatureCollection, Position } from 'geojson';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { basemapStyle } from '../map/style';
import { basemapOf, useHandheld } from './store';
import type { Place } from './types';

interface Props {
  target: Place | null;
  own: Place | null;
  /** Along streets; left out: the straight line. */
  way?: readonly Position[] | undefined;
  /** A tap chooses a place. */
  choose?: (place: Place) => void;
}

const STREET_ZOOM = 15.5;
const COLOURS = { dark: { line: '#ffb020', own: '#35c4e0', target: '#ff4d63', ring: '#0c1219' }, light: { line: '#b45309', own: '#0b7285', target: '#c2153b', ring: '#ffffff' } };

export default function MiniMap({ target, own, way, choose }: Props) {
  const { t } = useTranslation('handheld');
  const frame = useRef<HTMLDivElement>(null);
  const shown = useRef<MapLibre | null>(null);
  const theme = useHandheld((state) => state.theme);
  const basemap = useHandheld(basemapOf);
  const now = useRef({ target, own, way, choose });
  now.current = { target, own, way, choose };

  useEffect(() => {
    const map = new MapLibre({
      container: frame.current!,
      style: basemapStyle(theme, basemap, false),
      attributionControl: { compact: true },
      localIdeographFontFamily: false,
      pitchWithRotate: false,
      dragRotate: false,
      ...firstView(now.current.target, now.current.own),
    });
    map.on('load', () => {
      addLayers(map, theme);
      shown.current = map;
      draw(map, now.current);
      frame.current?.setAttribute('data-drawn', 'true');
    });
    map.on('idle', () => frame.current?.setAttribute('data-basemap', map.queryRenderedFeatures().some((one) => one.source === 'base') ? 'drawn' : 'none'));
    map.on('click', ({ lngLat }) => now.current.choose?.({ latitude: lngLat.lat, longitude: lngLat.lng }));
    return () => {
      shown.current = null;
      map.remove();
    };
  }, [theme, basemap]);

  useEffect(() => {
    if (shown.current) draw(shown.current, now.current);
  }, [target?.latitude, target?.longitude, own?.latitude, own?.longitude, way]);

  return (
    <div className="mini-map">
      <div ref={frame} role="application" aria-label={t('mapOf')} data-testid="mini-map" />
    </div>
  );
}

/** Both places, else the one that is known, else the city of the basemap. */
function firstView(target: Place | null, own: Place | null) {
  const known = [target, own].filter((place) => place !== null);
  const bounds = known.reduce((all, { longitude, latitude }) => all.extend([longitude, latitude]), new LngLatBounds());
  return known.length ? { bounds, fitBoundsOptions: { padding: 46, maxZoom: STREET_ZOOM } } : { center: [71.43, 51.13] as [number, number], zoom: 10 };
}

function addLayers(map: MapLibre, theme: 'dark' | 'light'): void {
  const { line, own, target, ring } = COLOURS[theme];
  map.addSource('way', { type: 'geojson', data: { type: 'FeatureCollection', features: [] } });
  const round = { 'line-cap': 'round', 'line-join': 'round' } as const;
  map.addLayer({ id: 'way-streets', type: 'line', source: 'way', filter: ['==', ['get', 'what'], 'streets'], layout: round, paint: { 'line-color': line, 'line-width': 5 } });
  map.addLayer({ id: 'way-line', type: 'line', source: 'way', filter: ['==', ['get', 'what'], 'straight'], paint: { 'line-color': line, 'line-width': 4, 'line-dasharray': [1.5, 1] } });
  map.addLayer({
    id: 'way-ends', type: 'circle', source: 'way', filter: ['==', ['geometry-type'], 'Point'],
    paint: { 'circle-radius': ['match', ['get', 'what'], 'own', 7, 10], 'circle-color': ['match', ['get', 'what'], 'own', own, target], 'circle-stroke-color': ring, 'circle-stroke-width': 3 },
  });
}

function draw(map: MapLibre, { target, own, way }: Props): void {
  const at = (place: Place): Position => [place.longitude, place.latitude];
  const point = (what: string, place: Place): Feature => ({ type: 'Feature', properties: { what }, geometry: { type: 'Point', coordinates: at(place) } });
  const line = (what: string, coordinates: Position[]): Feature => ({ type: 'Feature', properties: { what }, geometry: { type: 'LineString', coordinates } });
  const features: Feature[] = [];
  if (target && own) features.push(way ? line('streets', [...way]) : line('straight', [own, target].map(at)));
  if (own) features.push(point('own', own));
  if (target) features.push(point('target', target));
  (map.getSource('way') as GeoJSONSource | undefined)?.setData({ type: 'FeatureCollection', features } satisfies FeatureCollection);
}
