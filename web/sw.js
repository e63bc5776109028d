// sw.js: the service worker of a saved explainer. It is registered when a reader saves for offline use or installs, never
// by a mere visit (offline.js), and does three things:
//
//  1. Install: every file of the reading set, whole or not at all. What the version before has is copied, the rest is
//     fetched, all of it is compared with the hash that the build knows. The version before goes on meanwhile, and until
//     the reader wishes for the new one.
//  2. Answer: saved pages, whatever the query, and saved files. Everything else is the network's: other methods, other
//     origins, ranges, files that are not in the list. Without a network a call's or a view's own page is answered with
//     the explainer's page and that item.
//  3. Mend: what the browser lost or emptied comes from the network again.
//
// It touches caches of its own scope alone (caches.js, which the build puts before it). site/offline fills in the plan; the
// version is the hash of the filled worker.

/**
 * @typedef {[path: string, hash: string, size: number]} Entry path from the scope; SHA-256 in base64; bytes
 * @typedef {{ path: string, date: string, changes: { on: string, text: string }[] }} Page
 * @typedef {{ version: string, reading: Entry[], client: Entry[], pages: Page[], assets: string }} Plan assets: folder of files whose names have their hash
 * @typedef {{ url: string, hash: string, size: number, client: boolean }} File
 */

