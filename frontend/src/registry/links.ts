/** From a record to where it stands: the 3D city, the map, and the records that it names. Pure. */
import { pathOf } from '../app/route';
import { pathToRecord } from './at';
import { SPECS, type ElementName } from './elements';
import type { RecordOf } from './types';

export interface Link {
  words: string;
  to: string;
}

const ZOOM = 17;

export function linksOf(element: ElementName, record: RecordOf): Link[] {
  const building = element === 'buildings' ? record.id : text(record.building);
  const house = element === 'houses' ? record.id : text(record.house);
  const [latitude, longitude] = [record.latitude, record.longitude];
  const links: Link[] = [];
  if (building) links.push({ words: 'inCity', to: pathOf('city', house ? [building, house] : [building]) });
  if (typeof latitude === 'number' && typeof longitude === 'number') links.push({ words: 'onMap', to: pathOf('map', [], { view: `${latitude.toFixed(5)},${longitude.toFixed(5)},${ZOOM}` }) });
  for (const { name, of } of SPECS[element].fields) if (of && text(record[name])) links.push({ words: `to_${of}`, to: pathToRecord(of, text(record[name])!) });
  return links;
}

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
