/** Names of the basemap: streets and places of the tiles that are loaded. */
import type { Map as MapLibre } from 'maplibre-gl';
import type { Place } from './tools';

const LAYERS = [['places', 'place'], ['roads_major', 'street'], ['roads_minor', 'street']] as const;

/** Each name once, where it was found first; empty when the tiles have none. */
export function namedPlaces(map: MapLibre): Place[] {
  const found = new Map<string, Place>();
  for (const [sourceLayer, kind] of LAYERS) {
    for (const feature of map.querySourceFeatures('base', { sourceLayer, filter: ['has', 'name'] })) {
      const name = String(feature.properties['name:en'] ?? feature.properties.name);
      const place = found.has(name) ? null : firstOf(feature.geometry);
      if (place) found.set(name, { name, kind, longitude: place[0], latitude: place[1] });
    }
  }
  return [...found.values()];
}

/** A place of a geometry: of a line its middle corner. */
export function firstOf(geometry: GeoJSON.Geometry): [number, number] | null {
  if (geometry.type === 'GeometryCollection') return null;
  let part: unknown = geometry.coordinates;
  while (Array.isArray(part) && Array.isArray(part[0])) part = part[part.length >> 1];
  return Array.isArray(part) && part.length >= 2 ? [part[0] as number, part[1] as number] : null;
}
