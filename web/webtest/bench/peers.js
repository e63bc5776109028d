// peers.js: what watch.js needs to know about the page of the peers' kit.
window.__bench.page = {
  figures: () => [document.getElementById('timeline'), document.getElementById('graph')],
  marks: (n) => [...document.querySelectorAll(`#call-${n}-marker .tl-timemarker-content-container`)],
  current: (n) => !!document.querySelector(`#call-${n}-marker.tl-timemarker-active`),
  actor: (id) => {
    const graph = document.getElementById('graph');
    if (!graph._cyreg) return null;
    const at = graph._cyreg.cy.getElementById(id).renderedPosition();
    const r = graph.getBoundingClientRect();
    const x = r.x + at.x, y = r.y + at.y;
    return graph.contains(document.elementFromPoint(x, y)) ? { x, y } : null;
  },
  told: (id) => !!document.getElementById('graph')._cyreg && window.__bench.page.chosen(id),
  // Its timeline is its story; on a phone only a mark, or a finger, leads to another slide.
  steps: () => [7, 6, 5, 4, 3, 2, 1, 8].filter((n) => !window.__bench.page.current(n))
    .flatMap((n) => window.__bench.page.marks(n).map((link) => ({ link, done: () => window.__bench.page.current(n) }))),
  chosen: (id) => document.getElementById('about').textContent === document.getElementById('graph')._cyreg.cy.getElementById(id).data('about'),
  whole: () => true, // it always is
  grip: () => {
    const graph = document.getElementById('graph');
    const r = graph.getBoundingClientRect();
    const far = (x, y) => graph._cyreg.cy.nodes().every((n) => Math.hypot(n.renderedPosition().x - x, n.renderedPosition().y - y) > 50);
    for (let y = r.height * .2; y < r.height * .8; y += 20) {
      for (let x = r.width * .2; x < r.width * .8; x += 20) if (far(x, y) && r.y + y > 0 && r.y + y < innerHeight - 130) return { x: r.x + x, y: r.y + y };
    }
    return null;
  },
  drawn: () => document.querySelectorAll('.tl-timemarker').length === 8 && !!document.querySelector('#graph canvas'),
};
