// embed.js: the loader for publishers' pages. One line brings it, as often as anyone likes:
//
//   <a class="sharh-embed" href="https://…/putin-trump-calls/embed/">Putin and Trump: eight calls</a>
//   <script async src="https://…/embed.js"></script>
//
// Each such link becomes a frame, lazily, with the height that is reserved for it; where scripts do not run it stays a
// link. Attributes of the link: data-theme (light, dark, auto), data-accent (#a30), data-call, data-actor, data-view (what
// is chosen at first), data-height (what is reserved, in pixels; by itself 760 in a column narrower than 480, else 640).
//
// Any other element with data-sharh-select="call-3" chooses that item, when clicked, in the frame whose id
// data-sharh-for names, or in the first one.
//
// Sharh is the only global: Sharh.upgrade(root) for links that came later, Sharh.select(frame, "call-3"),
// Sharh.theme(frame, "dark"); frame is an element or its id. Events on the frame, which bubble: sharh:ready, sharh:select
// {item}, sharh:open {item} or {href}, sharh:error {reason}.

(() => {
  'use strict';

  const w = /** @type {any} */ (window);
  const frames = 'iframe[data-sharh]';

  if (w.Sharh) return w.Sharh.upgrade(document);

  /** How long a frame that has loaded may stay silent, in milliseconds. */
  const patience = 10000;

  /** @param {HTMLElement|string} frame @returns {HTMLIFrameElement|null} */
  const find = (frame) => /** @type {any} */ (
    frame && typeof frame === 'string' ? document.getElementById(frame) : frame || document.querySelector(frames));

  /** @param {HTMLElement|string} frame @param {object} message */
  const post = (frame, message) => find(frame)?.contentWindow?.postMessage(message, '*');

  /** @param {Element} frame @param {string} name @param {object} [detail] */
  const tell = (frame, name, detail) => frame.dispatchEvent(new CustomEvent('sharh:' + name, { bubbles: true, detail }));

  /** Makes a link a frame. @param {HTMLAnchorElement} link */
  const replace = (link) => {
    const { id, dataset, href, textContent } = link;
    const url = new URL(href);
    for (const name of ['theme', 'accent', 'call', 'actor', 'view']) {
      if (dataset[name]) url.searchParams.set(name, dataset[name]);
    }
    const frame = document.createElement('iframe');
    const { parentElement } = link;
    const least = Math.min(4000, Math.max(100, parseInt(dataset.height || '', 10) || (parentElement && parentElement.clientWidth < 480 ? 760 : 640)));
    url.searchParams.set('height', String(least)); // the page in the frame fills it, so that nothing here moves
    frame.loading = 'lazy';
    frame.id = id;
    frame.title = (textContent || '').trim();
    frame.lang = link.lang;
    frame.dataset.sharh = '';
    frame.referrerPolicy = 'no-referrer';
    // Set by script, which a policy against inline styles allows.
    Object.assign(frame.style, { display: 'block', width: '100%', border: '0', height: least + 'px', colorScheme: 'auto' });
    // A frame that loads and says nothing is none of ours: blocked, gone, or without scripts. Then the link comes back.
    frame.onload = () => {
      post(frame, { sharh: 'hello' });
      setTimeout(() => {
        if (frame.dataset.ready || !frame.isConnected) return;
        tell(frame, 'error', { reason: 'silent' });
        link.className = 'sharh-failed';
        frame.replaceWith(link);
      }, patience);
    };
    frame.src = url.href;
    link.replaceWith(frame);
  };

  addEventListener('message', ({ source, data }) => {
    if (!data || typeof data !== 'object') return;
    for (const frame of /** @type {NodeListOf<HTMLIFrameElement>} */ (document.querySelectorAll(frames))) {
      if (frame.contentWindow !== source) continue;
      if (data.sentinel === 'amp' && data.type === 'embed-size' && data.height >= 1) {
        frame.style.height = Math.min(20000, Math.ceil(data.height)) + 'px';
      } else if (data.sharh === 'ready') {
        if (!frame.dataset.ready) tell(frame, 'ready');
        frame.dataset.ready = '1';
      } else if (data.sharh === 'select') {
        tell(frame, 'select', { item: String(data.item) });
      } else if (data.sharh === 'open') {
        tell(frame, 'open', data.item ? { item: String(data.item) } : { href: String(data.href) });
      } else if (data.sharh === 'error') {
        tell(frame, 'error', { reason: String(data.reason) });
      }
    }
  });

  addEventListener('click', (e) => {
    const by = /** @type {HTMLElement|null} */ (/** @type {Element} */ (e.target).closest?.('[data-sharh-select]'));
    const frame = by && find(by.dataset.sharhFor || '');
    if (!by || !frame || e.ctrlKey || e.metaKey || e.shiftKey || e.altKey) return;
    e.preventDefault();
    w.Sharh.select(frame, by.dataset.sharhSelect);
  });

  w.Sharh = {
    /** @param {ParentNode} [root] */
    upgrade: (root) => (root || document).querySelectorAll('a.sharh-embed[href]').forEach((a) => replace(/** @type {any} */ (a))),
    /** @param {HTMLElement|string} frame @param {string} item "call-3", "actor-trump", "view-…", or "" for nothing */
    select: (frame, item) => post(frame, { sharh: 'select', item }),
    /** @param {HTMLElement|string} frame @param {string} theme */
    theme: (frame, theme) => post(frame, { sharh: 'theme', theme }),
  };
  w.Sharh.upgrade();
  if (document.readyState === 'loading') addEventListener('DOMContentLoaded', () => w.Sharh.upgrade());
})();
