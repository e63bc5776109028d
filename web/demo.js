// demo.js: an example of what a publisher can do with the events of an embed; inline in the demo page.

for (const name of ['ready', 'select', 'open', 'error']) {
  addEventListener('sharh:' + name, (e) => {
    const { item, href, reason } = /** @type {CustomEvent} */ (e).detail || {};
    const heard = document.getElementById('heard');
    if (heard) heard.textContent = `sharh:${name} ${item ?? href ?? reason ?? ''}`;
  });
}
