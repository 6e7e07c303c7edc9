/** What the server's search finds, as entries of the palette: where each leads. Pure, but for the asking. */
import { get } from '../api/request';
import { pathOf } from '../app/route';

/** One answer of `GET /search`. */
export interface Hit {
  kind: 'people' | 'buildings' | 'houses' | 'places' | 'things' | 'establishments' | 'organisations' | 'incidents';
  id: string;
  name: string;
  detail: string;
  organisation: string;
  latitude: number | null;
  longitude: number | null;
  building: string | null;
  house: string | null;
}

/** Where a hit leads: an address of the page, the organisation to choose there, the place to look at. */
export interface Way {
  path: string;
  organisation?: string;
  place?: [longitude: number, latitude: number];
}

/** Members are known to the page already. */
export const KINDS = 'people,buildings,houses,places,things,establishments,organisations,incidents';

const LEAST = 2;
const MOST_A_KIND = 6;

/** Pure: a building or a house opens in the 3D city, an incident at the desk, everything else on the map. */
export function wayTo(hit: Hit): Way {
  if (hit.building) return { path: pathOf('city', hit.house ? [hit.building, hit.house] : [hit.building]), organisation: hit.organisation };
  if (hit.kind === 'incidents') return { path: pathOf('desk', [hit.id]) };
  const place: [number, number] | undefined = hit.longitude === null || hit.latitude === null ? undefined : [hit.longitude, hit.latitude];
  return { path: pathOf('map'), ...(hit.kind === 'organisations' ? { organisation: hit.id } : {}), ...(place ? { place } : {}) };
}

/** Pure: whether it is worth asking the server. One Chinese character is, one Latin letter is not. */
export const isAsked = (typed: string): boolean => typed.trim().length >= LEAST || /\p{Script=Han}/u.test(typed);

/** The best of each kind. */
export const askEverything = (typed: string, signal: AbortSignal): Promise<Hit[]> =>
  get<{ items: Hit[] }>('/search', { q: typed.trim().slice(0, 64), kinds: KINDS, limit: MOST_A_KIND }, signal).then((told) => told.items);
