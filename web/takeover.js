// takeover.js: lets Go take over the page, and end again. It is in one file with wasm_exec.js and is loaded when the
// client starts.
//
//  1. Keeps go-app from breaking things: storage that throws, links, history.
//  2. Running the program.
//  3. Take-over: go-app mounts by creating elements. Here it gets the elements that the page already has, so that
//     nothing is replaced, nothing moves, and focus, selection, scroll and open panels stay. Elements for Go are
//     marked with [data-go], and with [data-settled] where Go must not look inside. Elements that translators and
//     extensions have inserted are ignored.
//  4. The other functions that Go calls: the choice, the address.
//  5. The cards of marks: their position, and how they open and close.
//  6. The time axis, drawn nearer: where the reader is then.
//  7. The pages that readers go to from here, ahead of time.
//  8. When Go ends, for whatever reason: restores the page as it was before Go.

(() => {
  'use strict';

  const sharh = /** @type {any} */ (window).sharh;

  // ---- 1. What go-app would break --------------------------------------------------------------------------------

  /** A Storage in memory, gone when the page is closed. @returns {Storage} */
  const memory = () => {
    /** @type {Map<string, string>} */
    const items = new Map();
    return {
      get length() { return items.size; },
      key: (i) => [...items.keys()][i] ?? null,
      getItem: (k) => items.get(String(k)) ?? null,
      setItem: (k, v) => { items.set(String(k), String(v)); },
      removeItem: (k) => { items.delete(String(k)); },
      clear: () => items.clear(),
    };
  };

  // go-app reads both at its start. Where they throw (sandboxed frames, blocked storage), that would end the Go
  // program.
  for (const name of ['localStorage', 'sessionStorage']) {
    let usable = false;
    try {
      usable = !!window[name] && (window[name].getItem('sharh'), true);
    } catch { /* denied */ }
    if (!usable) Object.defineProperty(window, name, { value: memory(), configurable: true });
  }

  // go-app would handle every link and the history itself. Here the browser does, so what go-app sets is ignored.
  for (const name of ['onclick', 'onpopstate']) {
    Object.defineProperty(window, name, { get: () => null, set: () => {}, configurable: true });
  }

  /** go-app reads the address at its start. A fragment that cannot be decoded would end the program, so it is removed. */
  const readable = () => {
    try {
      decodeURIComponent(location.hash);
    } catch {
      history.replaceState(history.state, '', location.pathname + location.search);
    }
  };

  // The names that go-app looks for; boot_test.go compares them with its source.
  Object.assign(window, {
    goappGetenv: () => '',
    goappNav: () => {},
    goappOnUpdate: () => {},
    goappUpdatedBeforeWasmLoaded: false,
    goappOnAppInstallChange: () => {},
    goappAppInstallChangedBeforeWasmLoaded: false,
    goappIsAppInstallable: () => false,
    goappIsAppInstalled: () => false,
    goappIsAppleBrowser: () => false,
    goappShowInstallPrompt: () => {},
    goappTryUpdate: () => {},
    goappKeepBodyClean: () => () => {},
    goappNewNotification: () => {},
    goappSubscribePushNotifications: () => Promise.resolve(''),
  });

  // ---- 2. Running ------------------------------------------------------------------------------------------------

  /** Sets a performance mark, for measuring. @param {string} name */
  const mark = (name) => performance.mark('sharh:' + name);

  /** Lets the browser finish its current task, so that the page stays responsive. */
  const pause = () => new Promise((resolve) => { setTimeout(resolve); });

  /** @type {ArrayBuffer} */
  let story;

  /** @type {Node|null} the page before Go came */
  let still = null;

  /** The addresses of files, as boot.js has them. @type {DOMStringMap} */
  const files = /** @type {HTMLElement} */ (document.querySelector('script[data-wasm]')).dataset;

  /** Loads the styles of what the program draws. */
  const dress = () => new Promise((resolve, reject) => {
    const link = document.createElement('link');
    link.rel = 'stylesheet';
    link.href = files.look || '';
    link.onload = resolve;
    link.onerror = () => reject(new Error('loading ' + link.href));
    document.head.append(link);
  });

  /**
   * Writes the rule that fades whatever a choice does not concern: elements that Go marks with data-dim, and actors of other
   * camps than the chosen one (an attribute of the page's root). Dimming hides nothing from assistive technology and no text
   * from anyone: lines and shapes fade, words turn grey and stay legible (colours and --dim are in palette.json). Nothing is
   * dimmed on paper.
   */
  const dim = () => {
    const [sheet] = document.styleSheets; // the page's own; a frame without an origin may not touch those of files
    const camps = new Set([...document.querySelectorAll('[class*=of-]')].flatMap((e) => [...e.classList].filter((name) => /^of-/.test(name))));
    const others = [...camps].map((name) => `#sharh[data-camp="${name.slice(3)}"] :is(.node,.card):not(.${name})`);
    sheet?.insertRule(`@media screen{${['[data-dim]', ...others]}{opacity:var(--dim);--ink:var(--soft);--pol:var(--soft);--tone:var(--rule);--bar:var(--rule);--range:var(--hair)}}`, sheet.cssRules.length);
  };

  /** Runs the program; it is not expected to end. @param {Promise<Response>} client @param {Promise<ArrayBuffer>} data */
  sharh.run = async (client, data) => {
    const program = new /** @type {any} */ (window).Go();
    const dressed = dress();
    dressed.catch(() => {}); // reported where it is awaited
    dim();
    let compiled;
    try {
      // Only streaming from the response itself lets the browser cache the compiled code for the next visit.
      compiled = await WebAssembly.instantiateStreaming(client, program.importObject);
    } catch (e) {
      // Fall back for hosts that send the wrong media type; any other error occurs again here.
      const again = await fetch((await client).url);
      compiled = await WebAssembly.instantiate(await again.arrayBuffer(), program.importObject);
    }
    mark('compiled');
    story = await data;
    await dressed;
    await pause();
    still = sharh.root().cloneNode(true);
    await pause();
    await program.run(compiled.instance);
    // Timers and listeners that the program left behind might still call it.
    for (const timer of program._scheduledTimeouts.values()) clearTimeout(timer);
    program._scheduledTimeouts.clear();
    program._resume = () => {};
    throw new Error('the Go program has ended');
  };

  /** The story's bytes. */
  sharh.story = () => {
    mark('go');
    return new Uint8Array(story);
  };

  /** The story's depth, as bytes: the data that comes once Go is live. @type {ArrayBuffer} */
  let depthBytes;

  /** Whether the depth was requested. */
  let depthAsked = false;

  /** Fetches the depth, once: scenes of the map, and what the search finds. */
  const fetchDepth = async () => {
    if (depthAsked) return;
    depthAsked = true;
    const url = files.depth;
    if (!url) return;
    try {
      const response = await fetch(url, /** @type {any} */ ({ priority: 'low' }));
      if (!response.ok) return;
      depthBytes = await response.arrayBuffer();
      sharh.ear?.('depth', '', '');
    } catch { // no network: the page works as before, and the next action of the reader tries again
      depthAsked = false;
    }
  };

  /** The story's depth. */
  sharh.depth = () => new Uint8Array(depthBytes);

  /** The part of the explainer that the page shows; '' for all of it. */
  sharh.part = () => sharh.root().dataset.part || '';

  // ---- 3. Take-over ----------------------------------------------------------------------------------------------

  /** Elements of the page in the order in which Go will ask for them. taken counts those that it already has. @type {Element[]} */
  let waiting = [];
  let taken = 0;

  /** Methods that are replaced while Go mounts, with their original descriptor, if they had their own. @type {[object, string, PropertyDescriptor|undefined][]} */
  let replaced = [];

  /** The page is not what the program expects. Staying without Go is better than a mixture of both. @param {string} what */
  const differs = (what) => {
    sharh.mounting = false;
    throw new Error('take-over: ' + what);
  };

  /** @param {string} tag */
  const nextElement = (tag) => {
    const e = waiting[taken];
    if (e?.localName !== tag) differs(`Go expects <${tag}> where the page has ${e ? /** @type {Element} */ (e.cloneNode()).outerHTML : 'nothing'}`);
    taken++;
    return e;
  };

  /** Makes the document's methods return elements of the page instead of new ones. */
  const replaceMethods = () => {
    const ours = new Set(waiting);
    const { appendChild, replaceChild } = Node.prototype;
    const replace = (/** @type {any} */ of, /** @type {string} */ name, /** @type {Function} */ by) => {
      replaced.push([of, name, Object.getOwnPropertyDescriptor(of, name)]);
      of[name] = by;
    };
    replace(document, 'createElement', nextElement);
    replace(document, 'createElementNS', (/** @type {string} */ ns, /** @type {string} */ tag) => nextElement(tag));
    // Elements of the page are in their place already.
    replace(Node.prototype, 'appendChild', /** @this {Node} */ function (/** @type {any} */ child) {
      return ours.has(child) ? child : appendChild.call(this, child);
    });
    // go-app replaces the first element of the body. That may be an extension's element, inserted before the page.
    replace(Node.prototype, 'replaceChild', /** @this {Node} */ function (/** @type {any} */ child, /** @type {any} */ old) {
      return ours.has(child) ? old : replaceChild.call(this, child, old);
    });
  };

  /** Restores the document's own methods. */
  const release = () => {
    for (const [of, name, own] of replaced.splice(0)) {
      if (own) Object.defineProperty(of, name, own); else delete of[name];
    }
  };

  /** Go is about to mount. */
  sharh.adopt = () => {
    mark('decoded');
    readable();
    // go-app starts by scrolling to the fragment of the address, which the reader may have left long ago.
    const target = sharh.target();
    if (target) target.scrollIntoView = () => { delete target.scrollIntoView; };
    const root = sharh.root();
    waiting = [root, ...[...root.querySelectorAll('[data-go],[data-settled]')].filter((e) => !e.parentElement.closest('[data-settled]'))];
    replaceMethods();
    sharh.mounting = true;
  };

  /** Go pauses while it mounts, so that the page can respond. Other scripts must then find the normal document. */
  sharh.rest = () => {
    const mounting = replaced.length > 0;
    release();
    return mounting;
  };
  sharh.resume = replaceMethods;

  /** Go has mounted. */
  const adopted = () => {
    if (!waiting.length) return;
    release();
    mark('live');
    const left = waiting.length - taken;
    waiting = [];
    if (left) differs(`the page has ${left} elements more than Go expects`);
    document.documentElement.dataset.adopted = String(taken);
  };

  // ---- 4. What Go calls besides; app/page/browser has Go's side --------------------------------------------------

  /** The choice, as a query. */
  sharh.chosen = () => '?' + new URLSearchParams(Object.entries(sharh.choice).filter(([, v]) => v)).toString();

  /** A choice that Go will hear of. @type {(() => void)|null} */
  let waits = null;
  const hear = () => {
    const heard = waits;
    waits = null;
    heard?.();
  };
  // The reader must not be able to change anything else before.
  for (const deed of ['pointerdown', 'keydown', 'input', 'change']) addEventListener(deed, hear, true);

  /** Go has mounted and now listens. @param {(verb: string, a: string, b: string) => void} ear */
  sharh.live = (ear) => {
    adopted();
    sharh.ear = (/** @type {string} */ verb, /** @type {string} */ a, /** @type {string} */ b) => {
      hear();
      if (verb !== 'choose' || a.startsWith('#actor-')) return ear(verb, a, b);
      // The page shows this choice already; what Go adds is on the map, elsewhere. So the browser draws the page first.
      waits = () => { if (sharh.ear) ear(verb, a, b); };
      requestAnimationFrame(() => setTimeout(hear));
      setTimeout(hear, 100); // a page that is not seen has no frames
    };
    sharh.say('live');
    stood = scrollY;
    // Readers who come for an actor see its scene at once, in the place of the map; other choices lead elsewhere.
    if (sharh.choice.actor && !sharh.part()) {
      sharh.ear('form', sharh.form(), 'place');
      fetchDepth();
    }
    // Fetch the depth when the page is idle; a busy device may never be, so there is a timeout.
    if (!window.requestIdleCallback) return void setTimeout(() => fetchDepth().then(ahead));
    requestIdleCallback(() => fetchDepth().then(() => requestIdleCallback(ahead, { timeout: 4000 })), { timeout: 2000 });
    // Lay out the hidden panels too, one at a time, while there is nothing else to do: a choice is then shown sooner.
    const hidden = [...document.querySelectorAll('.panel[hidden]')];
    const ready = () => {
      const e = hidden.shift();
      if (!e) return;
      e.lastElementChild?.getBoundingClientRect();
      requestIdleCallback(ready);
    };
    requestIdleCallback(ready);
  };

  /** The form in which the page shows the map (wide, narrow), which the style sheet decides by the width of the window. */
  sharh.form = () => getComputedStyle(sharh.root()).getPropertyValue('--map').trim();
  let form = '';
  /** Where the page was when Go came: browsers may tell only then of a scroll that led there. */
  let stood = 0;
  const formed = () => {
    const now = sharh.form();
    if (now !== form) sharh.ear('form', form = now, '');
  };
  // Tell Go the form, and no place to stay in, only after the reader has done something, so that nothing moves when Go
  // comes. After that, it changes only with the width.
  for (const deed of ['pointerdown', 'keydown', 'scroll']) {
    addEventListener(deed, (e) => {
      if (!sharh.ear || e.target === document && scrollY === stood) return;
      if (!form) formed();
      fetchDepth();
    }, { passive: true, capture: true });
  }
  addEventListener('resize', () => { if (sharh.ear) formed(); });

  /** Go listens no longer. */
  sharh.unlisten = () => { sharh.ear = null; };
  /** Keys of the query that Go writes. @type {string[]} */
  const stateKeys = []; // filled in by the build

  let asked = location.search;
  /** The timer of the next write, 0 if what was asked for is written. @type {any} */
  let writing = 0;

  /** Writes Go's state into the address, unless the browser is still following a link. */
  const write = () => {
    clearTimeout(writing);
    writing = 0;
    if (sharh.moving || asked === location.search) return;
    try {
      history.replaceState(history.state, '', location.pathname + asked + location.hash);
    } catch { /* an opaque origin, or too often: the choice stands without its address */ }
  };

  /**
   * Writes it soon: the choice is drawn first, and who types quickly waits for one write only. What is still to be written is
   * written now, if the address is about to change. @param {boolean} [now]
   */
  sharh.address = (now) => {
    if (now) {
      if (writing) write();
      return;
    }
    clearTimeout(writing);
    writing = setTimeout(write, 50);
  };
  // Whatever the reader does next must find the address as it should be.
  for (const deed of ['pointerdown', 'pagehide']) addEventListener(deed, () => sharh.address(true), true);

  /** Go's state has changed; query is the new state. @param {string} query */
  sharh.state = (query) => {
    const own = new URLSearchParams(location.search);
    const next = new URLSearchParams(query);
    for (const kind in sharh.choice) sharh.choice[kind] = next.get(kind) || '';
    for (const [k, v] of own) {
      if (!stateKeys.includes(k)) next.append(k, v); // theme, wasm, campaign marks
    }
    asked = next.toString() && '?' + next;
    sharh.address();
  };

  // ---- 5. The card of a mark -------------------------------------------------------------------------------------

  /** The mark whose card is open. @type {HTMLElement|null} */
  let at = null;
  /** The fragment of the address. It is removed while a card is open, because otherwise Back would go to its target and move the focus there. */
  let hash = '';
  /** Whether the open card has its own history entry, so that Back closes it. */
  let entered = false;
  /** Whether to move the focus into the card as soon as Go has drawn it. */
  let entering = false;
  let soon = 0;
  const card = () => /** @type {HTMLElement} */ (document.getElementById('mark-card'));

  /** Puts the card below its mark, or above it if there is more room. The page does not move. */
  const place = () => {
    const c = card();
    if (!at || !c || c.hidden) return;
    if (entering) c.focus({ preventScroll: true });
    entering = false;
    const page = sharh.root().getBoundingClientRect();
    const m = at.getBoundingClientRect();
    const edge = 8;
    const left = Math.min(Math.max(m.left + m.width / 2 - c.offsetWidth / 2, edge), document.documentElement.clientWidth - c.offsetWidth - edge);
    const under = innerHeight - m.bottom >= c.offsetHeight + edge || m.top < c.offsetHeight + edge;
    c.style.left = left - page.left + 'px';
    c.style.top = (under ? m.bottom : m.top - c.offsetHeight) - page.top - sharh.root().clientTop + 'px';
  };

  /** @param {HTMLElement} mark @param {boolean} enter whether the reader chose it, and did not just pass over it */
  const open = (mark, enter) => {
    clearTimeout(soon);
    if (at !== mark) sharh.ear('mark', mark.dataset.mark, '');
    at = mark;
    if (!enter) return;
    entering = true;
    place(); // of a card that the mouse has opened
    if (!entered && window.parent === window) {
      sharh.note();
      hash = location.hash;
      try {
        if (hash) history.replaceState(history.state, '', location.pathname + location.search);
        history.pushState({ ...history.state, card: true }, '');
        entered = true;
      } catch { /* an opaque origin */ }
    }
  };

  /** @param {boolean} [back] whether the reader went back, so that the entry is gone */
  const close = (back) => {
    clearTimeout(soon);
    if (!at) return;
    const inside = card().contains(document.activeElement);
    if (inside) at.focus({ preventScroll: true });
    at = null;
    entering = false;
    sharh.ear?.('mark', '', '');
    if (entered && !back) history.back();
    else entered = false;
  };

  /** The reader has gone back. Returns whether that only closed a card. */
  sharh.back = () => {
    if (!entered) return false;
    if (at) close(true);
    entered = false;
    if (hash) history.replaceState(history.state, '', location.pathname + location.search + hash);
    return true;
  };

  const within = (/** @type {Event} */ e, /** @type {string} */ selector) => /** @type {HTMLElement|null} */ (/** @type {Element} */ (e.target).closest?.(selector));

  addEventListener('click', (e) => {
    if (!sharh.ear || !card()) return; // on the evidence page a mark leads to its entry
    const mark = within(e, 'a[data-mark]');
    if (mark && !(e.button || e.ctrlKey || e.metaKey || e.shiftKey || e.altKey)) {
      e.preventDefault();
      if (mark === at && card().contains(document.activeElement)) close(); else open(mark, true);
    } else if (within(e, '[data-mark-close]') || at && !within(e, '#mark-card')) close();
  });
  addEventListener('keydown', (e) => {
    if (!at) return;
    if (e.key === 'Escape') {
      e.stopImmediatePropagation();
      close();
    }
    // Tab at the end of the card continues after its mark.
    const c = card();
    if (e.key === 'Tab' && c.contains(document.activeElement)) {
      const all = [...c.querySelectorAll('a,button')];
      if (document.activeElement === (e.shiftKey ? c : all.at(-1)) || e.shiftKey && document.activeElement === all[0]) {
        e.preventDefault();
        close();
      }
    }
  }, true);
  addEventListener('pointerover', (e) => {
    if (!sharh.ear || !card() || e.pointerType !== 'mouse') return;
    const mark = within(e, 'a[data-mark]');
    clearTimeout(soon);
    if (mark && mark !== at) soon = setTimeout(() => open(mark, false), 250);
    else if (at && !entered && !mark && !within(e, '#mark-card')) soon = setTimeout(() => close(), 350);
  });
  addEventListener('resize', place);
  new MutationObserver(place).observe(sharh.root(), { subtree: true, childList: true, attributes: true, attributeFilter: ['hidden'] });

  // The results of a search are hidden when the reader goes on elsewhere.
  for (const deed of ['pointerdown', 'focusin']) {
    addEventListener(deed, (e) => {
      const list = document.getElementById('finds');
      if (list && !list.hidden && !within(e, '.finder,#mark-card')) sharh.ear?.('away', '', '');
    });
  }

  // ---- 6. The time axis, drawn nearer ------------------------------------------------------------------------------

  // A mark of the time axis that stands for several events opens, if these come apart nearer. Without that, such a mark leads
  // to the first of them in the list. This comes before boot.js hears of the click.
  addEventListener('click', (e) => {
    const link = within(e, '[data-window]');
    if (!link || !depthBytes || !sharh.ear || e.button || e.ctrlKey || e.metaKey || e.shiftKey || e.altKey) return;
    e.preventDefault();
    e.stopImmediatePropagation();
    sharh.show(link.dataset.window);
  }, true);

  /** Shows a part of the axis, once what the browser is doing is done. @param {number|string|undefined} part */
  sharh.show = (part) => setTimeout(() => sharh.ear?.('window', String(part), ''));

  /**
   * Where the drawing is that an element shows, with the middle (x, y) of what is in view of it.
   * @param {string} id
   */
  sharh.drawing = (id) => {
    const r = [...document.querySelectorAll(`#${id} svg`)].map((e) => e.getBoundingClientRect()).find((r) => r.width);
    if (!r) return null;
    const seen = r.top < innerHeight && r.bottom > 0;
    const [top, bottom] = seen ? [Math.max(r.top, 0), Math.min(r.bottom, innerHeight)] : [r.top, r.bottom];
    return { left: r.left, top: r.top, width: r.width, height: r.height, x: r.left + r.width / 2, y: (top + bottom) / 2 };
  };

  // A button of a figure is a key of it.
  addEventListener('click', (e) => {
    const key = within(e, '[data-key]')?.dataset.key;
    if (key && sharh.ear) within(e, '#axis,#scene')?.dispatchEvent(new KeyboardEvent('keydown', { key, shiftKey: key.length > 1 }));
  });

  /** Whether another part of the axis will be drawn. */
  let turned = false;

  /** Says which part of the axis is shown, and which buttons do something. @param {string} name @param {string} keys */
  sharh.span = (name, keys) => {
    const said = document.getElementById('span');
    if (!said) return;
    turned = true;
    if (said.textContent !== name) said.textContent = name;
    for (const b of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('#axis [data-key]'))) {
      b.setAttribute('aria-disabled', String(!keys.split(' ').includes(String(b.dataset.key)))); // not disabled, or it would lose the focus
    }
    said.parentElement?.setAttribute('data-ready', '1');
  };

  /** Whether the reader is in the axis: the focus, or until what had it was drawn anew; or what he last touched. */
  let inAxis = false;
  for (const deed of ['focusin', 'pointerdown']) addEventListener(deed, (e) => { inAxis = !!within(e, '#axis'); }, true);

  // If the reader is in the axis, the beginning of another part must be in view, and the focus in it.
  new MutationObserver(() => {
    const axis = turned && document.getElementById('axis');
    if (!axis || !sharh.ear) return;
    turned = false;
    const shown = [...axis.querySelectorAll('svg')].find((e) => e.getClientRects().length);
    if (!matchMedia('(prefers-reduced-motion:reduce)').matches) shown?.animate({ opacity: [0, 1] }, 300);
    if (!inAxis) return;
    if (axis.getBoundingClientRect().top < 0) sharh.reach(axis);
    const focus = document.activeElement;
    if (focus === document.body || focus?.closest('#axis svg') && !focus.getClientRects().length) {
      shown?.querySelector('a')?.focus({ preventScroll: true });
    }
  }).observe(document.getElementById('window') || document.createElement('p'), { subtree: true, childList: true, attributes: true, characterData: true });

  // ---- 7. The next page ------------------------------------------------------------------------------------------

  /** The links to pages that come before they are asked for. */
  const nextPages = ''; // filled in by the build

  /**
   * Fetches the evidence and the other languages, once everything of this page is there; not for readers who save data, nor
   * in frames or pages for them. What the reader has saved comes from there at once anyway.
   */
  const ahead = () => {
    mark('ahead');
    if (window.parent !== window || document.querySelector('.embed') || sharh.from || !navigator.onLine || sharh.frugal || matchMedia('(prefers-reduced-data:reduce)').matches) return;
    const pages = [...new Set([...document.querySelectorAll(nextPages)].map((a) => String(a.getAttribute('href')).split('#')[0]))];
    if (HTMLScriptElement.supports?.('speculationrules')) {
      const script = document.createElement('script');
      script.type = 'speculationrules';
      // The page's policy names the hash of this text. Rules about links would be applied to all of them with each choice.
      script.text = sharh.trusted.createScript(JSON.stringify({ prefetch: [{ source: 'list', urls: pages }] }));
      document.head.append(script);
      return;
    }
    // A browser without such rules still asks whether its copy is the newest, which takes no more than a round trip.
    for (const url of pages) fetch(url, /** @type {any} */ ({ priority: 'low' })).catch(() => {});
  };

  // ---- 8. The end of Go ------------------------------------------------------------------------------------------

  sharh.restore = () => {
    release();
    at = null;
    const old = sharh.root();
    if (!still || !old) return;
    const open = [...old.querySelectorAll('details[id]')].filter((x) => x.open).map((x) => x.id);
    const y = scrollY;
    old.replaceWith(still);
    still = null;
    for (const id of open) sharh.unfold('#' + id);
    scrollTo(0, y);
  };
})();
