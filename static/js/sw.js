// The server writes VERSION and SHELL above: docs/offline.md.
oninstall = (event) => event.waitUntil(caches.open('s' + VERSION)
  .then((cache) => cache.addAll(SHELL.map((url) => new Request(url, { credentials: 'omit' }))))
  .then(() => skipWaiting()));

// Pages taken along need their shell: three stay.
onactivate = (event) => event.waitUntil(caches.keys().then((names) => Promise.all([
  clients.claim(),
  ...names.filter((name) => name[0] == 's').slice(0, -3).map((name) => caches.delete(name)),
])));

const kept = (request) => caches.match(request, { ignoreSearch: true, ignoreVary: true });

// A page taken along waits 5 s.
const page = (request) => kept(request).then((old) => Promise.race([
  fetch(request),
  new Promise((done) => old && setTimeout(done, 5000, old)),
]).catch(() => old || kept('/hors-ligne/')));

onfetch = (event) => {
  const { request } = event;
  if (request.method != 'GET') return;
  if (request.destination == 'document') event.respondWith(page(request));
  else if (/^\/(static|media)\//.test(new URL(request.url).pathname)) {
    event.respondWith(caches.match(request).then((known) => known || fetch(request)));
  }
};

onsync = (event) => event.waitUntil(clients.matchAll().then((all) => all.map((one) => one.postMessage(0))));
