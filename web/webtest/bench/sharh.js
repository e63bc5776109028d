// sharh.js: what watch.js needs to know about Sharh's page.
window.__bench.page = {
  figures: () => [...document.querySelectorAll('#timeline figure, #map figure')],
  marks: (n) => [...document.querySelectorAll(`#timeline figure a[href="#call-${n}"]`)],
  current: (n) => {
    const panel = document.getElementById('call-' + n);
    return !!panel && panel.getBoundingClientRect().height > 0; // what can still be found has boxes, without height
  },
  drawn: () => document.documentElement?.dataset.client === 'live',
};
