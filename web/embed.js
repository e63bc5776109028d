// embed.js: the loader for publishers' pages. A page may include it any number of times:
//
//   <a class="sharh-embed" href="https://…/putin-trump-calls/embed/">Putin and Trump: eight calls</a>
//   <script async src="https://…/embed.js"></script>
//
// Each such link gets a frame after it, lazily, with a reserved height, and is hidden. Without scripts it stays a
// link. Links to other origins than the loader's stay links too. Attributes of the link: data-theme (light, dark,
// auto), data-accent (#a30), data-call, data-actor, data-view (what is chosen at first), data-height (the reserved
// height in pixels; the default is 760 in a column narrower than 480, otherwise 640).
//
// A click on any other element with data-sharh-select="call-3" chooses that item in an embed: the one whose link has
// the id in data-sharh-for, or else the first one.
//
// Sharh is the only global. Sharh.upgrade(root) handles links that the loader does not find itself (in shadow trees,
// or with a class that was added later); Sharh.select(embed, "call-3"), Sharh.theme(embed, "dark") and
// Sharh.frame(embed) take the link or its id. Events on the link, which bubble: sharh:ready, sharh:select {item},
// sharh:open {item} or {href}, sharh:error {reason}.
//
// The link belongs to the page, and often to a framework that may remove it, move it, or compare it with the nodes
// that it expects. So this script removes, replaces and moves only its own boxes: a box follows its link and
// disappears with it. A framework that hydrates a server-rendered page compares the nodes, so until the page has
// loaded, space is reserved only by style.

