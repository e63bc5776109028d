// takeover.js: lets Go into the page and out of it. It comes with wasm_exec.js, when the client starts.
//
//  1. What go-app would break is kept from it: storage that throws, links, history.
//  2. Running the program.
//  3. Take-over: go-app mounts by making elements; here it is handed the elements that the page already has, so that
//     nothing is replaced, nothing moves, and focus, selection, scroll and open panels are not touched. They are marked:
//     [data-go], and [data-settled] where Go has no business inside. What translators and extensions have put between
//     them is nobody's concern.
//  4. What Go calls besides: the choice, the address.
//  5. When Go ends, for whatever reason: the still page, as it was before Go came.

(() => {
  'use strict';

  const sharh = /** @type {any} */ (window).sharh;

  // ---- 1. What go-app would break --------------------------------------------------------------------------------

  /** A Storage that forgets with the page. @returns {Storage} */
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

  // go-app reads both at its start; where they throw (sandboxed frames, blocked storage) that ends a Go program.
  for (const name of ['localStorage', 'sessionStorage']) {
    let usable = false;
    try {
      usable = !!window[name] && (window[name].getItem('sharh'), true);
    } catch { /* denied */ }
    if (!usable) Object.defineProperty(window, name, { value: memory(), configurable: true });
  }

  // go-app would take over every link and the history. Links are the browser's own here; it may set these, in vain.
  for (const name of ['onclick', 'onpopstate']) {
    Object.defineProperty(window, name, { get: () => null, set: () => {}, configurable: true });
  }

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

  /** Where the time goes, for those who measure. @param {string} name */
  const mark = (name) => performance.mark('sharh:' + name);

  /** Ends a task of the browser's, so that the page can answer before the next. */
  const pause = () => new Promise((resolve) => { setTimeout(resolve); });

  /** @type {ArrayBuffer} */
  let story;

  /** @type {Node|null} the page before Go came */
  let still = null;

  /** Runs the program; it is not expected to end. @param {Promise<Response>} client @param {Promise<ArrayBuffer>} data */
  sharh.run = async (client, data) => {
    const program = new /** @type {any} */ (window).Go();
    let compiled;
    try {
      // Streaming from the response itself is what lets the browser keep the compiled code for the next visit.
      compiled = await WebAssembly.instantiateStreaming(client, program.importObject);
    } catch (e) {
      // A host that sends the wrong type is served all the same; anything else fails again here.
      const again = await fetch((await client).url);
      compiled = await WebAssembly.instantiate(await again.arrayBuffer(), program.importObject);
    }
    mark('compiled');
    story = await data;
    await pause();
    still = sharh.root().cloneNode(true);
    await pause();
    await program.run(compiled.instance);
    // What it left behind, timers and listeners on the window, may still call it.
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

  /** What the page shows of the explainer: '' for all of it. */
  sharh.part = () => sharh.root().dataset.part || '';

  // ---- 3. Take-over ----------------------------------------------------------------------------------------------

  /** Elements of the page that Go has not asked for yet, in the order in which it will. @type {Element[]} */
  let waiting = [];
  let taken = 0;
  const kept = /** @type {any} */ ({});

  /** The page is another than the program expects. Better the still page than half of each. @param {string} what */
  const differs = (what) => {
    sharh.mounting = false;
    throw new Error('take-over: ' + what);
  };

  /** @param {string} tag */
  const hand = (tag) => {
    const e = waiting[taken];
    if (e?.localName !== tag) differs(`Go expects <${tag}> where the page has ${e ? /** @type {Element} */ (e.cloneNode()).outerHTML : 'nothing'}`);
    taken++;
    return e;
  };

  /** Makes the document hand out what it has. */
  const hold = () => {
    const d = document;
    const node = Node.prototype;
    const ours = new Set(waiting);
    kept.append = node.appendChild;
    kept.replace = node.replaceChild;
    d.createElement = /** @type {any} */ (hand);
    d.createElementNS = /** @type {any} */ ((/** @type {any} */ ns, /** @type {string} */ tag) => hand(tag));
    node.appendChild = function (child) {
      return ours.has(/** @type {any} */ (child)) ? child : kept.append.call(this, child);
    };
    node.replaceChild = function (child, old) {
      return child === old ? old : kept.replace.call(this, child, old);
    };
  };

  /** Gives the document back its own. */
  const release = () => {
    if (!kept.append) return;
    const d = /** @type {any} */ (document);
    delete d.createElement;
    delete d.createElementNS;
    Node.prototype.appendChild = kept.append;
    Node.prototype.replaceChild = kept.replace;
    kept.append = null;
  };

  /** Go is about to mount. */
  sharh.adopt = () => {
    mark('decoded');
    // go-app begins by scrolling to the address's fragment, from where the reader may long have gone.
    const target = sharh.target();
    if (target) target.scrollIntoView = () => { delete target.scrollIntoView; };
    const root = sharh.root();
    waiting = [root, ...[...root.querySelectorAll('[data-go],[data-settled]')].filter((e) => !e.parentElement.closest('[data-settled]'))];
    sharh.mounting = true;
    hold();
  };

  /** Go rests while it mounts, so that the page can answer: other scripts must find the document as it is. */
  sharh.rest = () => {
    const mounting = !!kept.append;
    release();
    return mounting;
  };
  sharh.resume = hold;

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

  /** What is chosen, as a query. */
  sharh.chosen = () => '?' + new URLSearchParams(Object.entries(sharh.choice).filter(([, v]) => v)).toString();

  /** Go has mounted, and listens. @param {(verb: string, a: string, b: string) => void} ear */
  sharh.live = (ear) => {
    adopted();
    sharh.ear = ear;
    sharh.say('live');
  };

  /** Keys of the query that Go writes. @type {string[]} */
  const stateKeys = []; // filled in by the build

  let asked = location.search;

  /** Writes what Go asked for into the address, unless the browser is still following a link. */
  sharh.address = () => {
    if (sharh.moving || asked === location.search) return;
    try {
      history.replaceState(history.state, '', location.pathname + asked + location.hash);
    } catch { /* an opaque origin, or too often: the choice stands without its address */ }
  };

  /** Go's state has changed. @param {string} query */
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

  // ---- 5. The end of Go ------------------------------------------------------------------------------------------

  sharh.restore = () => {
    release();
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
