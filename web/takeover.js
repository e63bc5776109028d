// takeover.js: lets Go into the page and out of it. It comes with wasm_exec.js, when the client starts.
//
//  1. What go-app would break is kept from it: storage that throws, links, history.
//  2. Take-over: go-app mounts by making elements; here it is handed the elements that the page already has, so that
//     nothing is replaced, nothing moves, and focus, selection, scroll and open panels are not touched.
//  3. When Go ends, for whatever reason: the still page, as it was before Go came.

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

  // ---- 2. Take-over ----------------------------------------------------------------------------------------------

  /** @type {Node|null} the page before Go came */
  let still = null;

  /** Nodes of the page that Go has not asked for yet, in the order in which it will. @type {Node[]} */
  let waiting = [];
  let adopted = 0;
  let made = 0;
  const kept = /** @type {any} */ ({});

  /** @param {number} type @param {string} name tag or text @param {() => Node} make */
  const hand = (type, name, make) => {
    const n = waiting[adopted];
    const fits = !made && n && n.nodeType === type && (type === 3 ? n.nodeValue === name : /** @type {Element} */ (n).localName === name);
    if (fits) {
      adopted++;
      return n;
    }
    if (!made) console.warn("sharh: take-over: the page has", n && (n.nodeValue || /** @type {Element} */ (n).outerHTML.slice(0, 200)), "where Go makes", name);
    made++; // from the first difference on, go-app makes its own
    return make();
  };

  sharh.adopt = () => {
    still = sharh.root().cloneNode(true);
    // go-app begins by scrolling to the address's fragment, from where the reader may long have gone.
    const target = sharh.target();
    if (target) target.scrollIntoView = () => { delete target.scrollIntoView; };
    const walker = document.createTreeWalker(sharh.root(), NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    for (let n = walker.currentNode; n; n = walker.nextNode()) waiting.push(n);
    const d = document;
    const node = Node.prototype;
    kept.append = node.appendChild;
    kept.replace = node.replaceChild;
    const create = d.createElement.bind(d);
    const createNS = d.createElementNS.bind(d);
    const text = d.createTextNode.bind(d);
    d.createElement = (/** @type {string} */ tag) => hand(1, tag, () => create(tag));
    d.createElementNS = (/** @type {any} */ ns, /** @type {string} */ tag) => hand(1, tag, () => createNS(ns, tag));
    d.createTextNode = (/** @type {string} */ value) => hand(3, value, () => text(value));
    node.appendChild = function (child) {
      return child.parentNode === this ? child : kept.append.call(this, child);
    };
    node.replaceChild = function (child, old) {
      return child === old ? old : kept.replace.call(this, child, old);
    };
  };

  sharh.adopted = () => {
    if (!kept.append) return;
    const d = /** @type {any} */ (document);
    delete d.createElement;
    delete d.createElementNS;
    delete d.createTextNode;
    Node.prototype.appendChild = kept.append;
    Node.prototype.replaceChild = kept.replace;
    kept.append = null;
    // What Go did not ask for is not part of its page.
    for (const n of waiting.slice(adopted)) n.parentNode?.removeChild(n);
    document.documentElement.dataset.adopted = `${adopted} ${made}`;
    waiting = [];
  };

  // ---- 3. The end of Go ------------------------------------------------------------------------------------------

  sharh.restore = () => {
    sharh.adopted();
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
