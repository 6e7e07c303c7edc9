/** The service worker that lets the page open without a network; a newer version takes over when the member says so. */
import { setState } from '../store';

let waiting: ServiceWorker | null = null;

function watch(registration: ServiceWorkerRegistration): void {
  const tell = (): void => {
    if (!registration.waiting || !navigator.serviceWorker.controller) return;
    waiting = registration.waiting;
    setState({ newer: true });
  };
  tell();
  registration.addEventListener('updatefound', () => registration.installing?.addEventListener('statechange', tell));
}

/** Call once. A browser without service workers, or a page that is not secure, goes without. */
export function followWorker(): void {
  if (!('serviceWorker' in navigator) || import.meta.env.DEV) return;
  navigator.serviceWorker.register('/handheld-sw.js', { scope: '/handheld' }).then(watch, () => undefined);
}

/** Reload into the newer version. */
export function takeNewer(): void {
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
  waiting?.postMessage('take over');
}
