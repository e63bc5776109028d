// page.js: the script that a newsroom writes around the two packages, after their documentation: the timeline opens at
// its last event as Sharh's does, the graph is laid out by cose with its defaults.
document.addEventListener('DOMContentLoaded', () => {
  const data = JSON.parse(document.getElementById('data').textContent);

  new TL.Timeline('timeline', data.timeline, {
    language: document.documentElement.lang,
    script_path: new URL('assets/timelinejs/js/', location.href).href,
    font: '', // the named fonts are fetched from elsewhere
    start_at_end: true,
  });

  const tones = { red: '#a33', blue: '#357', ochre: '#a70', grey: '#666' };
  const polarities = { cooperative: '#486', pressure: '#a70', conflictual: '#a33', neutral: '#888' };
  const cy = cytoscape({
    container: document.getElementById('graph'),
    elements: data.graph,
    userZoomingEnabled: false, // scrolling belongs to the page
    style: [
      { selector: 'node', style: {
        label: 'data(label)', 'background-color': (n) => tones[n.data('tone')] || '#666',
        'font-size': 14, 'text-wrap': 'wrap', 'text-max-width': 110, 'text-valign': 'bottom', 'text-margin-y': 4,
      } },
      { selector: 'edge', style: {
        label: 'data(label)', 'font-size': 9, color: '#444', 'text-rotation': 'autorotate', width: 1.5,
        'line-color': (e) => polarities[e.data('polarity')], 'target-arrow-color': (e) => polarities[e.data('polarity')],
        'target-arrow-shape': 'triangle', 'curve-style': 'bezier',
      } },
      { selector: '.faded', style: { opacity: 0.2 } },
    ],
    layout: { name: 'cose' },
  });
  const about = document.getElementById('about');
  cy.on('tap', (event) => {
    const chosen = event.target === cy ? null : event.target;
    cy.elements().removeClass('faded');
    about.textContent = chosen ? chosen.data('about') : '';
    if (chosen) {
      cy.elements().not(chosen.isNode() ? chosen.closedNeighborhood() : chosen.connectedNodes().union(chosen)).addClass('faded');
    }
  });
});
