/** Fetches the map around the member once in a while, so that the service worker has it when there is no network. */
import { metresBetween, type Place } from '../../geo/distance';
import { tilesAround } from './around';

const AROUND_M = 1_500;
const ZOOMS = [8, 9, 10, 11, 12, 13, 14, 15];
/** What was fetched reaches farther than this; beyond it is fetched anew. */
const MOVED_M = 700;

let last: Place | null = null;
let busy = false;

/** basemap: as the map shows it. Nothing where the phone saves data, has no network, or no service worker that would keep it. */
export async function keepTilesAround(basemap: string, place: Place): Promise<void> {
  if (busy || !isWorth() || (last && metresBetween(last, place) < MOVED_M)) return;
  busy = true;
  try {
    const { PMTiles } = await import('pmtiles');
    const source = new PMTiles(basemap);
    for (const tile of tilesAround(place, AROUND_M, ZOOMS)) await source.getZxy(...tile);
    last = place;
  } catch {
    // no network any more, or no such map: with the next position again
  } finally {
    busy = false;
  }
}

function isWorth(): boolean {
  const connection = (navigator as { connection?: { saveData?: boolean } }).connection;
  return navigator.onLine && !connection?.saveData && Boolean(navigator.serviceWorker?.controller);
}
