// offline.js: saving for offline use, installing, and new versions. boot.js loads it when the reader first asks for
// it, and on pages that were saved or that run as an app; never in frames or where nothing can be stored.
//
//  1. The saved explainer: registering the worker (sw.js), asking it for its state, removing everything again.
//  2. The dialog behind the button "Save offline".
//  3. Messages while reading: no network; a new version. All tabs switch to it together, when the reader asks for it.
//
// Nothing is stored unless the reader asks: by saving, or by installing. The build fills in the words
// (site/offline), one file for each language, and puts caches.js before it.

(() => {
  'use strict';

  /** @type {Record<string, string>} */
  const words = {}; // filled in by the build
  /** Address of the dialog's style sheet, relative to this file. */
  const style = ''; // filled in by the build

  const sharh = /** @type {any} */ (window).sharh;
  const html = document.documentElement;
  const container = navigator.serviceWorker;
  const data = /** @type {HTMLElement} */ (document.querySelector('script[data-worker]')).dataset;
  const address = new URL(data.worker || '', document.baseURI);
  const scope = new URL('./', address);
  const caching = savedIn(scope);
  const channel = caching.channel();
  const frugal = !!(/** @type {any} */ (navigator).connection?.saveData);
  const alone = matchMedia('(display-mode:standalone)').matches || !!(/** @type {any} */ (navigator).standalone);

  /** @param {string} name @param {Record<string, string>} [values] */
  const say = (name, values = {}) => words[name].replace(/\{(\w+)\}/g, (_, k) => values[k]);

  /** @param {number} bytes */
  const size = (bytes) => new Intl.NumberFormat(`${html.lang}-u-nu-${words.digits}`, /** @type {any} */ ({
    style: 'unit', unit: 'megabyte', unitDisplay: words.unit, minimumFractionDigits: 1, maximumFractionDigits: 1,
  })).format(Math.max(bytes, 50_000) / 1e6);

  // ---- 1. The saved explainer ------------------------------------------------------------------------------------

  /** The worker's report on what is saved; null if nothing is. @type {any} */
  let saved = null;
  /** @type {'' | 'saving' | 'removed' | 'network' | 'changed' | 'space' | 'denied'} */
  let news = '';
  /** @type {ServiceWorkerRegistration|null} */
  let registration = null;
  /** How many bytes saving would download, for each set of files. @type {{ reading: number, client: number }|null} */
  let cost = null;
  let lasting = true;
  let failure = '';

  /**
   * Sends a message to a worker and returns its answer; null from a worker that is ending, or that only ends another one.
   * @param {ServiceWorker} worker @param {string} verb @returns {Promise<any>}
   */
  const ask = (worker, verb) => new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = (e) => resolve(e.data);
    worker.postMessage({ verb }, [port2]);
    if (verb === 'state' || verb === 'version') setTimeout(resolve, 10_000, null);
  });

  const forget = async () => {
    for (const n of await caching.all()) await caches.delete(n);
  };

  /** Finds out what is saved, and has the worker restore files that were lost. */
  const look = async () => {
    const found = await container.getRegistration(scope.href);
    registration = found && found.scope === scope.href ? found : null; // ignore a worker of a wider scope that happens to cover this page
    if (!registration) await forget(); // remove what an interrupted saving left behind
    saved = registration?.active ? await ask(registration.active, 'state') : null;
    if (saved && !saved.reading && navigator.onLine) {
      const mended = await ask(/** @type {ServiceWorker} */ (registration?.active), 'mend');
      if (!mended.reason) saved = mended;
    }
  };

  /** Waits until a registration's first worker is active. @param {ServiceWorkerRegistration} r @returns {Promise<ServiceWorker>} */
  const active = (r) => new Promise((resolve, reject) => {
    const worker = r.active || r.waiting || r.installing;
    const check = () => {
      if (worker?.state === 'activated') resolve(worker);
      if (!worker || worker.state === 'redundant') reject(new Error(failure || 'network'));
    };
    worker?.addEventListener('statechange', check);
    check();
  });

  const key = 'sharh.removed:' + scope.pathname;

  /** Saves the files for reading, then the client if wanted. @param {boolean} client */
  const save = async (client) => {
    if (news === 'saving') return;
    news = 'saving';
    failure = '';
    progress.removeAttribute('value');
    show();
    try {
      localStorage.removeItem(key);
      registration = await container.register(sharh.trusted.createScriptURL(address.href), { scope: scope.href, updateViaCache: 'none' });
      watch(registration);
      const worker = await active(registration);
      // Firefox asks the reader, who may leave the question open: nothing waits for the answer.
      const asked = navigator.storage?.persist?.() ?? Promise.resolve(false);
      asked.catch(() => false).then((yes) => { lasting = yes; show(); });
      // A worker that was unregistered but has not ended yet is reused; its files are gone and must be fetched
      // again.
      const answer = await ask(worker, client ? 'client' : 'mend');
      news = answer.reason || '';
      saved = answer.reason ? await ask(worker, 'state') : answer;
      if (!saved?.reading) await clear();
    } catch (e) {
      const { name, message } = /** @type {Error} */ (e);
      news = /** @type {any} */ (['changed', 'space', 'denied'].includes(message) ? message
        : ['SecurityError', 'NotSupportedError'].includes(name) ? 'denied' : 'network');
      await look().catch(() => {});
    }
    show();
  };

  const clear = async () => {
    await registration?.unregister();
    await forget();
    registration = saved = null;
  };

  const remove = async () => {
    await clear();
    news = 'removed';
    try { localStorage.setItem(key, '1'); } catch { /* an app then saves again when it starts */ }
    show();
  };

  // ---- 2. The dialog ---------------------------------------------------------------------------------------------

  /**
   * @template {keyof HTMLElementTagNameMap} T
   * @param {T} tag @param {Record<string, any>} properties @param {(Node|string)[]} children
   */
  const el = (tag, properties = {}, ...children) => {
    const e = document.createElement(tag);
    for (const [k, v] of Object.entries(properties)) if (/^role$|-/.test(k)) e.setAttribute(k, v); else /** @type {any} */ (e)[k] = v;
    e.append(...children);
    return e;
  };

  /** @param {string} name of the word @param {() => void} onclick */
  const button = (name, onclick) => el('button', { type: 'button', className: 'tool', onclick }, say(name));

  const status = el('p', { role: 'status' });
  const what = el('p', {}, say('what'));
  const price = el('p');
  const progress = el('progress', { max: 1, 'aria-label': say('save') });
  const tools = el('input', { type: 'checkbox', checked: !frugal });
  const more = el('span');
  const choice = el('label', {}, tools, more);
  const saving = button('save', () => save(tools.checked));
  const adding = button('add', () => save(true));
  const removing = button('remove', remove);
  const installing = button('install', async () => {
    const prompt = sharh.prompt;
    sharh.prompt = null; // it can be used once
    await prompt.prompt();
    show();
  });
  const manual = el('p', { className: 'note' });
  const close = button('close', () => dialog.close());
  const dialog = el('dialog', { className: 'offline', 'aria-labelledby': 'offline-title' },
    el('h2', { id: 'offline-title' }, say('title')), what, status, progress, price, choice,
    el('p', { className: 'row' }, saving, adding, installing, removing, close), manual);

  /** How to install in a browser that offers it only in its menu: Safari. */
  const byHand = () => {
    if (alone) return '';
    if ('standalone' in navigator) return say('ios');
    return /^Apple/.test(navigator.vendor) ? say('mac') : '';
  };

  /** Of the worker's saved pages, the one that is this page or contains it. @param {{ path: string }[]} pages */
  const mine = (pages) => pages.filter((p) => location.pathname.startsWith(new URL(p.path, scope).pathname))
    .reduce((best, p) => (p.path.length >= best.path.length ? p : best), pages[0]);

  /** Updates the dialog and the button. */
  const show = () => {
    const busy = news === 'saving';
    const focus = document.activeElement;
    for (const b of document.querySelectorAll('[data-save]')) {
      b.toggleAttribute('data-saved', !!saved);
      if (saved) b.setAttribute('aria-label', `${b.textContent} (${say('done')})`); else b.removeAttribute('aria-label');
    }
    let text = '';
    if (busy) text = say('saving');
    else if (news) text = say(news);
    if (saved && !busy) {
      text += ` ${say('saved', { size: size(saved.bytes), date: mine(saved.pages).date })}`;
      if (!lasting) text += ` ${say('fleeting')}`;
    }
    if (status.textContent !== text) status.textContent = text;
    what.hidden = !!saved;
    progress.hidden = !busy;
    price.hidden = busy || !!saved || !cost;
    choice.hidden = busy || !!saved;
    if (cost) price.textContent = say('price', { size: size(cost.reading) });
    more.textContent = cost ? say('more', { size: size(cost.client) }) : say('with');
    saving.hidden = busy || !!saved;
    adding.hidden = busy || !saved || saved.client;
    removing.hidden = busy || !saved;
    installing.hidden = busy || !sharh.prompt;
    manual.textContent = byHand();
    if (dialog.open && focus instanceof HTMLElement && focus.hidden) close.focus();
  };

  const open = async () => {
    if (dialog.open) return;
    if (news !== 'saving') news = '';
    await look().catch(() => {});
    show();
    dialog.showModal();
    if (saved || cost) return;
    try {
      cost = await (await fetch(new URL('offline.json', scope).href)).json();
    } catch { /* saving says what is wrong */ }
    show();
  };

  channel.onmessage = ({ data: said }) => {
    if (said.verb === 'progress' && news === 'saving') {
      progress.value = said.done / said.total;
    } else if (said.verb === 'failed') {
      failure = said.reason;
    }
  };

  // ---- 3. While reading ------------------------------------------------------------------------------------------

  const offline = el('p', { role: 'status' });
  const fresh = el('div', { role: 'status' });
  const corner = el('aside', { className: 'offline', hidden: true, 'aria-label': say('title') }, offline, fresh);

  const network = () => {
    // A screen reader announces a status only when its text changes.
    offline.textContent = navigator.onLine || !container.controller ? '' : say('offline');
    place();
  };

  /** Makes room at the end of the page, so that the messages cover neither it nor the focused element. */
  const place = () => {
    corner.hidden = !(offline.textContent || fresh.textContent);
    html.style.scrollPaddingBlockEnd = document.body.style.paddingBlockEnd = corner.hidden ? '' : `${corner.offsetHeight + 16}px`;
  };

  /** Offers a new version that has been downloaded completely. @param {ServiceWorker} worker */
  const offer = async (worker) => {
    if (!container.controller) return; // this page came from the network
    const state = await ask(worker, 'state');
    if (!state) return;
    const { date, changes } = mine(state.pages);
    const known = new Set([...document.querySelectorAll('#changes li > :last-child')].map((e) => e.textContent));
    const list = changes.filter((/** @type {any} */ c) => !known.has(c.text));
    const log = document.getElementById('changes');
    fresh.replaceChildren(
      el('p', {}, el('b', {}, say('fresh', { date }))),
      list.length ? el('ul', {}, ...list.map((/** @type {any} */ c) => el('li', {}, el('span', { className: 'on' }, c.on), ' ', c.text)))
        : el('p', {}, say('same')),
      el('p', { className: 'row' },
        button('switch', () => worker.postMessage({ verb: 'switch' })),
        button('later', () => { fresh.replaceChildren(); place(); }),
        ...(log ? [el('a', { href: '#changes', className: 'tool' }, say('log'))] : [])),
    );
    place();
  };

  /** @type {ServiceWorkerRegistration|null} */
  let watched = null;

  /** Waits for new versions. @param {ServiceWorkerRegistration} r */
  const watch = (r) => {
    if (watched === r) return;
    watched = r;
    const coming = () => {
      const worker = r.installing;
      worker?.addEventListener('statechange', () => { if (worker.state === 'installed' && r.active) offer(worker); });
    };
    r.addEventListener('updatefound', coming);
    coming();
    if (r.waiting) offer(r.waiting);
    let asked = Date.now();
    document.addEventListener('visibilitychange', () => {
      // A tab that stays open for days checks once an hour; others check whenever they are opened.
      if (document.hidden || !navigator.onLine || Date.now() - asked < 3_600_000) return;
      asked = Date.now();
      r.update().catch(() => {}); // it will be tried again later
    });
  };

  /** Stores the reader's place, to restore it on the same page of the new version. */
  const remember = () => {
    const query = new URLSearchParams(location.search);
    for (const [k, v] of Object.entries(sharh.choice)) if (v) query.set(k, v); else query.delete(k);
    const at = query.toString() && '?' + query;
    history.replaceState(history.state, '', location.pathname + at + location.hash);
    sharh.note();
  };

  /** The version that this page was loaded from; null if it came from the network. @type {string|null} */
  let version = null;
  if (sharh.from) ask(sharh.from, 'version').then((v) => { version = v; });

  // When the reader has asked for the new version in one tab, another version controls all tabs, and each of them
  // reloads. A worker that ends the saving (sw-off.js) takes control too, but has no version: then nothing reloads.
  const overtaken = async () => {
    const now = container.controller && await ask(container.controller, 'version');
    if (!now || now === version) return;
    try { remember(); } catch { /* the address and the browser's own memory remain */ }
    location.reload();
  };
  container.addEventListener('controllerchange', overtaken);
  if (container.controller !== sharh.from) overtaken();

  // ---- Start -----------------------------------------------------------------------------------------------------

  const styled = new Promise((resolve) => {
    const href = new URL(style, new URL(data.offline || '', document.baseURI)).href;
    document.head.append(el('link', { rel: 'stylesheet', href, onload: resolve, onerror: resolve }));
  });
  document.body.append(dialog, corner);
  addEventListener('online', network);
  addEventListener('offline', network);

  const ready = Promise.all([look(), styled]).then(() => {
    network();
    show();
    if (registration) watch(registration);
    // Started as an app with nothing saved: it was installed from the browser's menu, which sends no event, or saving
    // was interrupted.
    let removed = null;
    try { removed = localStorage.getItem(key); } catch { /* denied */ }
    if (alone && !saved && !removed) return save(!frugal);
    if (!navigator.onLine && saved?.client) sharh.start();
  }).catch(() => {}); // storage is denied after all; the dialog says so when it is opened

  /** Called by boot.js with a click on the button, with the browser's event after installing, or with nothing. */
  sharh.app = async (/** @type {Event} */ e) => {
    await ready;
    if (e?.type === 'click') await open();
    if (e?.type === 'appinstalled') await save(!frugal);
  };
})();
