// bridge.js: what a page in a frame needs besides boot.js. The build appends it to boot.js, in <head>, so that it
// hears the host page before anything else has loaded, and without WebAssembly.
//
//  1. Tabs, and links: within the frame nothing navigates, so that the host's history stays as it was.
//  2. The accent that a publisher asked for, made legible.
//  3. The height, told to every host script that has shown itself; objects, which do no harm, to any host.
//  4. What the host may ask for, and what it is told besides.
//
// Only the parent is listened to, and only the messages below; nothing of them becomes HTML.

(() => {
  'use strict';

  const html = document.documentElement;
  const sharh = /** @type {any} */ (window).sharh;
  const host = window.parent;
  const framed = host !== window;
  const query = new URLSearchParams(location.search);

  // ---- 1. Tabs and links -----------------------------------------------------------------------------------------

  /** Turns to a tab. @param {Element} e */
  sharh.turn = (e) => {
    if (!e.classList.contains('tab')) return;
    html.dataset.tab = e.id;
    for (const tab of document.querySelectorAll('.tab')) sharh.tuck(tab, tab !== e);
    for (const a of document.querySelectorAll('.tabs a')) {
      if (a.getAttribute('href') === '#' + e.id) a.setAttribute('aria-current', 'true'); else a.removeAttribute('aria-current');
    }
    sharh.shown();
  };

  const redrawn = new MutationObserver(() => sharh.shown());

  /** Places the card of the chosen actor over the map: above or below the actor, where there is more room, or at the end of the visible map if there is room in neither. */
  sharh.shown = () => {
    // Go draws the actor's scene later than the card is shown.
    const drawn = document.querySelector('.scene');
    if (drawn) redrawn.observe(drawn, { childList: true, subtree: true, attributeFilter: ['transform'] });
    const card = /** @type {HTMLElement|null} */ (document.querySelector('.card[aria-current]'));
    const map = card?.closest('.tab');
    const node = map && [...map.querySelectorAll(`.node[href="#${card.id}"]`)].find((e) => e.getClientRects().length);
    if (!card || !node || !map) return;
    const [n, f, m] = [node, map.querySelector('figure') || map, map].map((e) => e.getBoundingClientRect());
    const end = Math.min(f.bottom, innerHeight);
    const [above, below] = [n.top - Math.max(f.top, 0), end - n.bottom];
    const room = Math.max(above, below) - 8;
    const [over, under] = room < 100 ? ['auto', m.bottom - end] : below >= above ? [n.bottom - m.top + 8, 'auto'] : ['auto', m.bottom - n.top + 8];
    card.style.setProperty('--over', over === 'auto' ? over : `${over}px`);
    card.style.setProperty('--under', under === 'auto' ? under : `${under}px`);
    card.style.setProperty('--room', room < 100 ? '17rem' : `${room}px`);
    card.scrollTop = 0;
  };
  addEventListener('resize', sharh.shown);

  /** Goes to the target of a link inside the frame: moves the focus, and scrolls where the frame is too low. */
  sharh.follow = (/** @type {string} */ hash) => {
    const e = document.getElementById(hash.slice(1));
    if (!e || e.classList.contains('tab')) return;
    e.focus({ preventScroll: true });
    if (e.closest('.row')) return sharh.reach(e);
    const { top, bottom } = e.getBoundingClientRect();
    if (top < 0 || bottom > innerHeight) scrollTo(0, scrollY + top - 8);
  };

  addEventListener('click', (e) => {
    const link = /** @type {HTMLAnchorElement|null} */ (/** @type {Element} */ (e.target).closest?.('a[target]'));
    if (!link || !framed || e.button || e.ctrlKey || e.metaKey || e.shiftKey || e.altKey) return;
    e.preventDefault();
    const { href } = link;
    send('open', { href });
    if (secret) return post({ message: 'link', value: href, secret });
    // A sandbox may forbid new windows. Then open the link in the frame, which is better than not at all.
    const opened = open(href);
    if (opened) opened.opener = null; else location.assign(href);
  });

  // ---- 2. The accent ---------------------------------------------------------------------------------------------

  /** Relative luminance by WCAG 2. @param {number[]} rgb 0 to 255 */
  const luminance = (rgb) => rgb.reduce((sum, v, i) => {
    const c = v / 255;
    return sum + [0.2126, 0.7152, 0.0722][i] * (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
  }, 0);

  /** @param {number[]} a @param {number[]} b */
  const contrast = (a, b) => {
    const [x, y] = [luminance(a), luminance(b)];
    return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
  };

  /** @param {string} hex "#a30" or "#aa3300" @returns {number[]|null} */
  const colour = (hex) => {
    if (!/^#?([0-9a-f]{3}){1,2}$/i.test(hex)) return null;
    const long = hex.replace('#', '').replace(/^(.)(.)(.)$/, '$1$1$2$2$3$3');
    return [0, 2, 4].map((i) => parseInt(long.slice(i, i + 2), 16));
  };

  /**
   * Uses the publisher's accent colour, changed where needed so that words stay legible. The expected results are in
   * app/desk/palette/testdata/accents.json, which Go is tested with too.
   */
  const accent = () => {
    const asked = colour(query.get('accent') || '');
    if (!asked) return;
    const style = getComputedStyle(html);
    const [ink, ...grounds] = ['--ink', '--paper', '--card'].map((name) => colour(style.getPropertyValue(name).trim()));
    if (!ink) return;
    let rgb = asked;
    for (let tenths = 0; tenths <= 10; tenths++) {
      rgb = asked.map((v, i) => Math.round(v + (ink[i] - v) * tenths / 10));
      if (grounds.every((ground) => !ground || contrast(rgb, ground) >= 4.5)) break;
    }
    html.style.setProperty('--accent', `rgb(${rgb})`);
  };

  // ---- 3. The height ---------------------------------------------------------------------------------------------

  /** @param {unknown} message */
  const post = (message) => {
    if (framed) host.postMessage(message, '*');
  };

  // Which host script is there. Some hosts take any string message for theirs, so only a host that has shown itself
  // gets strings.
  const pym = query.get('childId');
  const secret = (/[#&?]secret=([A-Za-z0-9]+)/.exec(location.hash) || [])[1]; // WordPress
  const medium = query.get('resize') === 'src'; // Medium finds the frame by its address
  let resizer = ''; // the id that iframe-resizer assigned to this frame

  const leastHeight = 0; // filled in by the build
  const mostHeight = 0; // filled in by the build

  // The loader passes the height that it reserved; the page is at least that high.
  const least = Number(query.get('height'));
  if (least >= leastHeight && least <= mostHeight) html.style.setProperty('--least', least + 'px');

  const height = () => Math.ceil(sharh.root()?.getBoundingClientRect().height || 0);

  const tellHeight = () => {
    const h = height();
    if (!h) return; // a hidden frame has no height: keep the last one
    post({ sentinel: 'amp', type: 'embed-size', height: h }); // AMP, @newswire/frames, Sidechain, our own loader
    post({ 'datawrapper-height': { [location.pathname + location.search]: h } });
    if (pym) post(`pymxPYMx${pym}xPYMxheightxPYMx${h}`);
    if (resizer) post(`[iFrameSizer]${resizer}:${h}:${innerWidth}:resize`);
    if (secret) post({ message: 'height', value: h, secret });
    if (medium) post(JSON.stringify({ src: location.href, context: 'iframe.resize', height: h }));
    try {
      /** @type {any} */ (window).requestResize?.();
    } catch { /* not for us */ }
  };

  // ---- 4. Asked, and told ----------------------------------------------------------------------------------------

  /** Sends a message to our own loader (embed.js). @param {string} what @param {object} [more] */
  const send = (what, more) => post({ sharh: what, ...more });

  const ready = () => {
    send('ready', { title: document.title });
    tellHeight();
  };

  /** Passes what boot.js tells Go on to the host page. @param {string} verb @param {string} hash */
  sharh.host = (verb, hash) => {
    if (verb === 'choose') send('select', { item: hash.slice(1) });
    if (verb === 'clear') send('select', { item: '' });
  };

  addEventListener('message', ({ source, data }) => {
    if (source !== host || !framed || !data) return;
    if (typeof data === 'string') {
      const [id, , manual] = data.startsWith('[iFrameSizer]') ? data.slice(13).split(':') : [];
      if (/^(true|false)$/.test(manual)) {
        resizer = id;
        post(`[iFrameSizer]${id}:${height()}:${innerWidth}:init`);
        tellHeight();
      } else if (pym && data.startsWith(`pymxPYMx${pym}xPYMxwidthxPYMx`)) tellHeight();
      return;
    }
    if (data.sentinel === 'amp' && data.type === 'frames-init') tellHeight();
    if (data.message === 'ready' && secret && data.secret === secret) tellHeight();
    switch (data.sharh) {
      case 'hello':
        if (document.readyState !== 'loading') ready();
        break;
      case 'select':
        if (data.item === '') sharh.clear();
        else if (typeof data.item === 'string' && sharh.item('#' + data.item)) sharh.choose('#' + data.item);
        break;
      case 'theme':
        if (['light', 'dark', 'auto'].includes(data.theme)) sharh.setTheme(data.theme);
    }
  });

  document.addEventListener('toggle', (e) => {
    const view = /** @type {HTMLElement} */ (e.target);
    if (/** @type {HTMLDetailsElement} */ (view).open && sharh.item('#' + view.id)) send('open', { item: view.id });
  }, true);

  const start = () => {
    accent();
    matchMedia('(prefers-color-scheme:dark)').addEventListener('change', accent);
    new MutationObserver(accent).observe(html, { attributeFilter: ['data-theme'] });
    new ResizeObserver(tellHeight).observe(/** @type {Element} */ (sharh.root()));
    new MutationObserver(() => {
      if (html.dataset.client === 'failed') send('error', { reason: 'client' });
    }).observe(html, { attributeFilter: ['data-client'] });
    post({ sentinel: 'amp', type: 'embed-ready' });
    ready();
  };
  document.addEventListener('DOMContentLoaded', start);
  addEventListener('load', tellHeight);
  document.fonts?.ready.then(tellHeight);
})();
