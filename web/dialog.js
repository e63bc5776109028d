// dialog.js: the dialog behind the button "Share, embed". boot.js loads it when the reader first asks for it. The
// file is not named "share", because lists of blockers take such names for buttons of social networks.
//
//  1. The address of the choice, to copy or to share.
//  2. Code for publishers: part, theme, language and height can be chosen; the height is measured in a preview.
//
// The build fills in words, parts and code (site/share), one file for each explainer and language.

(() => {
  'use strict';

  /** Address of the style sheet, relative to this file. */
  const style = ''; // filled in by the build
  /** folder and root are addresses relative to this file; parts are names with their folders; code has templates with named values. @type {any} */
  const page = {}; // filled in by the build
  /** The kinds of item that have pages of their own. @type {string[]} */
  const itemPages = []; // filled in by the build
  const leastHeight = 0; // filled in by the build
  const mostHeight = 0; // filled in by the build
  const tallHeight = 0; // filled in by the build

  const sharh = /** @type {any} */ (window).sharh;
  const words = page.words;
  const here = /** @type {HTMLElement} */ (document.querySelector('script[data-share]')).dataset.share || '';
  const base = new URL(here, document.baseURI);
  const folder = new URL(page.folder, base);
  const loader = new URL('../embed.js', base);

  /**
   * Makes an element.
   * @param {string} tag @param {Record<string, any>} [properties] @param {...(Node|string)} children @returns {any}
   */
  const make = (tag, properties, ...children) => {
    const e = Object.assign(document.createElement(tag), properties);
    e.append(...children);
    return e;
  };

  // ---- 1. The link -----------------------------------------------------------------------------------------------

  /** What is chosen; on the page of a single item, that item too. @returns {[string, string][]} kinds and ids */
  const chosen = () => {
    const all = /** @type {[string, string][]} */ (Object.entries(sharh.choice).filter(([, id]) => id));
    const [kind, id] = location.pathname.slice(folder.pathname.length).split('/');
    return all.length || !itemPages.includes(kind) ? all : [[kind, id]];
  };

  /** Address of the chosen item's page, which has its own picture, or of the explainer's page. */
  const link = () => {
    const [kind, id] = chosen().filter(([k]) => itemPages.includes(k)).pop() || [];
    return new URL(kind ? `${kind}/${id}/` : './', folder).href;
  };

  /** Copies the content of a field and says so. @param {HTMLInputElement|HTMLTextAreaElement} field @param {Element} news */
  const copy = async (field, news) => {
    field.focus();
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
      news.textContent = words.copied;
    } catch { // not allowed: the text is selected, so it can be copied by hand
      news.textContent = words.copy_by_hand;
    }
  };

  /** A read-only field with a button that copies it. @param {string} name @param {HTMLElement} field */
  const copied = (name, field) => {
    const news = make('output', { className: 'news' });
    field.dir = 'ltr';
    return make('div', { className: 'copy' }, make('label', {}, make('span', {}, name), field),
      make('div', { className: 'row' }, make('button', { type: 'button', onclick: () => copy(/** @type {any} */ (field), news) }, words.copy), news));
  };

  // ---- 2. The code -----------------------------------------------------------------------------------------------

  /** @param {string} text */
  const escape = (text) => text.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }[c] || c));

  /** @param {string} name @param {[string, string][]} options value and text @returns {[HTMLElement, HTMLSelectElement]} */
  const choice = (name, options) => {
    const select = make('select', {}, ...options.map(([value, text]) => make('option', { value }, text)));
    return [make('label', {}, make('span', {}, name), select), select];
  };

  let dialog = /** @type {any} */ (null);

  const build = () => {
    const address = make('input', { readOnly: true });
    const [partLabel, part] = choice(words.part, page.parts.map((/** @type {any} */ p) => [p.path, p.name]));
    const [themeLabel, theme] = choice(words.theme, [['', words.theme_auto], ['light', words.theme_light], ['dark', words.theme_dark]]);
    const [languageLabel, language] = choice(words.language, page.languages.map((/** @type {any} */ l) => [l.path, l.name]));
    const [kindLabel, kind] = choice(words.kind, [['loader', words.kind_loader], ['frame', words.kind_frame], ['amp', words.kind_amp], ['wordpress', words.kind_wordpress]]);
    const height = make('input', { type: 'number', min: leastHeight, max: mostHeight, step: 10, inputMode: 'numeric', dir: 'ltr' });
    const starts = make('input', { type: 'checkbox' });
    const startsLabel = make('label', { className: 'check' }, starts, make('span', {}, words.start));
    const code = make('textarea', { readOnly: true, rows: 5, spellcheck: false });
    const hint = make('p', { className: 'note' });
    const preview = make('iframe', { title: words.preview });
    let measured = 0;

    const write = () => {
      const url = new URL(`${language.value}${part.value}`, new URL(page.root, base));
      const start = starts.checked ? chosen() : [];
      const options = theme.value ? [['theme', theme.value], ...start] : start;
      const tall = height.value || String(measured || tallHeight);
      const whole = new URL(url);
      for (const [k, v] of options) whole.searchParams.set(k, /** @type {string} */ (v));
      const values = /** @type {Record<string, string>} */ ({
        page: escape(url.href),
        src: escape(whole.href),
        options: options.map(([k, v]) => ` data-${k}="${escape(/** @type {string} */ (v))}"`).join(''),
        title: escape(document.title),
        height: tall,
        more: escape(words.more),
        loader: escape(loader.href),
      });
      const form = page.code[kind.value];
      code.value = form ? form.replace(/\{(\w+)\}/g, (/** @type {string} */ _, /** @type {string} */ name) => values[name]) : link();
      hint.textContent = words[`${kind.value}_hint`];
      height.placeholder = String(measured || tallHeight);
      const shown = new URL(whole);
      shown.searchParams.set('wasm', 'off');
      if (preview.getAttribute('src') !== shown.href) preview.src = shown.href;
    };

    // The preview sends its height, as it does to every host.
    addEventListener('message', ({ source, data }) => {
      if (source !== preview.contentWindow || !data || data.type !== 'embed-size' || !(data.height >= leastHeight)) return;
      measured = Math.min(mostHeight, Math.ceil(data.height));
      preview.style.height = measured + 'px';
      write();
    });

    const others = page.languages.length > 1 ? [languageLabel] : [];
    const close = make('button', { className: 'close' }, '×');
    close.setAttribute('aria-label', words.close); // Firefox before 119 has no such property
    dialog = make('dialog', { className: 'code', lang: document.documentElement.lang },
      make('form', { method: 'dialog', className: 'top' }, make('h2', { id: 'code-title' }, words.title), close),
      copied(words.link, address));
    dialog.setAttribute('aria-labelledby', 'code-title');
    if ('share' in navigator) {
      dialog.lastElementChild.lastElementChild.prepend(make('button', {
        type: 'button', onclick: () => navigator.share({ title: document.title, url: address.value }).catch(() => {}), // changed his mind
      }, words.hand_on));
    }
    dialog.append(
      make('h3', {}, words.embed),
      make('div', { className: 'options' }, partLabel, ...others, themeLabel, make('label', {}, make('span', {}, words.height), height), kindLabel, startsLabel),
      hint, copied(words.code, code),
      make('h3', {}, words.preview), preview);
    dialog.addEventListener('input', write);
    // Keys pressed in the dialog must not reach the page's own key handlers.
    dialog.addEventListener('keydown', (/** @type {Event} */ e) => e.stopPropagation());
    language.value = page.path;
    document.body.append(dialog);
    return () => {
      address.value = link();
      startsLabel.hidden = !(starts.checked = !!chosen().length);
      for (const news of dialog.querySelectorAll('.news')) news.textContent = '';
      write();
      if (!dialog.open) dialog.showModal();
    };
  };

  const styled = new Promise((resolve) => {
    document.head.append(make('link', { rel: 'stylesheet', href: new URL(style, base).href, onload: resolve, onerror: resolve }));
  });
  let show = /** @type {(() => void)|null} */ (null);
  sharh.share = async () => {
    show ||= build();
    await styled;
    show();
  };
})();
