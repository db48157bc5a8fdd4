// The service worker: the app opens without a network ([SHELL1]-[SHELL3]). `shell.ts` fills in what a build needs.
// It keeps files of the app and nothing else: no workshop, no key, nothing of the API.
const VERSION = 'VERSION';
const FILES = ['FILES'];
const PREFIX = 'plenary-shell-';
const CACHE = PREFIX + VERSION;
const PATIENCE_MS = 3000;
const ROOT = self.registration.scope;

self.addEventListener('install', (event) => {
  event.waitUntil(keep().then(() => self.skipWaiting()));
});

self.addEventListener('activate', (event) => {
  event.waitUntil(forget().then(() => self.clients.claim()));
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || !url.href.startsWith(ROOT)) return;
  const path = url.pathname.slice(new URL(ROOT).pathname.length);
  if (request.mode === 'navigate' && isScreen(path)) event.respondWith(page(request));
  else if (path.startsWith('assets/') || FILES.includes(path)) event.respondWith(file(request, path));
});

/** Paths of screens; all else (the API, health, metrics) is never touched. */
const isScreen = (path) => path === '' || /^[fjpw](\/[^/.]*\/?)?$/.test(path);

/** From the server, not from the browser's own cache: what is kept belongs together. */
async function keep() {
  const cache = await caches.open(CACHE);
  await cache.addAll(['./', ...FILES].map((path) => new Request(new URL(path, ROOT), { cache: 'no-cache' })));
}

/** Pages of the version before may still be open, and load a part of it later: it stays, all older ones go. */
async function forget() {
  const names = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== CACHE);
  await Promise.all(names.slice(0, -1).map((name) => caches.delete(name)));
}

/** The newest page where the server answers soon; else the one that is kept. */
async function page(request) {
  const kept = await caches.match(ROOT, { cacheName: CACHE });
  if (!kept) return fetch(request);
  let timer;
  const late = new Promise((resolve) => {
    timer = setTimeout(resolve, PATIENCE_MS, null);
  });
  const fresh = fetch(request).catch(() => null);
  const answer = await Promise.race([fresh, late]);
  clearTimeout(timer);
  if (answer && answer.status < 500) return answer;
  return rooted(kept);
}

/** The page says where the app is; kept, it may be shown at any depth. */
async function rooted(kept) {
  const html = (await kept.text()).replace('<base href="./" />', `<base href="${new URL(ROOT).pathname}" />`);
  return new Response(html, { headers: kept.headers });
}

/** Files with a hash in their name never change; the few others are asked for anew. */
async function file(request, path) {
  const kept = await caches.match(request, { ignoreVary: true });
  if (kept && path.startsWith('assets/')) return kept;
  try {
    return await fetch(request);
  } catch (error) {
    if (kept) return kept;
    throw error;
  }
}