(() => {
  'use strict';

  /** @type {Plan} */
  const plan = { version: '', reading: [], client: [], pages: [], assets: '' }; // filled in by the build
  /** The kinds of item that have pages of their own. @type {string[]} */
  const itemPages = []; // filled in by the build

  const worker = /** @type {any} */ (self);
  const scope = new URL(worker.registration.scope);
  const saved = savedIn(scope);
  const name = saved.of(plan.version);
  const channel = saved.channel();

  /** @param {boolean} client @returns {(e: Entry) => File} */
  const file = (client) => ([path, hash, size]) => ({ url: new URL(path, scope).href, hash, size, client });
  const reading = plan.reading.map(file(false));
  const client = plan.client.map(file(true));
  const listed = new Map([...reading, ...client].map((f) => [f.url, f]));

  /** @param {ArrayBuffer} bytes */
  const digest = async (bytes) => btoa(String.fromCharCode(...new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))));

  /** A failure with a reason that can be told: 'network', 'changed' (other bytes than the build's), 'space', 'denied'. */
  class Failure extends Error {
    /** @param {string} reason @param {string} about */
    constructor(reason, about) {
      super(`${reason}: ${about}`);
      this.reason = reason;
    }
  }

  /** @param {any} e */
  const reason = (e) => e.reason || (e.name === 'QuotaExceededError' ? 'space' : e.name === 'SecurityError' ? 'denied' : 'network');

  // ---- 1. Install ------------------------------------------------------------------------------------------------

  /**
   * What is stored of a file, if it is all there: browsers have been seen to keep an entry and lose its content.
   * @param {File} f @param {string} [from] name of the cache
   */
  const stored = async (f, from = name) => {
    try {
      const found = await caches.match(f.url, { cacheName: from, ignoreVary: true });
      if (!found || found.headers.get('sharh-hash') !== f.hash) return null;
      const body = await found.blob();
      return body.size === f.size ? new Response(body, found) : null;
    } catch { // storage fails: as if nothing were there
      return null;
    }
  };

  /** @param {File[]} files */
  const whole = async (files) => {
    for (const f of files) if (!await stored(f)) return false;
    return true;
  };

  /** @param {File[]} files */
  const bytes = (files) => files.reduce((sum, f) => sum + f.size, 0);

  /** What is stored besides the content: a redirect or a compression is over, and nothing varies any more. @param {File} f @param {Headers} from */
  const headers = (f, from) => {
    const h = new Headers(from);
    for (const gone of ['content-encoding', 'content-length', 'vary']) h.delete(gone);
    h.set('sharh-hash', f.hash);
    return h;
  };

  /** Fetches a file that must be the build's. @param {File} f @param {AbortSignal} signal @returns {Promise<Response>} */
  const fetched = async (f, signal) => {
    // A file whose name has its hash cannot be stale; pages are asked for again, and what is wrong is asked for once more.
    const hashed = f.url.startsWith(new URL(plan.assets, scope).href);
    for (const cache of /** @type {RequestCache[]} */ ([hashed ? 'default' : 'no-cache', 'reload'])) {
      const response = await fetch(f.url, { cache, credentials: 'same-origin', signal });
      if (!response.ok) throw new Failure(response.status < 500 ? 'changed' : 'network', `${f.url}: ${response.status}`);
      const bytes = await response.arrayBuffer();
      if (await digest(bytes) === f.hash) return new Response(bytes, { headers: headers(f, response.headers) });
    }
    throw new Failure('changed', f.url);
  };

  /**
   * Makes the files be in the cache, a few at a time, and says how far it is.
   * @param {File[]} files @param {string[]} older caches that may have them
   */
  const gather = async (files, older) => {
    const cache = await caches.open(name);
    const total = bytes(files);
    const queue = [...files];
    const rest = new AbortController();
    let done = 0;
    const lane = async () => {
      for (let f = queue.shift(); f; f = queue.shift()) {
        if (!await stored(f)) {
          let response = null;
          for (const o of older) response ||= await stored(f, o);
          if (response && await digest(await response.clone().arrayBuffer()) !== f.hash) response = null;
          await cache.put(f.url, response || await fetched(f, rest.signal));
        }
        done += f.size;
        channel.postMessage({ verb: 'progress', version: plan.version, done, total });
      }
    };
    /** @type {unknown} */
    let failure = null;
    await Promise.all([1, 2, 3, 4].map(() => lane().catch((e) => {
      failure ||= e;
      queue.length = 0;
      rest.abort();
    })));
    if (failure) throw failure;
    // Whoever deleted the cache meanwhile took what was put into it along.
    if (!await whole(files)) throw new Failure('space', name);
  };

  /** Has the reader the client of an older version? Then the new one is whole with the client only. @param {string[]} older */
  const wantsClient = async (older) => {
    for (const o of older) {
      for (const request of await (await caches.open(o)).keys()) if (request.url.endsWith('.wasm')) return true;
    }
    return false;
  };

  const install = async () => {
    const had = await caches.has(name); // the active version, should the same have been published again
    try {
      const older = (await saved.all()).filter((n) => n !== name);
      await gather([...reading, ...(await wantsClient(older) ? client : [])], older);
    } catch (e) {
      if (!had) await caches.delete(name);
      channel.postMessage({ verb: 'failed', version: plan.version, reason: reason(e) });
      throw e;
    }
  };

  const activate = async () => {
    for (const n of await saved.all()) if (n !== name) await caches.delete(n);
  };

  // ---- 2. Answer -------------------------------------------------------------------------------------------------

  /** Is a file that is not there a loss? Not if the reader has removed all, or has not saved the client. @param {File} f */
  const lost = async (f) => await caches.has(name) && (!f.client || await hasClient());

  /** Keeps what the network answered, if it is the file that was lost. @param {File} f @param {Response} response */
  const mend = async (f, response) => {
    const body = await response.arrayBuffer();
    if (!response.ok || await digest(body) !== f.hash) return;
    await (await caches.open(name)).put(f.url, new Response(body, { headers: headers(f, response.headers) }));
  };

  /** What a page asks for first, and waits for with its first paint. */
  const fonts = reading.filter((f) => f.url.endsWith('.woff2'));

  /** Fonts that are being read before they are asked for. @type {Map<string, ReturnType<typeof stored>>} */
  const ahead = new Map();

  /** @param {FetchEvent} event @param {File} f */
  const answer = async (event, f) => {
    const early = ahead.get(f.url);
    ahead.delete(f.url); // a body can be read once
    const found = await (early || stored(f));
    if (found) return found;
    const response = await fetch(event.request);
    if (await lost(f).catch(() => false)) event.waitUntil(mend(f, response.clone()).catch(() => {})); // or another time
    return response;
  };

  /** The saved page nearest to a path from the scope, and the rest of the path. @param {string} path */
  const nearest = (path) => {
    const page = plan.pages.reduce((best, p) => (path.startsWith(p.path) && p.path.length >= best.length ? p.path : best), '');
    return { page, rest: path.slice(page.length) };
  };

  /** @param {FetchEvent} event @param {URL} url */
  const navigate = async (event, url) => {
    const path = url.pathname.slice(scope.pathname.length).replace(/(^|\/)index\.html$/, '$1');
    const exact = plan.pages.some((p) => p.path === path) && listed.get(new URL(path, scope).href);
    if (exact) {
      const response = await answer(event, exact);
      for (const f of fonts) ahead.set(f.url, stored(f));
      return response;
    }
    try {
      return await fetch(event.request);
    } catch (e) {
      if (/\.\w+$/.test(path)) throw e; // a download
      const { page, rest } = nearest(path + '/');
      const [, kind, id] = /^([a-z]+)\/([a-z0-9-]+)\/*$/.exec(rest) || [];
      return Response.redirect(new URL(page, scope).href + url.search + (itemPages.includes(kind) ? `#${kind}-${id}` : ''), 302);
    }
  };

  // ---- 3. What the page asks for (offline.js) --------------------------------------------------------------------

  const hasClient = async () => (await (await caches.open(name)).keys()).some((r) => client.some((f) => f.url === r.url));

  const state = async () => {
    const interactive = await whole(client);
    return {
      version: plan.version,
      pages: plan.pages,
      reading: await whole(reading),
      client: interactive,
      bytes: bytes(reading) + (interactive ? bytes(client) : 0),
    };
  };

  /** @type {Map<string, () => Promise<any>>} */
  const verbs = new Map(Object.entries({
    state,
    client: async () => {
      try {
        await gather([...reading, ...client], []);
      } catch (e) {
        for (const f of client) await (await caches.open(name)).delete(f.url);
        return { reason: reason(e) };
      }
      return state();
    },
    mend: async () => {
      await gather([...reading, ...(await hasClient() ? client : [])], []);
      return state();
    },
    version: async () => plan.version,
    switch: () => worker.skipWaiting(),
  }));

  worker.addEventListener('install', (/** @type {any} */ e) => e.waitUntil(install()));
  worker.addEventListener('activate', (/** @type {any} */ e) => e.waitUntil(activate()));
  worker.addEventListener('message', (/** @type {any} */ e) => {
    const verb = verbs.get(e.data?.verb);
    if (!verb) return;
    e.waitUntil(verb().catch((error) => ({ reason: reason(error) })).then((said) => e.ports[0]?.postMessage(said)));
  });
  worker.addEventListener('fetch', (/** @type {any} */ e) => {
    const { request } = e;
    const url = new URL(request.url);
    if (request.method !== 'GET' || url.origin !== scope.origin || request.headers.has('range')) return;
    if (request.mode === 'navigate') return e.respondWith(navigate(e, url));
    const f = listed.get(url.href);
    if (f) e.respondWith(answer(e, f));
  });
})();
