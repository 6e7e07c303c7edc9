/** The registered buildings of an organisation, standing on the basemap; the opened one as storeys. */
import '../map/engine';
import type { FeatureCollection } from 'geojson';
import { type GeoJSONSource, type Map as MapLibre, NavigationControl, ScaleControl } from 'maplibre-gl';
import { useEffect, useRef } from 'react';
import { ShiftedMap } from '../map/shifted-map';
import { basemapStyle, type Theme } from '../map/style';
import { territories } from '../map/territories';
import { datumOf } from '../map/tools';
import { useStore } from '../state/store';
import { type Colouring, colourOf, heightOf } from './shades';
import { slabsOf } from './storeys';
import type { Building } from './types';

interface Props {
  buildings: readonly Building[];
  colouring: Colouring;
  opened: Building | null;
  floor: number | null;
  onOpen(building: string): void;
}

const SLAB: Record<Theme, readonly [string, string]> = { dark: ['#94a3b8', '#fbbf24'], light: ['#64748b', '#d97706'] };
const NOTHING: FeatureCollection = { type: 'FeatureCollection', features: [] };

export function CityMap({ buildings, colouring, opened, floor, onOpen }: Props) {
  const frame = useRef<HTMLDivElement>(null);
  const map = useRef<MapLibre | null>(null);
  const ready = useRef(false);
  const theme = useStore((state) => state.theme);
  const basemap = useStore((state) => state.me?.links.basemap ?? '/basemap/astana.pmtiles');
  const datum = useStore((state) => datumOf(state.me?.links.gcj02 ?? [], false));
  const latest = useRef({ buildings, colouring, opened, floor, onOpen });
  latest.current = { buildings, colouring, opened, floor, onOpen };

  useEffect(() => {
    const made: MapLibre = new ShiftedMap({
      container: frame.current!, style: basemapStyle(theme, basemap, false), attributionControl: { compact: false }, maxPitch: 75,
      localIdeographFontFamily: false, center: [71.43, 51.13], zoom: 12, pitch: 55, bearing: -18,
    }, datum);
    made.addControl(new NavigationControl({ visualizePitch: true }), 'bottom-right');
    made.addControl(new ScaleControl({}), 'bottom-left');
    let stop = () => {};
    made.on('load', () => {
      addLayers(made, theme);
      stop = territories(made, theme);
      ready.current = true;
      draw(made, latest.current, theme);
      bring(made, latest.current);
    });
    made.on('click', 'city', (event) => {
      const found = event.features?.[0]?.properties.id as string | undefined;
      if (found) latest.current.onOpen(found);
    });
    made.on('mouseenter', 'city', () => (made.getCanvas().style.cursor = 'pointer'));
    made.on('mouseleave', 'city', () => (made.getCanvas().style.cursor = ''));
    map.current = made;
    return () => {
      ready.current = false;
      stop();
      made.remove();
    };
  }, [theme, basemap, datum]);

  useEffect(() => {
    if (map.current && ready.current) draw(map.current, latest.current, theme);
  }, [buildings, colouring, opened, floor, theme]);
  useEffect(() => {
    if (map.current && ready.current) bring(map.current, latest.current);
  }, [buildings, opened]);

  return <div ref={frame} className="map" role="application" aria-label="map" data-testid="city-map" data-buildings={buildings.length} />;
}

function addLayers(map: MapLibre, theme: Theme): void {
  map.addSource('city', { type: 'geojson', data: NOTHING });
  map.addSource('storeys', { type: 'geojson', data: NOTHING });
  map.addLayer({
    id: 'city', type: 'fill-extrusion', source: 'city',
    paint: { 'fill-extrusion-color': ['get', 'colour'], 'fill-extrusion-height': ['get', 'height'], 'fill-extrusion-opacity': 0.94 },
  });
  map.addLayer({
    id: 'storeys', type: 'fill-extrusion', source: 'storeys',
    paint: {
      'fill-extrusion-color': ['case', ['get', 'chosen'], SLAB[theme][1], SLAB[theme][0]],
      'fill-extrusion-base': ['get', 'base'], 'fill-extrusion-height': ['get', 'top'], 'fill-extrusion-opacity': 0.97,
    },
  });
}

type Shown = Pick<Props, 'buildings' | 'colouring' | 'opened' | 'floor'>;

function draw(map: MapLibre, { buildings, colouring, opened, floor }: Shown, theme: Theme): void {
  (map.getSource('city') as GeoJSONSource | undefined)?.setData({
    type: 'FeatureCollection',
    features: buildings.flatMap((one) => (one.footprint === null || one.id === opened?.id ? [] : [
      { type: 'Feature' as const, geometry: one.footprint, properties: { id: one.id, height: heightOf(one), colour: colourOf(one, colouring, theme) } },
    ])),
  });
  (map.getSource('storeys') as GeoJSONSource | undefined)?.setData(opened ? slabsOf(opened, floor) : NOTHING);
}

/** Bring the opened building, else all of them, into view. */
function bring(map: MapLibre, { buildings, opened }: Shown): void {
  if (opened) {
    map.easeTo({ center: [opened.longitude, opened.latitude], zoom: Math.max(map.getZoom(), 16.6), pitch: 60, duration: 700 });
    return;
  }
  const first = buildings[0];
  if (!first) return;
  const longitudes = buildings.map((one) => one.longitude).sort((a, b) => a - b);
  const latitudes = buildings.map((one) => one.latitude).sort((a, b) => a - b);
  const middle = buildings.length >> 1;
  map.easeTo({ center: [longitudes[middle]!, latitudes[middle]!], zoom: 14.6, pitch: 58, duration: 0 });
}
