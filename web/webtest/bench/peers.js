// peers.js: what watch.js needs to know about the page of the peers' kit.
window.__bench.page = {
  figures: () => [document.getElementById('timeline'), document.getElementById('graph')],
  marks: (n) => [...document.querySelectorAll(`#call-${n}-marker .tl-timemarker-content-container`)],
  current: (n) => !!document.querySelector(`#call-${n}-marker.tl-timemarker-active`),
  drawn: () => document.querySelectorAll('.tl-timemarker').length === 8 && !!document.querySelector('#graph canvas'),
};
