// sw-off.js: the worker that ends another one. It is published in place of sw.js (sharh build --app off). When a
// browser that had saved the explainer checks for updates, this worker takes over, deletes what was saved in this
// scope and nothing else, and unregisters. Open pages stay as they are; from the next visit on, pages come from the
// network.

(() => {
  'use strict';

  const worker = /** @type {any} */ (self);

  const end = async () => {
    for (const name of await savedIn(new URL(worker.registration.scope)).all()) await caches.delete(name);
    await worker.registration.unregister();
  };

  worker.addEventListener('install', (/** @type {any} */ e) => e.waitUntil(worker.skipWaiting()));
  worker.addEventListener('activate', (/** @type {any} */ e) => e.waitUntil(end()));
})();
