// boot.js: all that a page needs before, and without, WebAssembly. A classic script in <head>, small, without
// dependencies.
//
//  1. Before paint: the theme.
//  2. The still page: choosing a call, an actor or a view, by pointer and by key; saying so to those who do not see it; the
//     address. In a frame the host's history is left alone.
//  3. The reader's place: where an address leads, and where the reader was before a reload or Back.
//  4. Saving for offline and installing, where they can work, and sharing: scripts that come when they are wished for.
//  5. Starting WebAssembly when the page is loaded, idle and near the view, or at the first wish that needs it.
//     takeover.js, which comes with it, runs it, lets Go into the page and out of it.
//
// States, on <html data-client>: still, starting, live; off (not wanted or not possible), failed (ended).

(() => {
  'use strict';

  const html = document.documentElement;
  const script = /** @type {HTMLScriptElement} */ (document.currentScript);
  const files = script ? script.dataset : {}; // wasm, exec, story, offline, share: addresses of the hashed files; worker: of sw.js

  /** @param {'still'|'starting'|'live'|'off'|'failed'} state */
  const say = (state) => {
    html.dataset.client = state;
    if (state === 'live') again();
  };

  // ---- 1. Before paint -------------------------------------------------------------------------------------------

  html.classList.add('js');

  const query = new URLSearchParams(location.search);
  const framed = window.parent !== window;

  /** @param {string|null} theme @param {boolean} [keep] */
  const setTheme = (theme, keep) => {
    if (theme !== 'light' && theme !== 'dark') theme = 'auto';
    if (theme === 'auto') delete html.dataset.theme; else html.dataset.theme = theme;
    if (keep) { try { localStorage.setItem('sharh.theme', theme); } catch { /* full */ } }
    for (const b of document.querySelectorAll('[data-theme-button]')) b.textContent = /** @type {HTMLElement} */ (b).dataset[theme];
  };
  const themeNow = () => {
    let kept = null;
    try { kept = localStorage.getItem('sharh.theme'); } catch { /* denied */ }
    return query.get('theme') || kept;
  };
  setTheme(themeNow());

  // Whether marks are written out is kept as the theme is, and stands in the address.
  /** @param {boolean} full @param {boolean} [keep] */
  const setMarks = (full, keep) => {
    if (full) html.dataset.marks = 'full'; else delete html.dataset.marks;
    document.querySelector('[data-marks-button]')?.setAttribute('aria-pressed', String(full));
    if (!keep) return;
    query.set('marks', full ? 'full' : 'quiet');
    try {
      localStorage.setItem('sharh.marks', query.get('marks') || '');
    } catch { /* denied, or full */ }
    try {
      const now = new URLSearchParams(location.search);
      now.set('marks', query.get('marks') || '');
      if (!framed) history.replaceState(history.state, '', location.pathname + '?' + now + location.hash);
    } catch { /* an opaque origin */ }
  };
  const marksNow = () => {
    let kept = null;
    try { kept = localStorage.getItem('sharh.marks'); } catch { /* denied */ }
    return (query.get('marks') || kept) === 'full';
  };
  setMarks(marksNow());

  // Its button is there from the first paint on, or never.
  const container = (() => {
    try {
      return files.worker && !framed && isSecureContext && origin !== 'null' && localStorage && navigator.serviceWorker;
    } catch { /* nothing can be stored */ }
  })();
  if (container) html.classList.add('app');

  // ---- 2. The still page -----------------------------------------------------------------------------------------

  const root = () => document.getElementById('sharh');

  /** What is chosen: ids, by kind of item (app/story/address). While Go is live it owns this and tells us. @type {Record<string, string>} */
  const chosen = {}; // filled in by the build

  /** Kinds of item, and sections, that are on the evidence page. @type {string[]} */
  const proofs = []; // filled in by the build
  /** @type {string[]} */
  const proofSections = []; // filled in by the build

  /** Kind and id of an item of the page that can be chosen. @param {string} hash "#call-3" @returns {[string, string]|null} */
  const item = (hash) => {
    const [kind] = hash.slice(1).split('-', 1);
    return kind in chosen && document.getElementById(hash.slice(1)) ? [kind, hash.slice(kind.length + 2)] : null;
  };

  /** Makes the page show what is chosen: the same attributes as app/page/ui renders for the same state. */
  const show = () => {
    const r = root();
    if (!r) return;
    for (const kind in chosen) {
      const id = chosen[kind];
      if (id) r.setAttribute('data-' + kind, id); else r.removeAttribute('data-' + kind);
      const current = id ? `${kind}-${id}` : r.getAttribute('data-open');
      for (const e of r.querySelectorAll(`[data-item^="${kind}-"]`)) {
        const on = e.getAttribute('data-item') === current;
        if (on) e.setAttribute('aria-current', 'true'); else e.removeAttribute('aria-current');
        if (e.matches('.panel,.card')) tuck(e, !on);
      }
    }
    sharh.shown?.();
  };

  /** Puts an item away, or brings it out. The browser's own search still finds what is away. @param {Element} e @param {boolean} away */
  const tuck = (e, away) => {
    if (away) e.setAttribute('hidden', 'until-found'); else e.removeAttribute('hidden');
  };

  /** What the address points at. @returns {HTMLElement|null} */
  const target = () => {
    try {
      return document.getElementById(decodeURIComponent(location.hash.slice(1)));
    } catch { // not an address that anything here has
      return null;
    }
  };

  /** Opens a view's <details>, those around a target, and a list that is all of its section, and turns to its tab. @param {string} hash */
  const unfold = (hash) => {
    let e = document.getElementById(hash.slice(1));
    e = e?.querySelector(':scope>.fold') || e;
    for (; e; e = e.parentElement) {
      if (e instanceof HTMLDetailsElement) e.open = true;
      sharh.turn?.(e);
    }
  };

  const idle = window.requestIdleCallback || setTimeout;

  /** Tells Go, while it is live, and whoever frames the page. @param {string} verb @param {string} a @param {string} b */
  const tell = (verb, a, b) => {
    sharh.ear?.(verb, a, b);
    sharh.host?.(verb, a);
  };

  /**
   * Says what has been chosen, or that nothing is any more, to readers who do not see it: once, in words that the page has.
   * @param {string} id of the item, or ''
   */
  const announce = (id) => {
    const region = /** @type {HTMLElement|null} */ (document.querySelector('[data-chosen]'));
    const e = document.querySelector(`[data-item="${id}"],[id="${id}"] .q`);
    if (region) region.textContent = (e ? `${region.dataset.chosen} ${e.getAttribute('aria-label') || e.textContent}` : region.dataset.cleared) || '';
  };

  /** Follows a link to an item. The page shows it at once, whether Go is there to hear of it or not. @param {string} hash */
  const choose = (hash) => {
    unfold(hash);
    const found = item(hash);
    if (!found) return;
    chosen[found[0]] = found[1];
    show();
    announce(hash.slice(1));
    tell('choose', hash, '');
  };

  /** Lets a link within the page take the focus along: the browser moves it to what can have it. @param {string} hash */
  const focusable = (hash) => {
    const e = document.getElementById(hash.slice(1));
    if (!e || e.tabIndex >= 0 || e.hasAttribute('tabindex')) return;
    e.tabIndex = -1;
    e.addEventListener('blur', () => e.removeAttribute('tabindex'), { once: true });
  };

  const clear = () => {
    for (const kind in chosen) chosen[kind] = '';
    show();
    announce('');
    tell('clear', '', '');
  };

  /** Takes the choice from the address, as at the start and after Back. */
  const readAddress = () => {
    const q = new URLSearchParams(location.search);
    for (const kind in chosen) {
      const id = q.get(kind) || '';
      const e = document.getElementById(`${kind}-${id}`);
      chosen[kind] = e ? id : '';
      if (e && (sharh.host || e.matches('details'))) unfold('#' + e.id);
    }
    const hash = '#' + target()?.id;
    const found = item(hash);
    if (found) chosen[found[0]] = found[1];
    unfold(q.get('q') || q.get('kind') ? '#ledger' : hash);
    show();
    tell('address', location.search, location.hash);
  };

  /** The link by which the choice was made. @type {Element|null} */
  let by = null;

  /** Drops the choice, also from the address, and takes the focus back to where it was made. */
  const drop = () => {
    // What Go drew for the choice goes with it.
    const places = [by, ...document.querySelectorAll('svg [aria-current]')].filter((e) => e && !e.closest('.scene'));
    const shown = (/** @type {Element|null} */ e) => e?.getClientRects().length;
    clear();
    try {
      history.replaceState(history.state, '', location.pathname + location.search);
    } catch { /* an opaque origin: the choice is dropped all the same */ }
    // The map at rest is back as soon as Go has drawn it.
    let tries = by && sharh.ear ? 120 : 0;
    const back = () => {
      if (tries-- > 0 && !shown(places[0])) requestAnimationFrame(back);
      else /** @type {any} */ (places.find(shown))?.focus();
    };
    back();
  };

  const ways = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

  // In a figure the arrows go to the neighbour that they point at, whatever the direction of the language. Tab still stops
  // at every item: they are links, listed and read as such by screen readers, which keep arrows for themselves, and they
  // work so without scripts; links before the figures lead past them.
  addEventListener('keydown', (e) => {
    const { key } = e;
    const at = /** @type {Element} */ (e.target);
    if (!at.closest || e.ctrlKey || e.metaKey || e.shiftKey || e.altKey) return;
    if (key === 'Escape' && !at.closest('input,select') && (Object.values(chosen).join('') || sharh.root()?.dataset.picky)) drop();
    const link = at.closest('svg a');
    if (!link) return;
    const all = [.../** @type {Element} */ (link.parentNode).children].filter((e) => e.localName === 'a');
    let to = key === 'Home' ? all[0] : key === 'End' ? all.pop() : null;
    const [right, down] = ways[key] || [0, 0];
    const here = link.getBoundingClientRect();
    let nearest = Infinity;
    for (const other of all) {
      const r = other.getBoundingClientRect();
      const x = r.left + r.right - here.left - here.right;
      const y = r.top + r.bottom - here.top - here.bottom;
      const ahead = x * right + y * down;
      const aside = 2 * Math.abs(x * down + y * right);
      if (aside < 4 * ahead && ahead + aside < nearest) {
        nearest = ahead + aside;
        to = other;
      }
    }
    if (key === ' ') link.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }));
    else if (to) /** @type {HTMLElement} */ (to).focus();
    else return;
    e.preventDefault();
  });

  addEventListener('click', (e) => {
    const clicked = /** @type {Element} */ (e.target);
    if (clicked.closest?.('[data-theme-button]')) {
      // From the system's to the other one, to the system's by name, and back to the system's.
      const [own, other] = matchMedia('(prefers-color-scheme:dark)').matches ? ['dark', 'light'] : ['light', 'dark'];
      const theme = html.dataset.theme;
      return setTheme(theme ? theme === other ? own : 'auto' : other, true);
    }
    if (clicked.closest?.('[data-marks-button]')) return setMarks(!html.dataset.marks, true);
    if (clicked.closest?.('[data-close]')) return calm('');
    if (clicked.closest?.('[data-reload]')) return location.reload();
    if (clicked.closest?.('[data-save]')) return app(e);
    if (clicked.closest?.('[data-dialog]')) return share(e);
    const link = clicked.closest?.('a[href^="#"]');
    if (!link || e.button || e.ctrlKey || e.metaKey || e.shiftKey || e.altKey) return;
    const hash = link.getAttribute('href') || '';
    if (item(hash)) by = link;
    note();
    const card = !framed && stage(document.getElementById(hash.slice(1)));
    if (card || framed) e.preventDefault(); // of framed, a fragment of ours would be an entry in the host's history
    else sharh.moving = hash === location.hash ? '' : hash;
    if (card) {
      try {
        if (hash !== location.hash) history.pushState(null, '', hash);
      } catch { /* an opaque origin */ }
    }
    if (link.hasAttribute('data-clear')) clear(); else choose(hash);
    focusable(hash);
    if (framed) sharh.follow(hash);
    if (card) {
      hold = () => reach(document.getElementById(hash.slice(1)));
      hold();
      document.getElementById(hash.slice(1))?.focus({ preventScroll: true });
    }
  }, true);
  // What the browser's own search, or a link to words of the page, finds in an item that is put away.
  addEventListener('beforematch', (e) => {
    const found = /** @type {Element} */ (e.target).closest('[data-item]');
    if (found) choose('#' + found.id);
    else sharh.turn?.(e.target);
  }, true);

  addEventListener('popstate', (e) => {
    if (location.hash === sharh.moving && sharh.moving || sharh.back?.()) return;
    const was = { ...chosen };
    readAddress();
    const changed = Object.keys(was).find((kind) => was[kind] !== chosen[kind]);
    if (changed) announce(chosen[changed] && `${changed}-${chosen[changed]}`);
    arrive(e.state);
  });
  addEventListener('hashchange', () => {
    sharh.moving = '';
    if (sharh.ear) sharh.address();
  });

  // ---- 3. The reader's place -------------------------------------------------------------------------------------

  // Browsers know a place by its distance from the top. What was unfolded above it, which call was open, and which fonts
  // came in time make that another place after a reload; so each entry of the history keeps which paragraph was at the
  // top, and what was open.
  const blocks = 'h1,h2,h3,h4,p,li,dt,dd,figure,summary';
  /** What stays in the window while the page goes by is no place. */
  const sticks = '.still,.stage .cards';

  /** Keeps the place in the history's entry, unless a page around this one has the history. */
  const note = () => {
    if (framed || !placed) return;
    // Beside the middle, where the gap between two columns may be.
    for (let y = 4; y < innerHeight; y += 16) {
      const e = [.3, .7].map((x) => document.elementFromPoint(innerWidth * x, y)?.closest(blocks)).find((x) => x?.getClientRects().length && !x.closest(sticks)); // a step beside its figure has no box
      const near = e?.closest('[id]:not(#sharh,#main)');
      if (!e || !near) continue;
      const at = [near.id, [...near.querySelectorAll(blocks)].indexOf(e), Math.round(e.getBoundingClientRect().top)];
      const open = [...document.querySelectorAll('details[id]')].filter((d) => /** @type {HTMLDetailsElement} */ (d).open).map((d) => d.id);
      try {
        history.replaceState({ ...history.state, sharh: { at, open } }, '');
      } catch { /* an opaque origin, or too often: the browser's own memory remains */ }
      return;
    }
  };

  /** Where the page was last brought to. */
  let brought = 0;

  /** Goes so that e is top pixels below the upper edge of the window. @param {Element|null|undefined} e @param {number} top */
  const bring = (e, top) => {
    if (e) scrollTo({ top: scrollY + e.getBoundingClientRect().top - top, behavior: 'instant' });
    brought = scrollY;
  };

  /** What a card of the map or of the steps stands beside, for a card. @param {Element|null} e */
  const stage = (e) => e?.closest('.card') && e.closest('.stage') || e?.closest('.row');

  /** Goes to what a link leads to: to its margin, or, of a card, to what it stands beside, unless that is in view. @param {HTMLElement|null} e */
  const reach = (e) => {
    const beside = stage(e);
    if (!beside || !e) return bring(e, e ? parseFloat(getComputedStyle(e).scrollMarginTop) : 0);
    const r = beside.getBoundingClientRect();
    if (beside.matches('.row')) {
      // By scrolling the row alone: a frame would else have its host scrolled.
      const step = /** @type {Element} */ (e.closest('.step')).getBoundingClientRect();
      const swiped = beside.scrollWidth > beside.clientWidth;
      const by = getComputedStyle(beside).direction === 'rtl' ? step.right - r.right : step.left - r.left;
      if (swiped) beside.scrollTo({ left: beside.scrollLeft + by, behavior: 'instant' });
      if (!swiped) bring(e, parseFloat(getComputedStyle(e).scrollMarginTop));
      else if (!framed && (r.top < 0 || r.bottom > innerHeight)) bring(beside, 16);
      brought = scrollY;
      return;
    }
    if (r.top > innerHeight / 3 || r.bottom < innerHeight) bring(beside, 16);
    brought = scrollY;
  };

  /** Brings the reader where he belongs. @type {(() => void)|null} */
  let hold = null;
  const leave = () => { hold = null; };

  /** Brings him there again, now that something has arrived, unless he, or the browser for him, has gone on since. */
  const again = () => {
    // Beside a map, or in a row, the browser goes to another place of its own accord.
    if (!stage(target()) && Math.abs(scrollY - brought) > 1) leave();
    hold?.();
  };

  /** Where the address leads, or where the reader was when he left. @param {any} state of the history's entry */
  const arrive = (state) => {
    const { at, open } = state?.sharh || {};
    if (at) {
      for (const d of document.querySelectorAll('details[id]')) /** @type {HTMLDetailsElement} */ (d).open = open.includes(d.id);
      const near = document.getElementById(at[0]);
      hold = () => bring(near?.querySelectorAll(blocks)[at[1]] || near, at[2]);
    } else {
      const [kind, id] = Object.entries(chosen).filter(([k, v]) => v && query.get(k) === v).pop() || [];
      const asked = kind && !sharh.host && document.getElementById(`${kind}-${id}`) || document.getElementById(`step-${query.get('step')}`);
      if (asked && !location.hash) unfold('#' + asked.id);
      const e = location.hash ? target() : asked || null;
      hold = () => reach(e);
    }
    hold();
    // The browser itself may now go to a distance from the top.
    requestAnimationFrame(() => hold?.());
  };

  /** The page is there as far as the reader can tell; before that no place is his. */
  let placed = false;
  const here = () => {
    again();
    placed = true;
    performance.mark('sharh:placed');
    try { history.scrollRestoration = 'auto'; } catch { /* the frame may not */ }
  };
  if (history.state?.sharh) history.scrollRestoration = 'manual';
  for (const kind of ['wheel', 'touchstart', 'pointerdown', 'keydown']) addEventListener(kind, leave, { capture: true, passive: true });

  /** @type {any} */
  let pausing = 0;
  const noteSoon = () => {
    clearTimeout(pausing);
    pausing = setTimeout(note, 300);
  };
  addEventListener('scroll', noteSoon, { passive: true });
  addEventListener('toggle', noteSoon, true);
  addEventListener('pagehide', note);
  addEventListener('visibilitychange', () => { if (document.hidden) note(); });

  // ---- 4. Offline, sharing ---------------------------------------------------------------------------------------

  /**
   * A script that comes at the first wish for it, and a function of window.sharh that it brings, which hears what happened.
   * @param {string} file @param {string} name
   */
  const later = (file, name) => {
    /** @type {Promise<unknown>|null} */
    let loading = null;
    return (/** @type {Event|void} */ e) => {
      loading ||= load(files[file]);
      loading.then(() => sharh[name](e), () => { // by the network, or by a blocker that takes it for something else
        loading = null;
        if (e?.type === 'click') calm('blocked');
      });
    };
  };
  const app = later('offline', 'app');
  const share = later('share', 'share');

  // ---- 5. Starting -----------------------------------------------------------------------------------------------

  const wanted = query.get('wasm') !== 'off';
  const possible = typeof WebAssembly === 'object' && typeof WebAssembly.instantiate === 'function' && !!files.wasm;
  let started = false;

  /** One policy for the two addresses that script sets, for pages under Trusted Types. */
  const trusted = (() => {
    const plain = { createScriptURL: (/** @type {string} */ url) => url };
    try {
      return /** @type {any} */ (window).trustedTypes?.createPolicy('sharh', plain) || plain;
    } catch {
      return plain;
    }
  })();

  /** @param {string} src */
  const load = (src) => new Promise((resolve, reject) => {
    const s = document.createElement('script');
    s.src = trusted.createScriptURL(src);
    s.onload = resolve;
    s.onerror = () => reject(new Error('loading ' + src));
    document.head.append(s);
  });

  /** @param {string} url */
  const get = async (url) => {
    const response = await fetch(url, /** @type {any} */ ({ priority: 'low' }));
    if (!response.ok) throw new Error(`${url}: ${response.status}`);
    return response;
  };

  const start = async () => {
    if (started || !wanted || !possible) return;
    started = true;
    say('starting');
    performance.mark('sharh:start');
    try {
      const client = get(files.wasm);
      const story = get(files.story).then((r) => r.arrayBuffer());
      client.catch(() => {}); // reported where they are awaited
      story.catch(() => {});
      await load(files.exec);
      await sharh.run(client, story);
    } catch (e) {
      fail(e);
    }
  };

  /** A wish that only Go fulfils: it starts at once. */
  let wished = false;
  const wish = (/** @type {Event} */ e) => {
    if (!(/** @type {Element} */ (e.target).closest?.('[data-wish]'))) return;
    wished = true;
    start();
  };
  addEventListener('focusin', wish);
  addEventListener('pointerdown', wish);

  const net = /** @type {any} */ (navigator).connection;
  const frugal = net && (net.saveData || /2g$/.test(net.effectiveType || ''));

  const ready = () => {
    // What the page once had itself is on the evidence page; addresses of it lead there.
    const evidence = document.querySelector('#evidence a');
    const at = location.hash.slice(1);
    if (evidence && (proofs.includes(at.split('-', 1)[0]) && at.includes('-') || proofSections.includes(at) || query.get('kind') || query.get('q') && !(wanted && possible && document.getElementById('q')))) {
      return location.replace(/** @type {HTMLAnchorElement} */ (evidence).href + location.search + location.hash);
    }
    setTheme(themeNow());
    setMarks(marksNow());
    readAddress();
    arrive(history.state);
    const loaded = (/** @type {() => void} */ then) => {
      if (document.readyState === 'complete') then(); else addEventListener('load', then);
    };
    loaded(() => document.fonts.ready.then(() => requestAnimationFrame(here)));
    if (container) {
      addEventListener('beforeinstallprompt', (e) => {
        e.preventDefault();
        sharh.prompt = e;
      });
      addEventListener('appinstalled', app);
      if (container.controller || matchMedia('(display-mode:standalone)').matches) loaded(() => idle(() => app()));
    }
    // The step that is read: in a row the one that has come to its beginning, else the one in the middle of the window.
    const steps = [...document.querySelectorAll('.step')];
    const current = (/** @type {Element|undefined} */ step) => {
      if (!step) return;
      for (const s of steps) s.classList.toggle('now', s === step);
      const id = step.querySelector('[id]')?.id;
      for (const a of document.querySelectorAll('.pages a')) {
        if (a.getAttribute('href') === '#' + id) a.setAttribute('aria-current', 'true'); else a.removeAttribute('aria-current');
      }
    };
    const seen = new IntersectionObserver((all) => current(all.find((x) => x.isIntersecting)?.target.closest('.step') || undefined), {
      rootMargin: '-40% 0% -40% 0%',
    });
    const row = document.querySelector('.row');
    const inRow = new IntersectionObserver((all) => current(all.find((x) => x.isIntersecting)?.target), { root: row, threshold: .7 });
    current(steps[0]);
    for (const s of steps) {
      if (s.firstElementChild && getComputedStyle(s).display === 'contents') seen.observe(/** @type {Element} */ (s.querySelector('.text')));
      else inRow.observe(s);
    }
    if (!wanted || !possible) return say('off');
    if (query.get('wasm') === 'now') return start();
    // Nor in an embed, which shares its reader with the page around it.
    if (frugal || !navigator.onLine || sharh.host) return;
    const near = new IntersectionObserver((seen) => {
      if (!seen.some((x) => x.isIntersecting)) return;
      near.disconnect();
      idle(start, { timeout: 4000 });
    }, { rootMargin: '50%' });
    loaded(() => near.observe(/** @type {Element} */ (root())));
  };
  document.addEventListener('DOMContentLoaded', ready); // a script in <head> runs before that

  // ---- What takeover.js and offline.js find, and add to ---------------------------------------------------------

  /**
   * Says in one line what the reader misses, until he has read it; '' takes the line away.
   * @param {'failed'|'off'|'blocked'|''} what
   */
  const calm = (what) => {
    const line = /** @type {HTMLElement|null} */ (document.querySelector('.calm'));
    if (!line) return;
    line.hidden = !what;
    /** @type {Element} */ (line.firstElementChild).textContent = line.dataset[what] || '';
    // What failed twice will fail again.
    let again = what === 'failed';
    try {
      again &&= !sessionStorage.getItem('sharh.failed');
      if (again) sessionStorage.setItem('sharh.failed', '1');
    } catch { /* no memory: once more does no harm */ }
    /** @type {HTMLElement} */ (line.querySelector('[data-reload]')).hidden = !again;
  };

  /** Go has ended, or could not come: the still page. @param {unknown} e */
  const fail = (e) => {
    console.warn('sharh:', e);
    sharh.ear = null;
    sharh.moving = '';
    // Whoever never had the tools misses nothing, unless he asked for them.
    const died = sharh.mounting;
    say(died ? 'failed' : 'off');
    if (sharh.restore) sharh.restore();
    setTheme(themeNow());
    setMarks(marksNow());
    show();
    if (died || wished) calm(died ? 'failed' : 'off');
  };

  /** @type {any} */
  const sharh = /** @type {any} */ (window).sharh = {
    /** Go's ear, while it is live. @type {((verb: string, a: string, b: string) => void)|null} */
    ear: null,
    /** Whether Go has been let into the page. */
    mounting: false,
    /** The fragment that the browser is about to follow: the address is ours to write only when it has. */
    moving: '',
    choice: chosen,
    /** The worker that answered for this page. */
    from: container?.controller,
    /** In a frame: goes where a link leads. @param {string} hash */
    follow: (hash) => location.replace(hash),
    // For bridge.js, which adds `turn`, `shown` and `host`.
    choose,
    clear,
    setTheme,
    root,
    item,
    target,
    unfold,
    tuck,
    note,
    reach,
    say,
    fail,
    start,
    trusted,
  };
})();