(() => {
  'use strict';

  const w = /** @type {any} */ (window);

  /** Where this loader was loaded from. Only links to this origin become embeds. */
  const origin = new URL(/** @type {HTMLScriptElement|null} */ (document.currentScript)?.src || document.baseURI).origin;

  // An element with id="Sharh" also shows up as window.Sharh, but not as an own property of window.
  const loaded = Object.getOwnPropertyDescriptor(w, 'Sharh')?.value;
  if (typeof loaded?.serve === 'function') return loaded.serve(origin);

  /**
   * @typedef {object} Embed
   * @property {HTMLAnchorElement} link the page's
   * @property {HTMLElement} box ours, behind the link
   * @property {HTMLIFrameElement} frame in the box
   * @property {MessageEventSource|null} live the frame's window that has said it is ready; a frame that moves gets another
   * @property {Record<string, object>} said the last message of each kind, for frames that are not ready yet, or load again
   * @property {boolean} silent the frame said nothing, and the link is shown again
   * @property {number} at when the box was put there, in milliseconds
   * @property {number} times how often the box was put back within patience, in a row
   * @property {number} back timer: the box will be put back
   * @property {number} wait timer: the frame will have been silent for too long
   */

  /** @type {Map<HTMLAnchorElement, Embed>} */
  const embeds = new Map();
  /** @type {WeakSet<Element>} */
  const boxes = new WeakSet();
  const origins = new Set();
  const links = 'a.sharh-embed[href]';
  /** Attributes of a link that are passed to the frame, and those among them that choose an item. @type {string[]} */
  const linkKeys = []; // filled in by the build
  /** @type {string[]} */
  const choices = []; // filled in by the build
  const leastHeight = 0; // filled in by the build
  const mostHeight = 0; // filled in by the build
  /** Heights that are reserved by default: in a narrow column, and in others. */
  const tallHeight = 0; // filled in by the build
  const lowHeight = 0; // filled in by the build
  const narrowColumn = 0; // filled in by the build

  /** How long a frame that has loaded may stay silent, in milliseconds. */
  const patience = 10000;

  /** How long to wait for the page to load before links near the view get their frames anyway, in milliseconds. */
  const slow = 6000;

  // ---- Style -----------------------------------------------------------------------------------------------------

  // A constructed style sheet is not a node, and a policy against inline styles allows it. Older browsers do not
  // have it: there no space is reserved, and the link is hidden by its style attribute.
  /** @type {CSSStyleSheet|undefined} */
  let sheet;
  try {
    sheet = new CSSStyleSheet();
  } catch { /* Safari before 16.4 */ }

  // A hidden link keeps a pixel and its display value, so that it shows whether the page hides it.
  let css = `a.sharh-embed[data-sharh=framed]{${['position:absolute', 'visibility:hidden', 'overflow:hidden', 'width:1px', 'height:1px', 'min-width:0', 'min-height:0', 'margin:0', 'padding:0', 'border:0', 'transition:none'].join('!important;')}!important}`;

  /** @param {string} more */
  const style = (more) => {
    css += more;
    sheet?.replaceSync(css);
  };

  /** @param {string} height */
  const room = (height) => `::before{content:"";float:left;padding-bottom:${height}}`;

  /** Reserves space for links that match a selector, unless the page's own style overrides it. @param {string} selector @param {string} height */
  const reserve = (selector, height) => {
    const where = `:where(a.sharh-embed${selector}:not([hidden],[data-sharh]))`;
    style(`${where}{display:flow-root}${where}${room(height)}`);
  };

  /** @param {string|undefined} height */
  const clamped = (height) => Math.min(mostHeight, Math.max(leastHeight, parseInt(height || '', 10)));

  // Percentages in padding refer to the width of the column, so the height can depend on it.
  /** @param {string} origin */
  const reserveFor = (origin) => {
    reserve(`:is([href^="${origin}/"]${origin === location.origin ? ',:not([href*="//"])' : ''})`, `clamp(${lowHeight}px,(${narrowColumn}px - 100%)*999,${tallHeight}px)`);
  };

  /** @type {Set<string>} */
  const heights = new Set();

  /** @param {HTMLAnchorElement} link */
  const reserveHeight = ({ dataset: { height } }) => {
    if (!height || heights.has(height) || !/^\d+$/.test(height)) return;
    heights.add(height);
    style(`:where(a.sharh-embed[data-height="${height}"])::before{padding-bottom:${clamped(height)}px}`);
  };

  /** Shows or hides a link. @param {HTMLAnchorElement} link @param {string} [state] framed, silent */
  const mark = (link, state) => {
    if (state) link.dataset.sharh = state; else delete link.dataset.sharh;
    if (!sheet) Object.assign(link.style, state === 'framed' ? { position: 'absolute', visibility: 'hidden' } : { position: '', visibility: '' });
  };

  // ---- Messages --------------------------------------------------------------------------------------------------

  /** Finds an embed by its link, its frame or an id. A frame that this script did not make gets a minimal record. @param {HTMLElement|string} [by] @returns {Partial<Embed>|null} */
  const find = (by) => {
    const e = by && typeof by === 'string' ? document.getElementById(by) : by || document.querySelector('iframe[data-sharh]');
    for (const embed of embeds.values()) if (e === embed.link || e === embed.frame) return embed;
    return /** @type {any} */ (e)?.contentWindow ? { frame: /** @type {any} */ (e) } : null;
  };

  /** @param {Partial<Embed>} embed @param {any} message */
  const say = ({ frame, said, live }, message) => {
    if (said) said[message.sharh] = message;
    if (!said || live && live === frame?.contentWindow) frame?.contentWindow?.postMessage(message, '*');
  };

  /** @param {Embed} embed @param {string} name @param {object} [detail] */
  const tell = ({ link }, name, detail) => link.dispatchEvent(new CustomEvent('sharh:' + name, { bubbles: true, composed: true, detail }));

  // Of a message only texts and numbers count: an object may not even become a text without throwing. An address that
  // the page is told is one of the web.
  addEventListener('message', ({ source, data }) => {
    if (!data || typeof data !== 'object' || !data.sharh && data.sentinel !== 'amp') return;
    const [item, href, reason] = [data.item, data.href, data.reason].map((x) => (typeof x === 'string' ? x : null));
    for (const embed of embeds.values()) {
      const { frame } = embed;
      if (!source || frame.contentWindow !== source) continue;
      if (data.sentinel === 'amp' && data.type === 'embed-size' && typeof data.height === 'number' && data.height >= 1) {
        frame.style.height = Math.min(20000, Math.ceil(data.height)) + 'px';
        bars(embed);
      } else if (data.sharh === 'ready') {
        if (embed.live === source) return;
        embed.live = source;
        for (const message of Object.values(embed.said)) say(embed, message);
        tell(embed, 'ready');
      } else if (data.sharh === 'select' && item !== null) {
        embed.said.select = { sharh: 'select', item };
        tell(embed, 'select', { item });
      } else if (data.sharh === 'open') {
        if (item) tell(embed, 'open', { item });
        else if (href && /^https?:/i.test(href)) tell(embed, 'open', { href });
      } else if (data.sharh === 'error' && reason !== null) {
        tell(embed, 'error', { reason });
      }
      return;
    }
  });

  addEventListener('click', (e) => {
    const by = /** @type {HTMLElement|null} */ (/** @type {Element} */ (e.target).closest?.('[data-sharh-select]'));
    const embed = by && find(by.dataset.sharhFor);
    if (!by || !embed || e.ctrlKey || e.metaKey || e.shiftKey || e.altKey) return;
    e.preventDefault();
    say(embed, { sharh: 'select', item: by.dataset.sharhSelect });
  });

  // ---- Frames ----------------------------------------------------------------------------------------------------

  /** Hides the scroll bar of a frame that is as high as its page, because a bar would make the page narrower and so higher. If the host makes the frame lower, it keeps the bar. @param {Embed} embed */
  const bars = ({ frame }) => {
    frame.scrolling = parseFloat(getComputedStyle(frame).height) < parseFloat(frame.style.height) - 1 ? 'auto' : 'no';
  };

  /** @param {HTMLAnchorElement} link @param {number} least height that is reserved, in pixels @returns {Embed} */
  const create = (link, least) => {
    const { dataset, href, lang, textContent } = link;
    const url = new URL(href);
    for (const name of linkKeys) {
      if (dataset[name]) url.searchParams.set(name, /** @type {string} */ (dataset[name]));
    }
    url.searchParams.set('height', String(least)); // the page in the frame is at least that high, so that nothing moves here
    const frame = document.createElement('iframe');
    const box = document.createElement('div');
    /** @type {Embed} */
    const embed = { link, box, frame, live: null, said: {}, silent: false, at: 0, times: 0, back: 0, wait: 0 };
    boxes.add(box);
    box.dataset.sharhBox = '';
    frame.loading = 'lazy';
    frame.title = (textContent || '').trim();
    frame.lang = lang;
    frame.dataset.sharh = '';
    frame.referrerPolicy = 'no-referrer';
    // Styles set by a script are allowed even under a policy against inline styles.
    Object.assign(box.style, { display: 'block', width: '100%' });
    Object.assign(frame.style, { display: 'block', width: '100%', border: '0', height: least + 'px', colorScheme: 'auto' });
    // A frame that has loaded but sends no message is blocked, gone, or without scripts. Then show the link again.
    frame.onload = () => {
      frame.contentWindow?.postMessage({ sharh: 'hello' }, '*');
      clearTimeout(embed.wait);
      embed.wait = setTimeout(() => {
        if (!frame.isConnected || embed.live === frame.contentWindow) return;
        embed.silent = true;
        tell(embed, 'error', { reason: 'silent' });
        box.remove();
        mark(link, 'silent');
      }, patience);
    };
    frame.src = url.href;
    box.append(frame);
    return embed;
  };

  /** Puts the box after its link. @param {Embed} embed */
  const put = (embed) => {
    const { link, box } = embed;
    // Remove stale copies: frameworks keep copies of pages to show again, and these contain copies of our boxes.
    for (let next; (next = link.nextElementSibling) && next.matches('[data-sharh-box]') && !boxes.has(next);) next.remove();
    try {
      // moveBefore, where supported, moves the frame without reloading it.
      /** @type {any} */ (link.parentNode).moveBefore(box, link.nextSibling);
    } catch {
      link.after(box);
    }
    embed.at = performance.now();
    mark(link, 'framed');
  };

  /** Puts the box back after its link: at once, but with growing delays if something keeps removing it. @param {Embed} embed */
  const putBack = (embed) => {
    const { link, box } = embed;
    if (embed.back) return;
    embed.times = performance.now() - embed.at > patience ? 0 : embed.times + 1;
    if (embed.times < 4) return put(embed);
    if (!box.isConnected) mark(link);
    embed.back = setTimeout(() => {
      embed.back = 0;
      if (link.isConnected && link.nextElementSibling !== box) put(embed);
    }, 1000 * 2 ** (embed.times - 4));
  };

  /** @param {Embed} embed */
  const end = ({ link, box, back, wait }) => {
    embeds.delete(link);
    clearTimeout(back);
    clearTimeout(wait);
    shown.unobserve(link);
    box.remove();
    mark(link);
  };

  /** Makes frames for links that have none. @param {HTMLAnchorElement[]} found */
  const mount = (found) => {
    const fresh = found.filter((link) => !embeds.has(link) && origins.has(link.origin) && link.isConnected && link.matches(links))
      // Measure all links before changing the page, otherwise each one would force a new layout.
      .map((link) => create(link, clamped(link.dataset.height) || ((link.clientWidth || link.parentElement?.clientWidth || 0) < narrowColumn ? tallHeight : lowHeight)));
    for (const embed of fresh) {
      const { link } = embed;
      embeds.set(link, embed);
      watch(link.getRootNode());
      put(embed);
      shown.observe(link);
      changes.observe(link, { attributeFilter: ['class', 'href', 'data-height', ...linkKeys.map((name) => 'data-' + name)], attributeOldValue: true });
    }
    fresh.forEach(bars);
  };

  // The box is visible exactly when the link would be, whatever hides the link.
  const shown = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      const embed = embeds.get(/** @type {any} */ (target));
      if (embed) embed.box.style.display = target.getClientRects().length ? 'block' : 'none';
    }
  });

  // ---- What changes in the page ----------------------------------------------------------------------------------

  /** Whether elements that appear now may come from the server's HTML, which a framework may still hydrate. */
  let served = document.readyState === 'loading';
  /** Whether frameworks have had time to hydrate the page. */
  let started = false;
  /** @type {IntersectionObserver|undefined} */
  let near;

  /** @param {any} root */
  const all = (root) => root.matches?.(links) ? [root] : root.firstElementChild ? [...root.querySelectorAll(links)] : [];

  /** @param {HTMLAnchorElement[]} found */
  const later = (found) => {
    for (const link of found) {
      reserveHeight(link);
      near?.observe(link);
    }
  };

  /** @param {MutationRecord[]} records */
  const look = (records) => {
    /** @type {Set<any>} */
    const again = new Set();
    const found = [];
    for (const { target, attributeName, oldValue, addedNodes } of records) {
      if (attributeName) {
        const link = /** @type {HTMLAnchorElement} */ (target);
        const embed = embeds.get(link);
        const name = attributeName.slice(5);
        if (link.getAttribute(attributeName) === oldValue) continue;
        if (embed && name === 'theme') say(embed, { sharh: 'theme', theme: link.dataset.theme || 'auto' });
        else if (embed && choices.includes(name)) {
          const chosen = [name, ...[...choices].reverse()].find((name) => link.dataset[name]);
          say(embed, { sharh: 'select', item: chosen ? chosen + '-' + link.dataset[chosen] : '' });
        } else again.add(link);
      }
      for (const node of addedNodes) if (node.nodeType === 1) found.push(...all(node));
    }
    for (const embed of embeds.values()) {
      const { link, box, silent } = embed;
      if (!link.isConnected || again.has(link)) end(embed);
      else if (!silent && link.nextElementSibling !== box) putBack(embed);
    }
    if (served && !started) later(found); else if (found.length) mount(found);
    if (again.size) mount([...again]);
  };

  const changes = new MutationObserver(look);

  /** @param {any} root a document or a shadow tree */
  const watch = (root) => {
    if (!watched.has(root)) changes.observe(root, { childList: true, subtree: true });
    watched.add(root);
    // Some pages replace the list of adopted style sheets, so add ours again.
    if (sheet && !root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  };
  const watched = new WeakSet();

  const start = () => {
    started = true;
    near?.disconnect();
    mount(all(document));
  };

  // Some frameworks load their hydration code only after the page has loaded, so wait a little longer.
  const idle = () => setTimeout(() => w.requestIdleCallback ? w.requestIdleCallback(start, { timeout: 2000 }) : start(), 500);

  w.Sharh = {
    /** @param {any} [root] */
    upgrade: (root) => mount(all(root || document)),
    /** @param {HTMLElement|string} embed @param {string} item "call-3", "actor-trump", "view-…", or "" for nothing */
    select: (embed, item) => say(find(embed) || {}, { sharh: 'select', item }),
    /** @param {HTMLElement|string} embed @param {string} theme */
    theme: (embed, theme) => say(find(embed) || {}, { sharh: 'theme', theme }),
    /** @param {HTMLElement|string} [embed] */
    frame: (embed) => find(embed)?.frame || null,
    /** Accepts links to another origin as well: that of a second loader. @param {string} origin */
    serve: (origin) => {
      if (origins.has(origin)) return;
      origins.add(origin);
      reserveFor(origin);
      if (started) mount(all(document)); else later(all(document));
    },
  };

  watch(document);
  w.Sharh.serve(origin);
  document.addEventListener('readystatechange', () => {
    look(changes.takeRecords()); // elements found now are from the server
    served = false;
  });
  if (document.readyState === 'complete') idle(); else addEventListener('load', idle);
  setTimeout(() => {
    if (started) return;
    near = new IntersectionObserver((entries) => mount(/** @type {any} */ (entries.filter((e) => e.isIntersecting).map((e) => e.target))), { rootMargin: '600px' });
    later(all(document));
  }, slow);
})();
