/** A small map of one shape upon the basemap; fetched only where there is a shape to see. */
import 'maplibre-gl/dist/maplibre-gl.css';
import type { Geometry, Position } from 'geojson';
import { addProtocol, LngLatBounds, Map as MapLibre, setWorkerUrl } from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import { Protocol } from 'pmtiles';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { basemapStyle } from '../../map/style';
import { useStore } from '../../state/store';

setWorkerUrl(workerUrl);
addProtocol('pmtiles', new Protocol().tile);

const COLOUR = '#0891b2';

export default function MiniMap({ shape, radius = 0 }: { shape: Geometry; /** Metres, of a circle around a point. */ radius?: number }) {
  const { t } = useTranslation('admin');
  const frame = useRef<HTMLDivElement>(null);
  const theme = useStore((state) => state.theme);
  const basemap = useStore((state) => state.me?.links.basemap ?? '/basemap/astana.pmtiles');
  useEffect(() => {
    const drawn = radius > 0 && shape.type === 'Point' ? circleOf(shape.coordinates, radius) : shape;
    const map = new MapLibre({
      container: frame.current!,
      style: basemapStyle(theme, basemap, false),
      bounds: boundsOf(drawn),
      fitBoundsOptions: { padding: 24, maxZoom: 16 },
      attributionControl: { compact: false },
      localIdeographFontFamily: false,
    });
    map.on('load', () => {
      map.addSource('shape', { type: 'geojson', data: drawn });
      map.addLayer({ id: 'shape-fill', type: 'fill', source: 'shape', filter: ['==', ['geometry-type'], 'Polygon'], paint: { 'fill-color': COLOUR, 'fill-opacity': 0.22 } });
      map.addLayer({ id: 'shape-line', type: 'line', source: 'shape', filter: ['!=', ['geometry-type'], 'Point'], paint: { 'line-color': COLOUR, 'line-width': 2 } });
      map.addLayer({ id: 'shape-point', type: 'circle', source: 'shape', filter: ['==', ['geometry-type'], 'Point'], paint: { 'circle-color': COLOUR, 'circle-radius': 6 } });
    });
    return () => map.remove();
  }, [shape, radius, theme, basemap]);
  return <div ref={frame} className="admin-map" role="application" aria-label={t('territory')} data-testid="admin-map" />;
}

function positionsOf(shape: Geometry): Position[] {
  if (shape.type === 'GeometryCollection') return shape.geometries.flatMap(positionsOf);
  return shape.type === 'Point' ? [shape.coordinates] : pairsOf(shape.coordinates.flat(Infinity) as number[]);
}

/** Flat numbers, two by two: a territory is stored without heights. */
function pairsOf(numbers: readonly number[]): Position[] {
  const pairs: Position[] = [];
  for (let n = 0; n + 1 < numbers.length; n += 2) pairs.push([numbers[n]!, numbers[n + 1]!]);
  return pairs;
}

function boundsOf(shape: Geometry): LngLatBounds {
  const bounds = new LngLatBounds();
  for (const [longitude, latitude] of positionsOf(shape)) bounds.extend([longitude!, latitude!]);
  return bounds;
}

const METRES_PER_DEGREE = 111_320;

/** A polygon of 48 corners. */
function circleOf([longitude, latitude]: Position, radius: number): Geometry {
  const ring = Array.from({ length: 49 }, (_, n) => {
    const turn = ((n % 48) / 48) * 2 * Math.PI;
    return [longitude! + (Math.cos(turn) * radius) / (METRES_PER_DEGREE * Math.cos((latitude! * Math.PI) / 180)), latitude! + (Math.sin(turn) * radius) / METRES_PER_DEGREE];
  });
  return { type: 'Polygon', coordinates: [ring] };
}
