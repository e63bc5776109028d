// preview.js: the script of a page that is being written (package preview). It is never part of a published site.
//
//  1. Reloading the page when it has changed, with scroll position, open panels and focus as before; the address
//     carries the choice.
//  2. Problems of the content: a list above the page, and a badge at each item that has a problem.
//  3. Links to other looks at the page.
//
// Everything is drawn in a shadow tree beside <body>. The page's own tree is not touched, because Go takes it over
// node by node.

(() => {
  'use strict';

  const script = /** @type {HTMLScriptElement} */ (document.currentScript);
  const { page = '', version = '' } = script.dataset;
  /** @type {Record<string, string>} */
  const words = JSON.parse(script.dataset.words || '{}');
  const framed = window.parent !== window;
  const key = 'sharh.preview:' + location.pathname;

  // ---- 1. Loading again ------------------------------------------------------------------------------------------

  /** The first element with an id that is inside the window. */
  const anchor = () => {
    for (const e of document.querySelectorAll('[id]')) {
      const r = e.getBoundingClientRect();
      if (e instanceof HTMLElement && r.height > 0 && r.height < 3 * innerHeight && r.bottom > 0 && r.top >= -r.height) {
        return { id: e.id, top: r.top };
      }
    }
    return null;
  };

  /** The scenes of the sheet of all scenes, each as a number that another drawing hardly has. @returns {[string, number][]} */
  const scenes = () => [...document.querySelectorAll('.drawn')].map((e) => {
    let sum = 0;
    const text = [...e.childNodes].map((n) => new XMLSerializer().serializeToString(n)).join('');
    for (const c of text) sum = Math.imul(sum, 31) + (c.codePointAt(0) || 0) | 0;
    return [e.id, sum];
  });

  /** Marks the scenes that were drawn in another way before, and returns the first. @param {[string, number][]} before */
  const changed = (before) => {
    const known = new Map(before);
    const other = scenes().filter(([id, sum]) => before.length && known.get(id) !== sum).map(([id]) => document.getElementById(id));
    for (const e of other) e?.setAttribute('data-changed', '');
    return other[0];
  };

  const again = () => {
    const folds = [...document.querySelectorAll('details[id]')];
    try {
      sessionStorage.setItem(key, JSON.stringify({
        y: scrollY,
        anchor: anchor(),
        open: folds.filter((d) => /** @type {HTMLDetailsElement} */ (d).open).map((d) => d.id),
        focus: document.activeElement?.id || '',
        scenes: scenes(),
      }));
    } catch { /* a sandboxed frame keeps nothing; the browser's own memory of the scroll must do */ }
    // boot.js goes back to the place that it noted last, a moment after the last scroll: it must be this one.
    /** @type {any} */ (window).sharh?.note?.();
    location.reload();
  };

  const restore = () => {
    let kept = null;
    try {
      kept = JSON.parse(sessionStorage.getItem(key) || 'null');
      sessionStorage.removeItem(key);
    } catch { /* nothing was kept */ }
    if (!kept) return;
    for (const d of document.querySelectorAll('details[id]')) {
      /** @type {HTMLDetailsElement} */ (d).open = kept.open.includes(d.id);
    }
    history.scrollRestoration = 'manual';
    // Until the reader moves, the scroll position is restored again and again: styles, fonts and boot.js may still
    // move things.
    let mine = true;
    for (const move of ['wheel', 'touchmove', 'keydown', 'mousedown']) {
      addEventListener(move, () => { mine = false; }, { once: true, passive: true });
    }
    const first = changed(kept.scenes);
    const inside = (/** @type {Element} */ e) => e.getBoundingClientRect().bottom > 0 && e.getBoundingClientRect().top < innerHeight;
    const settle = () => {
      if (!mine) return;
      const e = kept.anchor && document.getElementById(kept.anchor.id);
      const y = e && e.getClientRects().length ? scrollY + e.getBoundingClientRect().top - kept.anchor.top : kept.y;
      scrollTo({ top: y, behavior: 'instant' });
      // Who writes wants to see what he has just changed.
      if (first && ![...document.querySelectorAll('[data-changed]')].some(inside)) first.scrollIntoView({ behavior: 'instant' });
    };
    const done = () => { settle(); setTimeout(() => { settle(); history.scrollRestoration = 'auto'; }); };
    settle();
    document.addEventListener('DOMContentLoaded', () => requestAnimationFrame(settle));
    document.fonts.ready.then(settle);
    if (document.readyState === 'complete') done(); else addEventListener('load', done);
    if (kept.focus) document.getElementById(kept.focus)?.focus({ preventScroll: true });
  };

  // ---- Making elements: texts are texts, never HTML --------------------------------------------------------------

  /** @param {string} tag @param {Record<string, string>} attributes @param {...(Node|string)} children */
  const make = (tag, attributes, ...children) => {
    const e = document.createElement(tag);
    for (const name of Object.keys(attributes)) e.setAttribute(name, attributes[name]);
    e.append(...children);
    return e;
  };

  const host = make('sharh-preview', { lang: document.documentElement.lang, dir: document.documentElement.dir });
  const shadow = host.attachShadow({ mode: 'open' });
  const status = make('span', { role: 'status' });
  const told = make('div', {});
  const list = make('details', { class: 'problems' }, make('summary', {}, status), told);
  const badges = make('div', { class: 'badges' });
  list.hidden = true;

  // ---- 2. Problems -----------------------------------------------------------------------------------------------

  /** @typedef {{item?: string, section?: string, where?: string, warning?: boolean, message: string, hints?: string[]}} Problem */

  /** @param {Element|null} e */
  const seen = (e) => !!e && e.getClientRects().length > 0;

  /** The element at which a problem is shown: its item, a mark that leads to it, or the section around it. @param {Problem} p */
  const spot = (p) => {
    const item = p.item ? document.getElementById(p.item) : null;
    if (item && seen(item)) return item;
    if (item) {
      for (const link of document.querySelectorAll(`#sharh figure a[href="#${CSS.escape(p.item || '')}"]`)) if (seen(link)) return link;
      for (let e = item.parentElement; e && e.id !== 'sharh'; e = e.parentElement) if (seen(e)) return e;
    }
    const section = p.section ? document.getElementById(p.section) : null;
    return seen(section) ? section : null;
  };

  /** @param {Problem} p */
  const entry = (p) => {
    const e = make('div', { class: 'problem', dir: words.dir }, make('p', { class: 'message' }, (p.warning ? words.remark + ': ' : '') + p.message));
    for (const hint of p.hints || []) e.append(make('p', { class: 'hint' }, hint));
    if (p.where) e.append(make('code', { class: 'where', dir: 'ltr' }, p.where));
    return e;
  };

  /** @type {Problem[]} */
  let problems = [];
  let looseBefore = '';
  /** @type {Map<string, HTMLElement>} by item: its badge */
  const shown = new Map();

  /** @param {number} n */
  const number = (n) => n.toLocaleString(document.documentElement.lang + '-u-nu-' + words.digits);

  const draw = () => {
    const opened = [...shown].filter(([, b]) => /** @type {any} */ (b).expanded).map(([id]) => id);
    const focused = /** @type {HTMLElement|null} */ (shadow.activeElement)?.dataset.of;
    shown.clear();
    badges.replaceChildren();
    const errors = problems.filter((p) => !p.warning).length;
    const remarks = problems.length - errors;
    status.textContent = [
      errors && (errors === 1 ? words.one : words.more.replace('{n}', number(errors))),
      remarks && (remarks === 1 ? words.warning : words.warnings.replace('{n}', number(remarks))),
    ].filter(Boolean).join(' · ');
    list.hidden = !problems.length;
    list.classList.toggle('calm', !errors);
    const items = make('ol', {});
    /** @type {Map<string, Problem[]>} */
    const placed = new Map();
    /** @type {Problem[]} */
    const loose = [];
    for (const p of problems) {
      const id = [p.item, p.section].find((x) => x && document.getElementById(x));
      if (id) placed.set(id, [...(placed.get(id) || []), p]); else loose.push(p);
    }
    // Problems without a place on the page are listed in full; for the others the list has a link to their item.
    for (const p of loose) items.append(make('li', {}, entry(p)));
    for (const [id, at] of placed) {
      for (const p of at) {
        items.append(make('li', { class: 'placed' },
          make('a', { href: '#' + id, title: words.here }, make('bdi', { dir: words.dir }, (p.warning ? words.remark + ': ' : '') + p.message)), ' ',
          make('code', { class: 'where', dir: 'ltr' }, p.where || '')));
      }
    }
    // The list opens when errors without a place change. If the reader opens or closes it, it stays so until they
    // change again.
    const now = loose.filter((p) => !p.warning).map((p) => p.where + p.message).join();
    if (now !== looseBefore) /** @type {HTMLDetailsElement} */ (list).open = now !== '';
    looseBefore = now;
    told.replaceChildren(...(errors ? [make('p', { class: 'kept' }, words.kept)] : []), items);
    for (const [id, at] of placed) {
      const card = make('div', { class: 'card', id: 'card-' + id, role: 'group', 'aria-label': words.problems }, ...at.map(entry));
      const button = make('button', {
        type: 'button', 'aria-expanded': 'false', 'aria-controls': 'card-' + id, 'data-of': id,
        'aria-label': words.badge.replace('{n}', number(at.length)),
      }, at.length > 1 ? number(at.length) : '!');
      const calm = at.every((p) => p.warning) ? ' calm' : '';
      const badge = /** @type {any} */ (make('div', { class: 'badge' + calm, 'data-at': id }, button, card));
      const expand = (/** @type {boolean} */ open) => {
        badge.expanded = open;
        card.hidden = !open;
        button.setAttribute('aria-expanded', String(open));
      };
      expand(opened.includes(id));
      button.addEventListener('click', () => { expand(!badge.expanded); position(); });
      badge.addEventListener('keydown', (/** @type {KeyboardEvent} */ e) => {
        if (e.key === 'Escape') { expand(false); button.focus(); }
      });
      badge.problem = at[0];
      shown.set(id, badge);
      badges.append(badge);
      if (focused === id) button.focus({ preventScroll: true });
    }
    position();
  };

  /** Puts each badge at its item. */
  const position = () => {
    const width = document.documentElement.clientWidth;
    const taken = new Set();
    for (const badge of shown.values()) {
      const at = spot(/** @type {any} */ (badge).problem);
      badge.hidden = !at;
      if (!at) continue;
      const r = at.getBoundingClientRect();
      const rtl = document.documentElement.dir === 'rtl';
      let x = rtl ? Math.max(r.left, 4) : Math.min(r.right, width - 4) - 28;
      const y = Math.max(r.top + scrollY, 4);
      while (taken.has(Math.round(x / 28) + ',' + Math.round(y / 28))) x += rtl ? 30 : -30;
      taken.add(Math.round(x / 28) + ',' + Math.round(y / 28));
      badge.style.left = Math.max(4, Math.min(x, width - 32)) + scrollX + 'px';
      badge.style.top = y + 'px';
      const card = /** @type {HTMLElement} */ (badge.lastElementChild);
      const wide = Math.min(352, width - 16);
      card.style.width = wide + 'px';
      card.style.left = Math.max(8, Math.min(x, width - wide - 8)) - Math.max(4, Math.min(x, width - 32)) + 'px';
    }
  };

  let asked = false;
  const reposition = () => {
    if (asked || !shown.size) return;
    asked = true;
    requestAnimationFrame(() => requestAnimationFrame(() => { asked = false; position(); }));
  };

  // ---- Hearing from the server -----------------------------------------------------------------------------------

  /** @type {EventSource|null} */
  let source = null;
  const lost = make('p', { class: 'lost', role: 'status' });

  const listen = () => {
    if (source) return;
    const events = new URL('events', script.src);
    events.searchParams.set('page', page);
    source = new EventSource(events);
    source.onopen = () => { lost.textContent = ''; };
    source.onerror = () => { lost.textContent = words.lost; }; // the browser tries again
    source.onmessage = (e) => {
      const news = JSON.parse(e.data);
      if (news.version && news.version !== version) {
        source?.close(); // one page is enough
        again();
        return;
      }
      problems = news.problems;
      draw();
    };
  };
  // A browser opens few connections to one server, so pages that are not visible close theirs.
  const attend = () => {
    if (document.visibilityState === 'visible') return listen();
    source?.close();
    source = null;
  };

  // ---- 3. Other looks --------------------------------------------------------------------------------------------

  const bar = () => {
    const nav = make('nav', { 'aria-label': words.looks });
    for (const as of ['narrow', 'print', 'dark', 'frame']) {
      const to = new URL('look', script.src);
      to.searchParams.set('as', as);
      const link = make('a', {}, words[as]);
      const aim = () => {
        to.searchParams.set('page', location.pathname + location.search + location.hash);
        link.setAttribute('href', to.href);
      };
      aim();
      for (const name of ['pointerdown', 'focus', 'click']) link.addEventListener(name, aim); // the choice may be another by then
      nav.append(link);
    }
    const sheet = script.dataset.scenes;
    if (sheet) {
      const link = make('a', { href: new URL('../' + sheet, script.src).href }, words.scenes);
      if (page.startsWith(sheet)) link.setAttribute('aria-current', 'page');
      nav.append(link);
    }
    return nav;
  };

  // ----------------------------------------------------------------------------------------------------------------

  restore();
  const sheet = make('link', { rel: 'stylesheet', href: new URL('preview.css', script.src).href });
  sheet.addEventListener('load', () => { host.hidden = false; position(); });
  host.hidden = true;
  shadow.append(sheet, list, badges, lost);
  if (!framed) shadow.append(bar());
  document.documentElement.insertBefore(host, document.body);
  for (const name of ['click', 'toggle', 'hashchange', 'popstate', 'resize', 'load']) addEventListener(name, reposition, true);
  new ResizeObserver(reposition).observe(document.body);
  document.addEventListener('visibilitychange', attend);
  addEventListener('pageshow', attend); // also from the cache of pages left behind
  addEventListener('pagehide', () => { source?.close(); source = null; });
  attend();
})();
