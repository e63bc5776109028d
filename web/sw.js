// sw.js: the service worker of a saved explainer. offline.js registers it when a reader saves for offline use or
// installs, never on a mere visit. It does three things:
//
//  1. Install: stores every file for reading, or nothing. Files that the previous version has are copied, the others
//     are fetched, and all are compared with the hashes from the build. The previous version keeps working meanwhile,
//     until the reader asks for the new one.
//  2. Answer: requests for saved pages, with any query, and for saved files. Everything else goes to the network:
//     other methods, other origins, ranges, files that are not in the list. Without a network, a request for the page
//     of a single item is answered with the explainer's page and that item, and one for another form of a saved
//     picture with the saved one.
//  3. Mend: files that the browser lost or emptied are fetched from the network again.
//
// It touches only the caches of its own scope (caches.js, which the build puts before this file). site/offline fills
// in the plan; the version is the hash of the filled-in worker.

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

  /** An error with a reason for the reader: 'network', 'changed' (the bytes differ from the build's), 'space', 'denied'. */
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
   * The stored response for a file, if it is complete: browsers sometimes keep an entry but lose its content.
   * @param {File} f @param {string} [from] name of the cache
   */
  const stored = async (f, from = name) => {
    try {
      const found = await caches.match(f.url, { cacheName: from, ignoreVary: true });
      if (!found || found.headers.get('sharh-hash') !== f.hash) return null;
      const body = await found.blob();
      return body.size === f.size ? new Response(body, found) : null;
    } catch { // storage fails: act as if nothing were stored
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

  /** Headers to store: without those that no longer apply, such as for compression, and without Vary. @param {File} f @param {Headers} from */
  const headers = (f, from) => {
    const h = new Headers(from);
    for (const gone of ['content-encoding', 'content-length', 'vary']) h.delete(gone);
    h.set('sharh-hash', f.hash);
    return h;
  };

  /** Fetches a file and checks that it is the one from the build. @param {File} f @param {AbortSignal} signal @returns {Promise<Response>} */
  const fetched = async (f, signal) => {
    // A file with a hash in its name cannot be stale, so the browser's cache may answer; pages are revalidated. If
    // the bytes are wrong, fetch once more past all caches.
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
   * Stores all files in the cache, four at a time, and reports the progress.
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
    // If the cache was deleted meanwhile, files that were stored before are gone with it.
    if (!await whole(files)) throw new Failure('space', name);
  };

  /** Does the reader have the client of an older version? Then the new version is complete only with the client. @param {string[]} older */
  const wantsClient = async (older) => {
    for (const o of older) {
      for (const request of await (await caches.open(o)).keys()) if (request.url.endsWith('.wasm')) return true;
    }
    return false;
  };

  const install = async () => {
    const had = await caches.has(name); // the active version has the same name if the same files are published again
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

  /** Is it a loss that a file is missing? Not if the reader has removed everything, or has not saved the client. @param {File} f */
  const lost = async (f) => await caches.has(name) && (!f.client || await hasClient());

  /** Stores a response from the network, if it is the missing file. @param {File} f @param {Response} response */
  const mend = async (f, response) => {
    const body = await response.arrayBuffer();
    if (!response.ok || await digest(body) !== f.hash) return;
    await (await caches.open(name)).put(f.url, new Response(body, { headers: headers(f, response.headers) }));
  };

  /** The fonts, which a page requests first and which its first paint waits for. */
  const fonts = reading.filter((f) => f.url.endsWith('.woff2'));

  /** Fonts that are read from the cache before the page requests them. @type {Map<string, ReturnType<typeof stored>>} */
  const ahead = new Map();

  /** @param {FetchEvent} event @param {File} f */
  const answer = async (event, f) => {
    const early = ahead.get(f.url);
    ahead.delete(f.url); // a body can be read once
    const found = await (early || stored(f));
    if (found) return found;
    const response = await fetch(event.request);
    if (await lost(f).catch(() => false)) event.waitUntil(mend(f, response.clone()).catch(() => {})); // if it fails, the next request tries again
    return response;
  };

  /** The name of a picture of an editor, of which there are several forms (site/media). @param {string} href */
  const pictured = (href) => /^.*\/picture\.[^/]+-(?=\d+\.\w+\.\w+$)/.exec(href)?.[0];

  /** Of a picture one form is saved. Without a network it stands for the others. @param {FetchEvent} event @param {File} f */
  const standIn = (event, f) => fetch(event.request).catch(async (e) => {
    const found = await stored(f);
    if (!found) throw e;
    return found;
  });

  /** The saved page whose path is the longest prefix of this one, and the rest of the path. @param {string} path */
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
    if (f) return e.respondWith(answer(e, f));
    const picture = pictured(url.href);
    const form = picture && reading.find((r) => r.url.startsWith(picture));
    if (form) e.respondWith(standIn(e, form));
  });
})();
