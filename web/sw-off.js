// sw-off.js: the worker that ends another one. Published in the place of sw.js (sharh build --app off), it takes over in
// every browser that had saved the explainer as soon as that asks for updates, deletes what was saved in this scope, that
// alone, and unregisters. Pages that are open stay as they are; from the next visit on they come from the network.

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
