// boot.js: everything that a page needs before WebAssembly, and without it. A small classic script in <head>,
// without dependencies.
//
//  1. Before paint: the theme.
//  2. The still page: choosing a call, an actor or a view, by pointer and by key; saying so to those who do not see
//     it; the address. In a frame the host's history is left alone.
//  3. The reader's place: where an address leads, and where the reader was before a reload or Back.
//  4. Saving for offline and installing, where they can work, and sharing: scripts that come when they are wished for.
//  5. Starting WebAssembly when the page is loaded, idle and near the view, or at the first wish that needs it.
//     takeover.js, which comes with it, runs it, lets Go into the page and out of it.
//
// States, on <html data-client>: still, starting, live; off (not wanted or not possible), failed (ended).

(() => {
  'use strict';

  // Whether the page is made for frames; it has no tools then. It stands first, so that the build can leave out what
  // depends on the other value.
  const embed = false; // filled in by the build

  const html = document.documentElement;
  const script = /** @type {HTMLScriptElement} */ (document.currentScript);
  const files = script ? script.dataset : {}; // addresses: wasm, exec, look, story, depth, offline, share are hashed files; worker is sw.js

  /** @param {'still'|'starting'|'live'|'off'|'failed'} state */
  const say = (state) => {
    html.dataset.client = state;
    if (state !== 'live') return;
    again();
    if (!embed) idle(getFonts);
  };

  // ---- 1. Before paint -------------------------------------------------------------------------------------------

  html.classList.add('js');

  const query = new URLSearchParams(location.search);
  const framed = window.parent !== window;

  /** What the reader wants of a thing, by the address or as stored. @param {string} key @returns {string|null} */
  const wanted = (key) => {
    let kept = null;
    try { kept = localStorage.getItem('sharh.' + key); } catch { /* denied */ }
    return query.get(key) || kept;
  };
  /** @param {string} key @param {string} value */
  const store = (key, value) => {
    try { localStorage.setItem('sharh.' + key, value); } catch { /* denied, or full */ }
  };
  /** Replaces the query of the address, and what comes after it. @param {URLSearchParams} q @param {string} hash */
  const write = (q, hash) => {
    try {
      history.replaceState(history.state, '', location.pathname + `?${q}`.replace(/\?$/, '') + hash);
    } catch { /* an opaque origin */ }
  };

  /** @param {string|null} theme @param {boolean} [keep] */
  const setTheme = (theme, keep) => {
    if (theme !== 'light' && theme !== 'dark') theme = 'auto';
    if (theme === 'auto') delete html.dataset.theme; else html.dataset.theme = theme;
    if (keep) store('theme', theme);
    if (!embed) for (const b of document.querySelectorAll('[data-theme-button]')) b.textContent = /** @type {HTMLElement} */ (b).dataset[theme];
  };
  setTheme(wanted('theme'));

  // Narrow screens are shown the page's fonts once they are in the browser's cache, from an earlier visit (getFonts). A
  // frame remembers no visit. A page to which the reader comes back is as it was.
  const letters = embed ? '' : 'fonts-' + html.lang;
  const was = !embed && history.state?.sharh;
  const typed = embed || framed || (was ? was.typed : wanted(letters));
  if (!embed && typed) {
    /** @type {CSSMediaRule} */ (document.styleSheets[0].cssRules[0]).media.mediaText = 'all';
    for (const link of /** @type {NodeListOf<HTMLLinkElement>} */ (document.querySelectorAll('[as=font]'))) link.media = 'all';
  }

  // The choice between full and quiet marks is stored like the theme, and is in the address too.
  /** @param {string|null} marks @param {boolean} [keep] */
  const setMarks = (marks, keep) => {
    const full = marks === 'full';
    if (full) html.dataset.marks = 'full'; else delete html.dataset.marks;
    if (embed) return;
    document.querySelector('[data-marks-button]')?.setAttribute('aria-pressed', String(full));
    if (!keep || !marks) return;
    query.set('marks', marks);
    store('marks', marks);
    const q = new URLSearchParams(location.search);
    q.set('marks', marks);
    if (!framed) write(q, location.hash);
  };
  setMarks(wanted('marks'));

  // Whether the save button exists is decided before the first paint, and does not change later.
  const container = !embed && (() => {
    try {
      return files.worker && !framed && isSecureContext && origin !== 'null' && localStorage && navigator.serviceWorker;
    } catch { /* nothing can be stored */ }
  })();
  if (!embed && container) html.classList.add('app');

  // ---- 2. The still page -----------------------------------------------------------------------------------------

  const root = () => document.getElementById('sharh');

  /** What is chosen: an id for each kind of item (app/story/address). While Go is live it owns the choice and tells this script. @type {Record<string, string>} */
  const chosen = {}; // filled in by the build

  /** The kind and id of an item that is on this page and can be chosen, or null. @param {string} hash "#call-3" @returns {[string, string]|null} */
  const item = (hash) => {
    const [kind] = hash.slice(1).split('-', 1);
    return kind in chosen && document.getElementById(hash.slice(1)) ? [kind, hash.slice(kind.length + 2)] : null;
  };

  /** @param {Element} e @param {boolean} on */
  const light = (e, on) => {
    if (on) e.setAttribute('aria-current', 'true'); else e.removeAttribute('aria-current');
  };

  /** Makes the page show the choice, with the same attributes as app/page/ui renders for the same state. @param {object} [changed] has the kinds that have changed; without it, any may have */
  const show = (changed) => {
    const r = root();
    if (!r) return;
    for (const kind in changed || chosen) {
      const id = chosen[kind];
      if (id) r.setAttribute('data-' + kind, id); else r.removeAttribute('data-' + kind);
      const current = id ? `${kind}-${id}` : r.getAttribute('data-open');
      for (const e of r.querySelectorAll(`svg [href^="#${kind}-"],.panel[id^="${kind}-"],.card[id^="${kind}-"]`)) {
        const on = (e.id || e.getAttribute('href')?.slice(1)) === current;
        light(e, on);
        if (e.id) tuck(e, !on);
      }
    }
    sharh.shown?.();
  };

  /** Hides an item or shows it. The browser's own search still finds hidden items. @param {any} e @param {boolean} away */
  const tuck = (e, away) => {
    if (!away) e.removeAttribute('hidden'); else if (!e.hidden) e.setAttribute('hidden', 'until-found'); // setting it again would restyle it
  };

  /** The element that the fragment of the address names. @returns {HTMLElement|null} */
  const target = () => {
    try {
      return document.getElementById(decodeURIComponent(location.hash.slice(1)));
    } catch { // not an address that anything here has
      return null;
    }
  };

  /** Opens the target, if it is a <details> or a section with a folded list, and every <details> around it; turns to its tab. @param {string} hash */
  const unfold = (hash) => {
    let e = document.getElementById(hash.slice(1));
    e = e?.querySelector(':scope>.fold') || e;
    for (; e; e = e.parentElement) {
      if (e instanceof HTMLDetailsElement) e.open = true;
      sharh.turn?.(e);
    }
  };

  const idle = window.requestIdleCallback || setTimeout;

  /** Tells Go, if it is live, and the page around this frame. @param {string} verb @param {string} a @param {string} b */
  const tell = (verb, a, b) => {
    sharh.ear?.(verb, a, b);
    sharh.host?.(verb, a);
  };

  /**
   * Announces a new choice, or that the choice was cleared, to readers who use a screen reader, in words from the page.
   * @param {string} id of the item, or ''
   */
  const announce = (id) => {
    const region = /** @type {HTMLElement|null} */ (document.querySelector('[data-chosen]'));
    const e = document.querySelector(`svg [href="#${id}"],[id="${id}"] :is(.q,h3)`);
    if (region) region.textContent = (e ? `${region.dataset.chosen} ${e.getAttribute('aria-label') || e.textContent}` : region.dataset.cleared) || '';
  };

  /** Chooses the item that a link leads to. The page shows it at once; Go, if it is live, is told. @param {string} hash */
  const choose = (hash) => {
    unfold(hash);
    const found = item(hash);
    if (!found) return;
    chosen[found[0]] = found[1];
    show({ [found[0]]: 1 });
    announce(hash.slice(1));
    tell('choose', hash, '');
  };

  /** Makes the target of a link focusable, so that the browser moves the focus there. @param {string} hash */
  const focusable = (hash) => {
    const e = document.getElementById(hash.slice(1));
    if (!e || e.tabIndex >= 0 || e.hasAttribute('tabindex')) return;
    e.tabIndex = -1;
    e.addEventListener('blur', () => e.removeAttribute('tabindex'), { once: true });
  };

  /** Drops the choice of a kind, or all with '' or nothing. @param {string} [only] */
  const clear = (only) => {
    for (const kind in chosen) if (!only || kind === only) chosen[kind] = '';
    show();
    announce('');
    tell('clear', only || '', '');
  };

  /** Takes the choice from the address: at the start and after Back. */
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

  /** Whether anything is chosen, or the map filtered. */
  const any = () => Object.values(chosen).join('') || root()?.dataset.picky;

  /** The link by which the choice was made. @type {Element|null} */
  let by = null;

  /**
   * Clears the choice, also in the address, and moves the focus back to where the choice was made; if that is gone, into
   * the figure. In a card or panel only its own item is dropped. @param {Element} at where it is cleared
   */
  const drop = (at) => {
    // Elements that Go drew for the choice (.scene) disappear with it, so they cannot get the focus.
    const places = [by, ...(at.closest('#map') || document).querySelectorAll('svg [aria-current],.core a,.chips a')].filter((e) => e && !e.closest('.scene'));
    const shown = (/** @type {Element|null} */ e) => e?.getClientRects().length;
    const [only] = item('#' + at.closest('.card,.panel')?.id) || [];
    clear(only);
    const q = new URLSearchParams(location.search);
    for (const kind in chosen) if (chosen[kind]) q.set(kind, chosen[kind]); else q.delete(kind);
    write(q, '');
    // If Go is live, the map without a choice is visible only after Go has drawn it: wait some frames for it. If another
    // choice is left, Go draws its scene.
    let tries = by && sharh.ear && !(only && any()) ? 120 : 0;
    const back = () => {
      if (tries-- > 0 && !shown(places[0])) requestAnimationFrame(back);
      else /** @type {any} */ (places.find(shown))?.focus();
    };
    back();
  };

  const ways = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

  // In a figure the arrow keys move to the neighbour in their direction on the screen, whatever the direction of the
  // language. Tab still stops at every item, because items are links: screen readers, which use the arrow keys
  // themselves, list them as such, and they work without scripts. Links before the figures skip them.
  addEventListener('keydown', (e) => {
    const { key } = e;
    const at = /** @type {Element} */ (e.target);
    if (!at.closest || e.ctrlKey || e.metaKey || e.shiftKey || e.altKey) return;
    if (key === 'Escape' && !at.closest('input,select') && any()) drop(at);
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
    if (!embed && clicked.closest?.('[data-theme-button]')) {
      // Three states in turn: the opposite of the system's theme, the system's theme set explicitly, and following
      // the system.
      const [own, other] = matchMedia('(prefers-color-scheme:dark)').matches ? ['dark', 'light'] : ['light', 'dark'];
      const theme = html.dataset.theme;
      return setTheme(theme ? theme === other ? own : 'auto' : other, true);
    }
    if (!embed && clicked.closest?.('[data-marks-button]')) return setMarks(html.dataset.marks ? 'quiet' : 'full', true);
    if (clicked.closest?.('[data-close]')) return showNotice('');
    if (clicked.closest?.('[data-reload]')) return location.reload();
    if (!embed && clicked.closest?.('[data-save]')) return app(e);
    if (!embed && clicked.closest?.('[data-dialog]')) return share(e);
    const link = clicked.closest?.('a[href^="#"]');
    if (!link || e.button || e.ctrlKey || e.metaKey || e.shiftKey || e.altKey) return;
    leave(); // a click without a pointer or key: by a screen reader
    const hash = link.getAttribute('href') || '';
    if (link.hasAttribute('data-clear')) {
      e.preventDefault();
      return drop(link);
    }
    // From card to card: the first of them was opened elsewhere.
    if (item(hash) && !link.closest('.card')) by = link;
    sharh.address?.(true);
    if (!embed) {
      if (pausing || scrollY - noted) note();
      noteSoon();
    }
    const card = !framed && stage(document.getElementById(hash.slice(1)));
    if (card || framed) e.preventDefault(); // in a frame, following a fragment would add an entry to the host's history
    else sharh.moving = hash === location.hash ? '' : hash;
    if (card) {
      try {
        if (hash !== location.hash) history.pushState(null, '', hash);
      } catch { /* an opaque origin */ }
    }
    choose(hash);
    focusable(hash);
    if (framed) sharh.follow(hash);
    if (card) {
      hold = () => reach(document.getElementById(hash.slice(1)));
      hold();
      document.getElementById(hash.slice(1))?.focus({ preventScroll: true });
    }
  }, true);
  // The browser's own search, or a link to a text fragment, found something in a hidden item.
  addEventListener('beforematch', (e) => {
    const found = /** @type {Element} */ (e.target).closest('.panel,.card');
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

  // Browsers restore a scroll position as a distance from the top. After a reload that distance can be another
  // place, because folds above it, the open call or late fonts change the layout. So each history entry stores the
  // paragraph at the top and what was open.
  const blocks = embed ? '' : 'h1,h2,h3,h4,p,li,dt,dd,figure,summary,.stage';
  /** Elements that stay in the window while the page scrolls, so they do not mark a place. */
  const sticks = embed ? '' : '.still,.stage .cards';

  /** Stores the place in the history entry; not in a frame, where the history is the host's, so never in an embed. */
  const note = () => {
    if (embed || framed || !placed) return;
    clearTimeout(pausing);
    pausing = 0;
    noted = scrollY;
    // Not at the middle, where the gap between two columns may be.
    for (let y = 4; y < innerHeight; y += 16) {
      const e = [.3, .7].map((x) => document.elementFromPoint(innerWidth * x, y)?.closest(blocks)).find((x) => x?.getClientRects().length && !x.closest(sticks)); // a step beside its figure has no box
      const near = e?.closest('[id]:not(#sharh,#main)');
      if (!e || !near) continue;
      const at = [near.id, [...near.querySelectorAll(blocks)].indexOf(e), Math.round(e.getBoundingClientRect().top)];
      const open = [...document.querySelectorAll('details[id]')].filter((d) => /** @type {HTMLDetailsElement} */ (d).open).map((d) => d.id);
      try {
        history.replaceState({ ...history.state, sharh: { at, open, typed } }, '');
      } catch { /* an opaque origin, or too often: the browser's own memory remains */ }
      return;
    }
  };

  /** Who restores places when the reader comes back: the browser, or this script. @param {'auto'|'manual'} how */
  const remember = embed ? () => {} : (how) => {
    try { history.scrollRestoration = how; } catch { /* the frame may not */ }
  };

  /** The scroll position where this script last put the page. */
  let brought = 0;

  /** Scrolls so that e is `top` pixels below the top of the window. @param {Element|null|undefined} e @param {number} top */
  const bring = (e, top) => {
    if (e) scrollTo({ top: scrollY + e.getBoundingClientRect().top - top, behavior: 'instant' });
    brought = scrollY;
  };

  /** For a card: the map or row of steps that it belongs to. @param {Element|null} e */
  const stage = (e) => !embed && e?.closest('.card') && e.closest('.stage') || e?.closest('.row'); // frames have no .stage

  /** @param {Element} e */
  const margin = (e) => parseFloat(getComputedStyle(e).scrollMarginTop);

  /** Scrolls to the target of a link, with its scroll margin; for a card to the map or row beside it, unless that is in view. @param {HTMLElement|null} e */
  const reach = (e) => {
    const beside = stage(e);
    if (!beside || !e) return bring(e, e ? margin(e) : 0);
    const r = beside.getBoundingClientRect();
    if (embed || beside.matches('.row')) {
      // Scroll only the row: in a frame, scrollIntoView would scroll the host page too.
      const step = /** @type {Element} */ (e.closest('.step')).getBoundingClientRect();
      const swiped = beside.scrollWidth > beside.clientWidth;
      const by = getComputedStyle(beside).direction === 'rtl' ? step.right - r.right : step.left - r.left;
      if (swiped) beside.scrollTo({ left: beside.scrollLeft + by, behavior: 'instant' });
      if (!swiped) bring(e, margin(e));
      else if (!framed && (r.top < 0 || r.bottom > innerHeight)) bring(beside, 16);
    } else {
      // The map is one of these two; it may be above the window.
      const above = [...beside.querySelectorAll('.core,.scene')].every((e) => e.getBoundingClientRect().bottom < innerHeight / 2);
      if (above || r.top > innerHeight / 3 || r.bottom < innerHeight) bring(beside, 16);
    }
    brought = scrollY;
  };

  /** Scrolls to where the reader belongs; null once he has moved by himself. @type {(() => void)|null} */
  let hold = null;
  const leave = () => { hold = null; };

  /** Whether the page is where the fragment leads by itself: WebKit scrolls there after a reload, more than once, and after all is loaded. */
  const led = () => {
    const e = target();
    return e && Math.abs(e.getBoundingClientRect().top - margin(e)) < 2;
  };

  /** Scrolls there again after something has arrived, unless the reader or the browser has scrolled since. */
  const again = () => {
    if (placed && !led() && Math.abs(scrollY - brought) > 1) leave();
    hold?.();
  };

  /** Goes where the address leads, or where the reader was when he left. @param {any} state of the history's entry */
  const arrive = (state) => {
    const { at, open } = state?.sharh || {};
    if (!embed && at) {
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
    // The browser may now restore its own scroll position, so correct it once more.
    requestAnimationFrame(() => hold?.());
  };

  /** The page is laid out as far as the reader can tell; before that, no place is stored. */
  let placed = false;
  const here = () => {
    again();
    placed = true;
    performance.mark('sharh:placed');
    remember('auto');
  };
  if (history.state?.sharh) remember('manual');
  for (const kind of ['wheel', 'touchstart', 'pointerdown', 'keydown']) addEventListener(kind, leave, { capture: true, passive: true });

  /** The timer of the next note, at first none that could be another's; 0 if what is stored still holds. @type {any} */
  let pausing = -1;
  /** Where the page was when its place was stored. */
  let noted = 0;
  const noteSoon = embed ? () => {} : () => {
    clearTimeout(pausing);
    pausing = setTimeout(note, 300);
  };
  if (!embed) {
    addEventListener('scroll', () => {
      if (hold && led()) hold();
      noteSoon();
    }, { passive: true });
    addEventListener('toggle', noteSoon, true);
    // WebKit goes by what holds when the page is left: left to it, it scrolls after a reload, later than this script does.
    addEventListener('pagehide', () => {
      note();
      if (history.state?.sharh) remember('manual');
    });
    addEventListener('pageshow', (e) => { if (e.persisted) remember('auto'); });
    addEventListener('visibilitychange', () => { if (document.hidden) note(); });
  }

  // ---- 4. Offline, sharing ---------------------------------------------------------------------------------------

  /**
   * Returns a function that loads a script when it is first called, and then calls window.sharh[name], which the script sets.
   * @param {string} file @param {string} name
   */
  const later = embed ? null : (file, name) => {
    /** @type {Promise<unknown>|null} */
    let loading = null;
    return (/** @type {Event|void} */ e) => {
      loading ||= load(files[file]);
      loading.then(() => sharh[name](e), () => { // loading failed: no network, or a blocker that mistakes the script for something else
        loading = null;
        if (e?.type === 'click') showNotice('blocked');
      });
    };
  };
  const app = !embed && later('offline', 'app');
  const share = !embed && later('share', 'share');

  // ---- 5. Starting -----------------------------------------------------------------------------------------------

  const possible = query.get('wasm') !== 'off' && window.WebAssembly && files.wasm;
  let started = false;

  /**
   * One Trusted Types policy, for the two addresses of scripts, and for speculation rules. It need not look at the text of
   * these: the page's policy lets no script run that is written by another one.
   */
  const trusted = (() => {
    const same = (/** @type {string} */ text) => text;
    const plain = { createScriptURL: same, createScript: same };
    try {
      return /** @type {any} */ (window).trustedTypes.createPolicy('sharh', plain);
    } catch { // the browser does not know of it
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

  /** Where fonts do not come with the page: gets them for the next visit. */
  const getFonts = embed ? () => {} : () => {
    const links = /** @type {HTMLLinkElement[]} */ ([...document.querySelectorAll('[as=font]')]);
    if (typed || !links[0] || matchMedia(links[0].media).matches || sharh.frugal) return;
    Promise.all(links.map((l) => get(l.href).then((r) => r.blob()))).then(() => store(letters, '1'), () => { /* next time */ });
  };

  const start = async () => {
    if (started || !possible) return;
    started = true;
    say('starting');
    performance.mark('sharh:start');
    try {
      // The smallest program there is: where a policy, or Safari before 16, lets none run, nothing is downloaded.
      await WebAssembly.instantiate(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0));
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

  // Paper shows everything. Where a style sheet cannot open what is folded (Firefox before 143, Safari before 18.4), it
  // is opened for as long as the page is printed.
  if (!CSS.supports('selector(::details-content)')) {
    /** @type {HTMLDetailsElement[]} */
    let shut = [];
    addEventListener('beforeprint', () => {
      shut = [...document.querySelectorAll('details')].filter((d) => !d.open);
      for (const d of shut) d.open = true;
    });
    addEventListener('afterprint', () => { for (const d of shut) d.open = false; });
  }

  /** The reader used something that only Go can do: start it at once. */
  let wished = false;
  const wish = (/** @type {Event} */ e) => {
    const at = /** @type {Element} */ (e.target);
    if (at.closest?.('[data-wish]')) {
      wished = true;
      start();
    }
    // Where a key led in a drawing, Firefox scrolls to the drawing only.
    if (!embed && at.closest?.('svg :focus-visible')) {
      const r = at.getBoundingClientRect();
      if (r.top < 0 || r.bottom > innerHeight) bring(at, 16);
    }
  };
  addEventListener('focusin', wish);
  addEventListener('pointerdown', wish);

  /** Follows addresses of items that are only on the evidence page; those are never in frames. */
  const elsewhere = embed ? null : () => {
    /** Kinds of item that are on the evidence page; proofSections are its sections. @type {string[]} */
    const proofs = []; // filled in by the build
    /** @type {string[]} */
    const proofSections = []; // filled in by the build
    const evidence = /** @type {HTMLAnchorElement|null} */ (document.querySelector('#evidence a'));
    const at = location.hash.slice(1);
    if (evidence && (proofs.includes(at.split('-', 1)[0]) && at.includes('-') || proofSections.includes(at) || query.get('kind') || query.get('q') && !(possible && document.getElementById('q')))) {
      location.replace(evidence.href + location.search + location.hash);
      return true;
    }
  };

  const ready = () => {
    if (!embed && elsewhere()) return;
    setTheme(wanted('theme'));
    setMarks(wanted('marks'));
    readAddress();
    arrive(history.state);
    const loaded = (/** @type {() => void} */ then) => {
      if (document.readyState === 'complete') then(); else addEventListener('load', then);
    };
    loaded(() => document.fonts.ready.then(() => requestAnimationFrame(here)));
    if (!embed && container) {
      addEventListener('beforeinstallprompt', (e) => {
        e.preventDefault();
        sharh.prompt = e;
      });
      addEventListener('appinstalled', app);
      if (container.controller || matchMedia('(display-mode:standalone)').matches) loaded(() => idle(() => app(), { timeout: 4000 }));
    }
    // The current step: in a row the one at the start edge, otherwise the one in the middle of the window.
    const steps = [...document.querySelectorAll('.step')];
    const current = (/** @type {Element|undefined} */ step) => {
      if (!step) return;
      for (const s of steps) s.classList.toggle('now', s === step);
      const id = step.querySelector('.text')?.id; // its figure has ids too
      for (const a of document.querySelectorAll('.pages a')) {
        light(a, a.getAttribute('href') === '#' + id);
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
    const net = /** @type {any} */ (navigator).connection;
    // Who saves data, or has a slow network, gets nothing that he has not asked for.
    if (!embed) sharh.frugal = net && (net.saveData || /2g$/.test(net.effectiveType));
    if (!embed && !possible) loaded(() => idle(getFonts));
    if (!possible) return say('off');
    if (query.get('wasm') === 'now') return start();
    // Do not start Go without a wish in an embed either: it shares the device with the page around it.
    if (embed || sharh.frugal || !navigator.onLine) return;
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
   * Shows a line that says what does not work, until the reader closes it; '' hides the line.
   * @param {'failed'|'off'|'blocked'|''} what
   */
  const showNotice = (what) => {
    const line = /** @type {HTMLElement|null} */ (document.querySelector('.calm'));
    if (!line) return;
    line.hidden = !what;
    /** @type {Element} */ (line.firstElementChild).textContent = line.dataset[what] || '';
    // Offer to reload only once: what failed twice will fail again.
    let again = what === 'failed';
    try {
      again &&= !sessionStorage.getItem('sharh.failed');
      if (again) sessionStorage.setItem('sharh.failed', '1');
    } catch { /* no memory: once more does no harm */ }
    /** @type {HTMLElement} */ (line.querySelector('[data-reload]')).hidden = !again;
  };

  /** Go has ended or could not start: back to the page without it. @param {unknown} e */
  const fail = (e) => {
    console.warn('sharh:', e);
    sharh.ear = null;
    sharh.moving = '';
    // If Go never ran, the reader misses nothing, unless he asked for one of its tools.
    const died = sharh.mounting;
    say(died ? 'failed' : 'off');
    if (sharh.restore) sharh.restore();
    setTheme(wanted('theme'));
    setMarks(wanted('marks'));
    show();
    if (died || wished) showNotice(died ? 'failed' : 'off');
  };

  /** @type {any} */
  const sharh = /** @type {any} */ (window).sharh = {
    /** Go's listener, while Go is live. @type {((verb: string, a: string, b: string) => void)|null} */
    ear: null,
    /** Whether Go has started to take over the page. */
    mounting: false,
    /** The fragment that the browser is about to follow. Until it has, this script must not change the address. */
    moving: '',
    choice: chosen,
    /** The worker that answered the request for this page. */
    from: !embed && container?.controller,
    /** In a frame: goes to the target of a link. @param {string} hash */
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
