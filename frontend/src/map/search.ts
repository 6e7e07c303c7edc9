/** Finding a place on the map: streets and places of the basemap, organisations, members, or coordinates. Pure. */
import type { Organisation } from '../api/types';
import type { MemberInfo } from '../live/members';
import type { Place } from './tools';
import { boundsOf } from './territory-shapes';

export interface Found {
  kind: Place['kind'] | 'organisation' | 'member' | 'coordinates';
  name: string;
  /** Where to go; null: the member or organisation itself says. */
  place: [longitude: number, latitude: number] | null;
  /** Of a member its device's key, of an organisation its id. */
  of: number | string | null;
}

const MOST = 12;

/** What fits the text, the best first: names that begin with it, then words that do, then those that have it. */
export function search(text: string, places: readonly Place[], organisations: readonly Organisation[], members: Iterable<MemberInfo>): Found[] {
  const wanted = text.trim().toLowerCase();
  if (!wanted) return [];
  const at = coordinatesOf(wanted);
  const found: [number, Found][] = at ? [[0, { kind: 'coordinates', name: `${at[1]}, ${at[0]}`, place: at, of: null }]] : [];
  const add = (one: Found) => {
    const rank = rankOf(one.name.toLowerCase(), wanted);
    if (rank !== null) found.push([rank, one]);
  };
  for (const one of organisations) add({ kind: 'organisation', name: one.name, place: middleOf(one), of: one.id });
  for (const one of places) add({ kind: one.kind, name: one.name, place: [one.longitude, one.latitude], of: null });
  for (const one of members) add({ kind: 'member', name: one.name, place: null, of: one.key });
  return found.sort((a, b) => a[0] - b[0] || a[1].name.length - b[1].name.length || a[1].name.localeCompare(b[1].name)).slice(0, MOST).map(([, one]) => one);
}

/** 0 best; null: it does not fit. */
function rankOf(name: string, wanted: string): number | null {
  const at = name.indexOf(wanted);
  if (at < 0) return null;
  return at === 0 ? 1 : /\s/.test(name[at - 1]!) ? 2 : 3;
}

/** "51.16, 71.43": latitude and longitude, as [longitude, latitude]. */
export function coordinatesOf(text: string): [number, number] | null {
  const match = /^(-?\d{1,2}(?:\.\d+)?)[,;\s]\s*(-?\d{1,3}(?:\.\d+)?)$/.exec(text.trim());
  if (!match) return null;
  const [latitude, longitude] = [Number(match[1]), Number(match[2])];
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 ? [longitude, latitude] : null;
}

function middleOf(one: Organisation): [number, number] | null {
  if (one.label) return one.label.coordinates as [number, number];
  const bounds = boundsOf([one]);
  return bounds && [(bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2];
}
