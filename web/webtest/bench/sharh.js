// sharh.js: what watch.js needs to know about Sharh's page.
window.__bench.page = {
  figures: () => [...document.querySelectorAll('#timeline figure, #map figure')],
  marks: (n) => [...document.querySelectorAll(`#timeline figure a[href="#call-${n}"]`)],
  current: (n) => {
    const panel = document.getElementById('call-' + n);
    return !!panel && panel.getClientRects().length > 0;
  },
  drawn: () => document.documentElement?.dataset.client === 'live',
};
