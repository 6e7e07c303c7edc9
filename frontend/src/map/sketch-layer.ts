/** What is drawn by hand: clicks add corners, corners are dragged, a double-click ends, Escape gives up. */
import type { GeoJSONSource, Map as MapLibre, MapMouseEvent } from 'maplibre-gl';
import { takeClicks } from './clicks';
import { apart, clicked, dragged, ended, inserted, removed, shapesOf, undone, type Spot } from './sketch';
import { useSketch } from './sketching';

const empty = { type: 'FeatureCollection' as const, features: [] };
const SAME_PIXELS = 4;
const INK = '#f472b6';

export function sketches(map: MapLibre): () => void {
  add(map);
  let hover: Spot | null = null;
  let held: number | null = null;
  const draw = () => {
    const { sketch } = useSketch.getState();
    (map.getSource('sketch') as GeoJSONSource | undefined)?.setData(sketch ? shapesOf(sketch, hover) : empty);
  };
  const change = () => {
    const { sketch } = useSketch.getState();
    map.getCanvas().style.cursor = sketch && !sketch.done ? 'crosshair' : '';
    if (sketch) map.doubleClickZoom.disable();
    else map.doubleClickZoom.enable();
    if (!sketch || sketch.done) hover = null;
    draw();
  };
  const spotOf = (event: MapMouseEvent): Spot => [event.lngLat.lng, event.lngLat.lat];
  const moved = (event: MapMouseEvent) => {
    const { sketch, set } = useSketch.getState();
    if (!sketch) return;
    if (held !== null) return set(dragged(sketch, held, spotOf(event)));
    if (sketch.done) return;
    hover = spotOf(event);
    draw();
  };
  const pressed = (event: MapMouseEvent) => {
    const { sketch, set } = useSketch.getState();
    if (!sketch?.done) return;
    const grip = gripAt(map, event);
    if (!grip) return;
    event.preventDefault(); // the map stays where it is
    if (grip.after !== undefined) set(inserted(sketch, grip.after, spotOf(event)));
    held = grip.n ?? grip.after! + 1;
  };
  const released = () => void (held = null);
  const twice = (event: MapMouseEvent) => {
    const { sketch, set } = useSketch.getState();
    if (!sketch) return;
    event.preventDefault();
    const n = sketch.done && sketch.shape === 'polygon' ? gripAt(map, event)?.n : undefined;
    if (n !== undefined) set(removed(sketch, n));
    else if (!sketch.done) set(ended(sketch, metresOf(map, event)));
  };
  const hears = [map.on('mousemove', moved), map.on('mousedown', pressed), map.on('mouseup', released), map.on('dblclick', twice)];
  window.addEventListener('keydown', key, true);
  change();
  const stops = [
    useSketch.subscribe((now, before) => void (now.sketch !== before.sketch && change())),
    takeClicks((event) => {
      const { sketch, set } = useSketch.getState();
      if (!sketch) return false;
      if (!sketch.done) set(clicked(sketch, spotOf(event)));
      return true;
    }),
  ];
  return () => {
    hears.forEach((one) => one.unsubscribe());
    window.removeEventListener('keydown', key, true);
    stops.forEach((stop) => stop());
  };
}

/** The corner, or the handle behind a corner, under the pointer; a corner comes first. */
function gripAt(map: MapLibre, { point: { x, y } }: MapMouseEvent): { n?: number; after?: number } | undefined {
  const found = map.queryRenderedFeatures([[x - 6, y - 6], [x + 6, y + 6]], { layers: ['sketch-corners', 'sketch-handles'] });
  return (found.find((one) => 'n' in one.properties) ?? found[0])?.properties;
}

/** How many metres a hand trembles at this zoom. */
function metresOf(map: MapLibre, event: MapMouseEvent): number {
  const { lng, lat } = map.unproject([event.point.x + SAME_PIXELS, event.point.y]);
  return apart([event.lngLat.lng, event.lngLat.lat], [lng, lat]);
}

/** Escape gives up, Backspace takes the last corner back, Enter ends. */
function key(event: KeyboardEvent): void {
  const { sketch, set, cancel } = useSketch.getState();
  const typing = event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement;
  if (!sketch) return;
  if (event.key === 'Escape') cancel();
  else if (event.key === 'Backspace' && !typing && !sketch.done) set(undone(sketch));
  else if (event.key === 'Enter' && !typing && !sketch.done) set(ended(sketch, 0.01));
  else return;
  event.preventDefault();
  event.stopPropagation();
}

function add(map: MapLibre): void {
  map.addSource('sketch', { type: 'geojson', data: empty });
  map.addLayer({ id: 'sketch-area', type: 'fill', source: 'sketch', filter: ['==', ['geometry-type'], 'Polygon'], paint: { 'fill-color': INK, 'fill-opacity': 0.18 } });
  map.addLayer({
    id: 'sketch-line', type: 'line', source: 'sketch', filter: ['==', ['geometry-type'], 'LineString'],
    layout: { 'line-cap': 'round', 'line-join': 'round' }, paint: { 'line-color': INK, 'line-width': 3 },
  });
  map.addLayer({
    id: 'sketch-handles', type: 'circle', source: 'sketch', filter: ['has', 'after'],
    paint: { 'circle-radius': 4, 'circle-color': INK, 'circle-stroke-color': '#ffffff', 'circle-stroke-width': 1.5, 'circle-opacity': 0.8 },
  });
  map.addLayer({
    id: 'sketch-corners', type: 'circle', source: 'sketch', filter: ['has', 'n'],
    paint: { 'circle-radius': 6, 'circle-color': '#ffffff', 'circle-stroke-color': INK, 'circle-stroke-width': 3 },
  });
}
