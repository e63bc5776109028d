// sharh.js: what watch.js needs to know about Sharh's page.
window.__bench.page = {
  figures: () => [...document.querySelectorAll('#timeline figure, #map .stage')], // its figure may have no box
  marks: (n) => [...document.querySelectorAll(`#timeline figure a[href="#call-${n}"]`)],
  current: (n) => {
    const panel = document.getElementById('call-' + n);
    return !!panel && panel.getBoundingClientRect().height > 0; // what can still be found has boxes, without height
  },
  actor: (id) => {
    for (const e of document.querySelectorAll(`#map .node[href="#actor-${id}"]`)) {
      const r = e.getBoundingClientRect();
      const x = r.x + r.width / 2, y = r.y + r.height / 2;
      if (r.width && e.contains(document.elementFromPoint(x, y))) return { x, y };
    }
    return null;
  },
  told: (id) => [...document.querySelectorAll(`#map [aria-current][href="#actor-${id}"]`)].some((e) => e.getClientRects().length) &&
    document.getElementById('actor-' + id).getBoundingClientRect().height > 0,
  steps: () => [...document.querySelectorAll('.pages a:not([aria-current])')].filter((e) => e.getClientRects().length)
    .map((link) => ({ link, done: () => link.getAttribute('aria-current') === 'true' })),
  chosen: (id) => !!document.querySelector(`#scene [aria-current][href="#actor-${id}"]`) &&
    document.getElementById('actor-' + id).getBoundingClientRect().height > 0,
  whole: () => {
    const whole = document.querySelector('#scene.whole svg');
    if (!whole) document.getElementById('whole').click();
    return !!whole;
  },
  grip: () => {
    const r = document.querySelector('#scene.whole svg')?.getBoundingClientRect();
    return r && { x: r.x + r.width / 2, y: Math.min(r.y + r.height, innerHeight) / 2 };
  },
  drawn: () => document.documentElement?.dataset.client === 'live',
};
