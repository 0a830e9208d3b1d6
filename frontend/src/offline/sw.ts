/**
 * The service worker: static files and one empty page for when there is no line. It never keeps an answer of the server:
 * pages hold personal data. Sends what waits when the browser says the line is back.
 */
import { flush } from './outbox';

declare const __SHELL__: string[];
declare const __VERSION__: string;

interface Extendable extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface Fetching extends Extendable {
  request: Request;
  respondWith(answer: Promise<Response> | Response): void;
}
interface Worker {
  addEventListener(type: 'install' | 'activate', listener: (event: Extendable) => void): void;
  addEventListener(type: 'sync', listener: (event: Extendable & { tag: string }) => void): void;
  addEventListener(type: 'fetch', listener: (event: Fetching) => void): void;
  skipWaiting(): Promise<void>;
  clients: { claim(): Promise<void> };
  location: Location;
}
const worker = self as unknown as Worker;

const lang = new URL(worker.location.href).searchParams.get('lang') === 'en' ? 'en' : 'zh';
const CACHE = `shell-${__VERSION__}-${lang}`;
const PAGE = `/offline?lang=${lang}`;

worker.addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(CACHE)
      // without credentials: the page that is kept belongs to nobody
      .then((cache) => cache.addAll([...__SHELL__, PAGE].map((url) => new Request(url, { cache: 'reload', credentials: 'omit' }))))
      .then(() => worker.skipWaiting()),
  );
});

worker.addEventListener('activate', (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter((name) => name.startsWith('shell-') && name !== CACHE).map((name) => caches.delete(name))))
      .then(() => worker.clients.claim()),
  );
});

const kept = async (url: string): Promise<Response> => (await caches.match(url)) ?? Response.error();

worker.addEventListener('fetch', (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== 'GET' || url.origin !== worker.location.origin) return;
  if (event.request.mode === 'navigate') event.respondWith(fetch(event.request).catch(() => kept(PAGE)));
  else if (__SHELL__.includes(url.pathname)) event.respondWith(fetch(event.request).catch(() => kept(url.pathname)));
});

worker.addEventListener('sync', (event) => {
  if (event.tag === 'outbox') event.waitUntil(flush());
});
