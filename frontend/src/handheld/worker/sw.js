/*
 * The handheld's service worker: the built page and all it may load later are put aside when it is installed, so that the
 * page opens without a network, each version whole. What it asks of the server (`/api`, `/basemap`) is never kept here: the
 * page keeps that itself. Fonts that were used once stay.
 *
 * The build puts the list of files and its hash in place of the two names below (precache.js).
 */
const FILES = __FILES__;
const VERSION = __VERSION__;
const SHELL = `handheld-${VERSION}`;
const FONTS = 'handheld-fonts';
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
  const old = (await caches.keys()).filter((name) => name.startsWith('handheld-') && name !== SHELL && name !== FONTS);
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
}

/** Undefined: the network alone answers. */
function answered(request) {
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== location.origin) return undefined;
  if (request.mode === 'navigate') return isPage(url.pathname) ? fromShell(PAGE, request) : undefined;
  if (url.pathname.endsWith('.woff2')) return font(request);
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
