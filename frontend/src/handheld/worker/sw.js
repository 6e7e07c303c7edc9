/*
 * The handheld's service worker: the built page and all it may load later are put aside when it is installed, so that the
 * page opens without a network, each version whole. What it asks of the API is never kept here: the page keeps that itself.
 * Fonts that were used once stay. Parts of the map (ranges of a .pmtiles file) come from the network, and without one from
 * what was read before: the newest TILES_MOST of them, all of one version of the file.
 *
 * The build puts the list of files and its hash in place of the two names below (precache.js).
 */
const FILES = __FILES__;
const VERSION = __VERSION__;
const SHELL = `handheld-${VERSION}`;
const FONTS = 'handheld-fonts';
const TILES = 'handheld-tiles';
const TILES_MOST = 1_500;
const TILES_DROPPED = 100;
const PAGE = '/handheld';

self.addEventListener('install', (event) => event.waitUntil(fill()));
self.addEventListener('activate', (event) => event.waitUntil(takeOver()));
self.addEventListener('message', (event) => event.data === 'take over' && self.skipWaiting());
self.addEventListener('fetch', (event) => {
  const answer = answered(event.request);
  if (answer) event.respondWith(answer);
});

async function fill() {
  const cache = await caches.open(SHELL);
  await cache.addAll([PAGE, ...FILES].map((file) => new Request(file, { cache: 'reload' })));
}

async function takeOver() {
  const old = (await caches.keys()).filter((name) => name.startsWith('handheld-') && ![SHELL, FONTS, TILES].includes(name));
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
}

/** Undefined: the network alone answers. */
function answered(request) {
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== location.origin) return undefined;
  if (request.mode === 'navigate') return isPage(url.pathname) ? fromShell(PAGE, request) : undefined;
  if (url.pathname.endsWith('.woff2')) return font(request);
  if (url.pathname.endsWith('.pmtiles') && request.headers.has('range')) return part(request);
  return FILES.includes(url.pathname) ? fromShell(url.pathname, request) : undefined;
}

const isPage = (path) => path === PAGE || path.startsWith(`${PAGE}/`);

async function fromShell(path, request) {
  const cache = await caches.open(SHELL);
  return (await cache.match(path)) ?? fetch(request);
}

async function font(request) {
  const cache = await caches.open(FONTS);
  const kept = await cache.match(request.url);
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) await cache.put(request.url, answer.clone());
  return answer;
}

/** A range of the map. A cache takes no 206: it is kept as a 200 under an address of its own, and told as a 206 again. */
async function part(request) {
  const kept = `${request.url}?${request.headers.get('range')}`;
  let answer;
  try {
    answer = await fetch(request);
  } catch (error) {
    const before = await (await caches.open(TILES)).match(kept);
    if (!before) throw error;
    return new Response(before.body, { status: 206, headers: before.headers });
  }
  if (answer.status === 206) {
    const copy = answer.clone();
    keepPart(request.url, kept, copy).catch(() => undefined); // no room: the map is there as long as the network is
  }
  return answer;
}

async function keepPart(url, kept, answer) {
  const version = answer.headers.get('etag') ?? '';
  let cache = await caches.open(TILES);
  const known = await cache.match(url);
  if (known?.headers.get('etag') !== version) {
    if (known) await caches.delete(TILES); // ranges of two versions do not fit together
    cache = await caches.open(TILES);
    await cache.put(url, new Response(null, { headers: { etag: version } }));
  }
  await cache.put(kept, new Response(await answer.blob(), { headers: answer.headers }));
  const all = await cache.keys();
  if (all.length > TILES_MOST) await Promise.all(all.slice(1, TILES_DROPPED).map((one) => cache.delete(one)));
}
