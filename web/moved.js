// moved.js: leads from an address that a page had before to the one that it has now, with the query and the fragment that
// the reader came with. Without scripts the browser leads there without them, or the reader follows the link.

(() => {
  'use strict';

  const script = /** @type {HTMLScriptElement} */ (document.currentScript);
  const { search, hash } = location;
  location.replace(new URL(script.dataset.to || '', document.baseURI).href + search + hash);
})();
