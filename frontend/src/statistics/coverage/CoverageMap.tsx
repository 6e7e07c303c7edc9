/** The cells of a territory on the basemap. */
import 'maplibre-gl/dist/maplibre-gl.css';
import type { FeatureCollection } from 'geojson';
import { addProtocol, type GeoJSONSource, type Map as MapLibre, NavigationControl, ScaleControl, setWorkerUrl } from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import { Protocol } from 'pmtiles';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { ShiftedMap } from '../../map/shifted-map';
import { basemapStyle } from '../../map/style';
import { territories } from '../../map/territories';
import { datumOf } from '../../map/tools';
import { useStore } from '../../state/store';
import { boundsOf, shapesOf, type Mode } from './classes';
import type { CoverCell } from './types';

setWorkerUrl(workerUrl);
addProtocol('pmtiles', new Protocol().tile);

interface Props {
  cells: readonly CoverCell[];
  mode: Mode;
  now: number;
  onCell(cell: CoverCell | null): void;
}

const NOTHING: FeatureCollection = { type: 'FeatureCollection', features: [] };

export function CoverageMap({ cells, mode, now, onCell }: Props) {
  const { t } = useTranslation('coverage');
  const frame = useRef<HTMLDivElement>(null);
  const map = useRef<MapLibre | null>(null);
  const theme = useStore((state) => state.theme);
  const basemap = useStore((state) => state.me?.links.basemap ?? '/basemap/astana.pmtiles');
  const datum = useStore((state) => datumOf(state.me?.links.gcj02 ?? [], false));
  const latest = useRef({ cells, mode, now, onCell });
  latest.current = { cells, mode, now, onCell };

  useEffect(() => {
    const made: MapLibre = new ShiftedMap(
      { container: frame.current!, style: basemapStyle(theme, basemap, false), attributionControl: { compact: true }, localIdeographFontFamily: false, bounds: boundsOf(latest.current.cells) ?? [71.2, 51, 71.6, 51.3], fitBoundsOptions: { padding: 24 } },
      datum,
    );
    made.addControl(new NavigationControl({}), 'bottom-right');
    made.addControl(new ScaleControl({}), 'bottom-left');
    let stop = () => {};
    made.on('load', () => {
      addCells(made, theme === 'dark');
      stop = territories(made, theme);
      map.current = made;
      draw(made, latest.current);
      frame.current!.dataset.drawn = String(latest.current.cells.length);
    });
    made.on('click', (event) => {
      const [first] = made.queryRenderedFeatures(event.point, { layers: ['coverage'] });
      latest.current.onCell(latest.current.cells[first?.properties.number as number] ?? null);
    });
    return () => {
      map.current = null;
      stop();
      made.remove();
    };
  }, [theme, basemap, datum]);

  useEffect(() => void (map.current && draw(map.current, { cells, mode, now })), [cells, mode, now]);
  useEffect(() => {
    const bounds = boundsOf(cells);
    if (map.current && bounds) map.current.fitBounds(bounds, { padding: 24, duration: 0 });
  }, [cells]);

  return <div ref={frame} className="coverage-map" role="application" aria-label={t('map')} data-testid="coverage-map" />;
}

function addCells(map: MapLibre, dark: boolean): void {
  map.addSource('coverage', { type: 'geojson', data: NOTHING });
  map.addLayer({
    id: 'coverage', type: 'fill', source: 'coverage',
    paint: { 'fill-color': ['get', 'colour'], 'fill-opacity': ['case', ['get', 'visited'], 0.75, dark ? 0.1 : 0.16] },
  });
  map.addLayer({ id: 'coverage-edge', type: 'line', source: 'coverage', minzoom: 11, paint: { 'line-color': ['get', 'colour'], 'line-width': 0.6, 'line-opacity': 0.5 } });
}

const draw = (map: MapLibre, { cells, mode, now }: Pick<Props, 'cells' | 'mode' | 'now'>): void =>
  (map.getSource('coverage') as GeoJSONSource | undefined)?.setData(shapesOf(cells, mode, now)) as void;
