/** The basemap's style, light and dark, from the program's own tiles and fonts: nothing comes from the internet. */
import type { ExpressionSpecification, LayerSpecification, StyleSpecification } from 'maplibre-gl';
import { FACES } from './faces';

export type Theme = 'light' | 'dark';

interface Palette {
  ground: string;
  land: string;
  park: string;
  water: string;
  road: string;
  major: string;
  casing: string;
  rail: string;
  building: string;
  roof: string;
  label: string;
  halo: string;
}

const PALETTES: Record<Theme, Palette> = {
  dark: {
    ground: '#0c1219', land: '#101920', park: '#10211f', water: '#0d2a3c', road: '#1f2a35', major: '#3a4856',
    casing: '#0a0f15', rail: '#2d3743', building: '#1b2530', roof: '#2a3846', label: '#a8b8c7', halo: '#0a1016',
  },
  light: {
    ground: '#f1f0ec', land: '#e9e8e1', park: '#d4e5cf', water: '#a9cde2', road: '#ffffff', major: '#ffe6a8',
    casing: '#d7d3c8', rail: '#bdb9b0', building: '#dcd6cb', roof: '#cfc8bb', label: '#3e4650', halo: '#ffffff',
  },
};

export const FONT = ['Noto Sans'];

/** Areas and lines of ours go below this layer, so that names stay readable. */
export const NAMES = 'street-names';


const widths = (...stops: number[]): ExpressionSpecification =>
  ['interpolate', ['exponential', 1.5], ['zoom'], ...stops] as ExpressionSpecification;

const PARKS = ['park', 'grass', 'forest', 'wood', 'village_green', 'scrub', 'cemetery', 'pitch', 'garden',
  'recreation_ground', 'meadow', 'grassland'];

/** MapLibre's style document. basemap: URL or path of a PMTiles archive; satellite: URL of raster tiles to show in its place. */
export function basemapStyle(theme: Theme, basemap: string, buildings: boolean, satellite: string | null = null): StyleSpecification {
  const palette = PALETTES[theme];
  return {
    version: 8,
    'font-faces': { [FONT[0]!]: FACES },
    sources: {
      base: { type: 'vector', url: `pmtiles://${basemap}`, attribution: '© OpenStreetMap contributors (ODbL)' },
      ...(satellite === null ? {} : { satellite: { type: 'raster', tiles: [new URL(satellite, location.origin).href.replaceAll('%7B', '{').replaceAll('%7D', '}')], tileSize: 256, maxzoom: 19 } }),
    },
    layers: satellite !== null ? [...picture(palette), ...names(palette)] : [...grounds(palette), ...roads(palette), ...(buildings ? [solid(palette)] : []), ...names(palette)],
  } as unknown as StyleSpecification;
}

const base = { source: 'base' } as const;

function grounds(p: Palette): LayerSpecification[] {
  return [
    { id: 'ground', type: 'background', paint: { 'background-color': p.ground } },
    {
      id: 'land', type: 'fill', ...base, 'source-layer': 'land',
      paint: { 'fill-color': ['match', ['get', 'kind'], PARKS, p.park, p.land], 'fill-antialias': false },
    },
    { id: 'water', type: 'fill', ...base, 'source-layer': 'water', paint: { 'fill-color': p.water } },
    {
      id: 'waterways', type: 'line', ...base, 'source-layer': 'waterways',
      paint: { 'line-color': p.water, 'line-width': widths(9, 0.6, 14, 2.5, 17, 7) },
    },
    {
      id: 'buildings', type: 'fill', ...base, 'source-layer': 'buildings', minzoom: 13,
      paint: { 'fill-color': p.building, 'fill-opacity': ['interpolate', ['linear'], ['zoom'], 13, 0.2, 14.5, 1] },
    },
  ];
}

/** The satellite's pictures, a little dimmed so that marks stand out. */
function picture(p: Palette): LayerSpecification[] {
  return [
    { id: 'ground', type: 'background', paint: { 'background-color': p.ground } },
    { id: 'satellite', type: 'raster', source: 'satellite', paint: { 'raster-brightness-max': 0.85 } },
  ];
}

function roads(p: Palette): LayerSpecification[] {
  const round = { 'line-cap': 'round', 'line-join': 'round' } as const;
  return [
    {
      id: 'minor', type: 'line', ...base, 'source-layer': 'roads_minor', minzoom: 12, layout: round,
      paint: { 'line-color': p.road, 'line-width': widths(12, 0.4, 16, 4, 19, 14) },
    },
    {
      id: 'casing', type: 'line', ...base, 'source-layer': 'roads_major', minzoom: 12, layout: round,
      paint: { 'line-color': p.casing, 'line-width': widths(12, 3, 16, 14, 19, 44) },
    },
    {
      id: 'major', type: 'line', ...base, 'source-layer': 'roads_major', layout: round,
      paint: { 'line-color': p.major, 'line-width': widths(7, 0.6, 11, 1.2, 13, 2.6, 16, 10, 19, 38) },
    },
    {
      id: 'rail', type: 'line', ...base, 'source-layer': 'rail',
      paint: { 'line-color': p.rail, 'line-width': widths(10, 0.6, 16, 2.4), 'line-dasharray': [3, 2] },
    },
  ];
}

function solid(p: Palette): LayerSpecification {
  return {
    id: 'solid', type: 'fill-extrusion', ...base, 'source-layer': 'buildings', minzoom: 14,
    paint: {
      'fill-extrusion-color': ['interpolate', ['linear'], ['coalesce', ['get', 'h'], 3], 3, p.building, 25, p.roof, 90, p.major],
      'fill-extrusion-height': ['interpolate', ['linear'], ['zoom'], 14, 0, 14.6, ['coalesce', ['get', 'h'], 3]],
      'fill-extrusion-opacity': 0.92,
    },
  };
}

function names(p: Palette): LayerSpecification[] {
  const paint = { 'text-color': p.label, 'text-halo-color': p.halo, 'text-halo-width': 1.4 };
  return [
    {
      id: NAMES, type: 'symbol', ...base, 'source-layer': 'roads_major', minzoom: 13.5,
      filter: ['has', 'name'],
      layout: { 'symbol-placement': 'line', 'text-field': ['get', 'name'], 'text-font': FONT, 'text-size': 11, 'symbol-spacing': 360 },
      paint: { ...paint, 'text-opacity': 0.8 },
    },
    {
      id: 'places', type: 'symbol', ...base, 'source-layer': 'places', maxzoom: 14,
      layout: { 'text-field': ['coalesce', ['get', 'name:en'], ['get', 'name']], 'text-font': FONT, 'text-size': 12 },
      paint,
    },
  ];
}
