// sw-off.js: the worker that ends another one. It is published in place of sw.js: for explainers that nobody is to save
// (sharh build --app off, or app: false), that were withdrawn, or that have moved. When a browser that had saved the
// explainer checks for updates, this worker takes over, deletes what was saved in this scope and nothing else, and
// unregisters. From the next visit on, pages come from the network. Open pages stay as they are, but for those of an
// explainer that was withdrawn or has moved: they go where it is now.

(() => {
  'use strict';

  /** The folder of the explainer, relative to the scope, where open pages are to go; null if they stay. @type {string|null} */
  const to = null; // filled in by the build

  const worker = /** @type {any} */ (self);

  const end = async () => {
    const scope = new URL(worker.registration.scope);
    for (const name of await savedIn(scope).all()) await caches.delete(name);
    await worker.registration.unregister();
    if (to === null) return;
    const folder = new URL(to, scope).href;
    for (const client of await worker.clients.matchAll({ type: 'window' })) {
      const { pathname, search, hash } = new URL(client.url);
      // An address with a fragment on the page itself would not load it again.
      const part = folder === scope.href ? '' : hash;
      client.navigate(folder + pathname.slice(scope.pathname.length) + search + part).catch(() => {}); // a page that was closed
    }
  };

  worker.addEventListener('install', (/** @type {any} */ e) => e.waitUntil(worker.skipWaiting()));
  worker.addEventListener('activate', (/** @type {any} */ e) => e.waitUntil(end()));
})();
