/** The layers that are there already, shown and hidden as the panel says; and the map itself for search and print. */
import type { Map as MapLibre } from 'maplibre-gl';
import { useTools, type Picture } from './tools';
import { namedPlaces } from './named';

const LEVELS = ['district', 'street', 'community', 'grid'];

export function switches(map: MapLibre): () => void {
  const apply = () => {
    const { layers } = useTools.getState();
    const show = (id: string, shown: boolean) => map.getLayer(id) && map.setLayoutProperty(id, 'visibility', shown ? 'visible' : 'none');
    for (const level of LEVELS) {
      show(`border-${level}`, layers.borders);
      show(`name-${level}`, layers.labels);
    }
    show('tint', layers.borders);
  };
  apply();
  useTools.setState({ named: () => namedPlaces(map), picture: () => pictureOf(map) });
  const stop = useTools.subscribe((now, before) => void (now.layers !== before.layers && apply()));
  return () => {
    stop();
    useTools.setState({ named: null, picture: null });
  };
}

/** The canvas is read in the very frame that draws it: afterwards it is empty, and keeping it would cost every frame. */
function pictureOf(map: MapLibre): Promise<Picture> {
  const { width, height } = map.getCanvas().getBoundingClientRect();
  const metresPerPixel = map.unproject([width / 2 - 50, height / 2]).distanceTo(map.unproject([width / 2 + 50, height / 2])) / 100;
  return new Promise((done, fail) => {
    map.once('render', () =>
      map.getCanvas().toBlob((blob) => (blob ? done({ url: URL.createObjectURL(blob), metresPerPixel, width, height }) : fail(new Error('the map could not be read'))), 'image/png'),
    );
    map.triggerRepaint();
  });
}
