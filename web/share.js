// share.js: the dialog behind the button "Share, embed". boot.js loads it at the first wish.
//
//  1. The address of what is chosen, to copy or to hand on.
//  2. Code for publishers: which part, theme, language and height; a preview, from which the height is measured.
//
// What it says and which parts there are is filled in by the build (site/share.go), one file for each explainer and language.

(() => {
  'use strict';

  /** folder and style are addresses from this file; embed names the parts with their folders. */
  const page = /** @type {any} */ ({});

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

  /** What is chosen; on the page of a single call or view, that. @returns {[string, string][]} kinds and ids */
  const chosen = () => {
    const all = /** @type {[string, string][]} */ (Object.entries(sharh.choice).filter(([, id]) => id));
    const item = /\/(call|view)\/([a-z0-9-]+)\/$/.exec(location.pathname);
    return all.length || !item ? all : [[item[1], item[2]]];
  };

  /** The page of the chosen call or view, which has a picture of its own, or the explainer's. */
  const link = () => {
    const [kind, id] = chosen().filter(([k]) => k !== 'actor').pop() || [];
    return new URL(kind ? `${kind}/${id}/` : './', folder).href;
  };

  /** Copies what a field holds, and says so. @param {HTMLInputElement|HTMLTextAreaElement} field @param {Element} news */
  const copy = async (field, news) => {
    field.focus();
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
      news.textContent = words.copied;
    } catch { // not allowed: it is selected, and can be copied by hand
      news.textContent = words.copy_by_hand;
    }
  };

  /** A field to read and copy from, with its button. @param {string} name @param {HTMLElement} field */
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
    const height = make('input', { type: 'number', min: 100, max: 4000, step: 10, inputMode: 'numeric', dir: 'ltr' });
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
      const tall = height.value || String(measured || 760);
      const whole = new URL(url);
      for (const [k, v] of options) whole.searchParams.set(k, /** @type {string} */ (v));
      const [src, title] = [escape(whole.href), escape(document.title)];
      code.value = {
        loader: () => `<a class="sharh-embed" href="${escape(url.href)}"${options.map(([k, v]) => ` data-${k}="${escape(/** @type {string} */ (v))}"`).join('')} data-height="${tall}">${title}</a>\n<script async src="${escape(loader.href)}"></${'script'}>`,
        frame: () => `<iframe src="${src}" title="${title}" width="100%" height="${tall}" loading="lazy" style="border:0"></iframe>`,
        amp: () => `<amp-iframe src="${src}" title="${title}" layout="fixed-height" height="${tall}" sandbox="allow-scripts allow-popups" resizable frameborder="0"><div overflow tabindex="0" role="button" aria-label="${escape(words.more)}">${escape(words.more)}</div><p placeholder>${title}</p></amp-iframe>`,
        wordpress: () => link(),
      }[/** @type {'loader'} */ (kind.value)]();
      hint.textContent = words[`${kind.value}_hint`];
      height.placeholder = String(measured || 760);
      const shown = new URL(whole);
      shown.searchParams.set('wasm', 'off');
      if (preview.getAttribute('src') !== shown.href) preview.src = shown.href;
    };

    // The preview says how high it is, as it tells any host.
    addEventListener('message', ({ source, data }) => {
      if (source !== preview.contentWindow || !data || data.type !== 'embed-size' || !(data.height >= 100)) return;
      measured = Math.min(4000, Math.ceil(data.height));
      preview.style.height = measured + 'px';
      write();
    });

    const others = page.languages.length > 1 ? [languageLabel] : [];
    dialog = make('dialog', { className: 'share', lang: document.documentElement.lang },
      make('form', { method: 'dialog', className: 'top' }, make('h2', { id: 'share-title' }, words.title), make('button', { className: 'close', ariaLabel: words.close }, '×')),
      copied(words.link, address));
    dialog.setAttribute('aria-labelledby', 'share-title');
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
    // Keys that mean something on the page mean nothing to it from here.
    dialog.addEventListener('keydown', (/** @type {Event} */ e) => e.stopPropagation());
    language.value = page.path;
    document.head.append(make('link', { rel: 'stylesheet', href: new URL(page.style, base).href }));
    document.body.append(dialog);
    return () => {
      address.value = link();
      startsLabel.hidden = !(starts.checked = !!chosen().length);
      for (const news of dialog.querySelectorAll('.news')) news.textContent = '';
      write();
      dialog.showModal();
    };
  };

  let show = /** @type {(() => void)|null} */ (null);
  sharh.share = () => {
    show ||= build();
    show();
  };
})();
