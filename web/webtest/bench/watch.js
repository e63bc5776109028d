// watch.js: runs in a page before the page's own scripts. It collects what the browser reports about the visit, and
// finds out when a click is answered. __bench.page, set by sharh.js or peers.js, describes the page:
//
//   figures()   the two figures, in the order of the page
//   marks(n)    what can be clicked for call n
//   current(n)  whether call n is the one that is shown
//   drawn()     whether everything that will come has come
//   actor(id)   where on the map an actor can be clicked, {x, y} in the window, or null
//   told(id)    whether what the page says of this actor is shown
//   chosen(id)  whether the map, live, and the text beside it show this actor
//   steps()     what leads to another step of the story, and whether it has: [{link, done}]; on phones
//   whole()     makes the map show everything; whether it does
//   grip()      where it can be dragged

window.__bench = (() => {
  const seen = {
    fcp: 0, lcp: 0, lcpWhat: '', shifts: [], tasks: [], interactions: {}, live: 0,
    clicked: 0, answered: 0, clicks: 0, drawn: 0, keyed: 0,
  };
  const b = { seen };

  const path = (node) => {
    const e = node && (node.nodeType === 1 ? node : node.parentElement);
    if (!e) return '';
    const name = e.localName + (e.id ? '#' + e.id : '') + (e.getAttribute('class') ? '.' + e.getAttribute('class').split(' ')[0] : '');
    return name.slice(0, 60);
  };
  // The browser does not count layout shifts soon after input, nor soon after a change of the window's size. An
  // emulated phone changes size while it loads, a real one does not, so input is recorded here.
  let input = -Infinity;
  for (const type of ['pointerdown', 'pointerup', 'keydown']) addEventListener(type, (e) => { input = e.timeStamp; }, true);

  const observe = (type, options, each) => {
    new PerformanceObserver((list) => list.getEntries().forEach(each)).observe({ type, buffered: true, ...options });
  };
  observe('paint', {}, (e) => { if (e.name === 'first-contentful-paint') seen.fcp = e.startTime; });
  observe('largest-contentful-paint', {}, (e) => { seen.lcp = e.startTime; seen.lcpWhat = path(e.element); });
  observe('layout-shift', {}, (e) => {
    seen.shifts.push({
      at: e.startTime, value: e.value, excused: e.hadRecentInput, input: e.hadRecentInput && e.startTime - input < 600,
      what: e.sources.slice(0, 3).map((s) => path(s.node)),
    });
  });
  observe('longtask', {}, (e) => seen.tasks.push({ at: e.startTime, ms: e.duration }));
  observe('event', { durationThreshold: 16 }, (e) => {
    if (!e.interactionId) return;
    seen.interactions[e.interactionId] = Math.max(seen.interactions[e.interactionId] || 0, e.duration);
  });
  new MutationObserver(() => {
    if (!seen.live && document.documentElement?.dataset.client === 'live') seen.live = performance.now();
  }).observe(document, { subtree: true, attributes: true, attributeFilter: ['data-client'] });

  // The first frame in which the timeline has something to click.
  const drawn = () => {
    const there = document.body && [1, 2, 3, 4, 5, 6, 7, 8].some((n) => b.page.marks(n).some((m) => m.getClientRects().length));
    if (there && seen.fcp) seen.drawn = Math.max(seen.fcp, performance.now()); else requestAnimationFrame(drawn);
  };
  requestAnimationFrame(drawn);

  // What the next click is to do: {hit, done}, functions of its target and of nothing. The visit may click another call
  // than the first choice, if that one cannot be clicked now.
  let wanted = null;

  // The answer: the first frame after a click in which what it is to do is done.
  addEventListener('pointerdown', (e) => {
    const { hit, done } = wanted || {};
    if (!hit?.(e.target)) return;
    seen.clicks++;
    if (seen.clicked) return;
    seen.clicked = e.timeStamp;
    b.moment?.begins();
    const look = () => {
      if (!done()) return requestAnimationFrame(look);
      seen.answered = performance.now();
      b.moment?.ends();
    };
    requestAnimationFrame(look);
  }, true);

  /**
   * Where a click would hit the first of these calls that is painted, not current and not covered; the page scrolls there
   * if need be. null when there is none yet.
   * @param {number[]} calls
   */
  b.place = (calls) => {
    if (!seen.fcp || !document.body) return null;
    for (const n of calls) {
      if (b.page.current(n)) continue;
      for (const mark of b.page.marks(n)) {
        let r = mark.getBoundingClientRect();
        if (!r.width || !r.height) continue;
        const middle = r.y + r.height / 2;
        if (middle < 0 || middle > innerHeight) {
          scrollBy({ top: middle - innerHeight / 2, behavior: 'instant' });
          r = mark.getBoundingClientRect();
        }
        const x = r.x + r.width / 2, y = r.y + r.height / 2;
        const hit = document.elementFromPoint(x, y);
        if (!hit || !mark.contains(hit)) continue;
        wanted = { hit: (e) => b.page.marks(n).some((m) => m.contains(e)), done: () => b.page.current(n) };
        return { x, y, call: n };
      }
    }
    return null;
  };

  /**
   * Where a click would show the first of these actors that can be hit now and is not shown, in the sense of done.
   * @param {string[]} ids @param {(id: string) => boolean} done
   */
  const someone = (ids, done) => {
    for (const id of ids) {
      const at = !done(id) && b.page.actor(id);
      if (!at || at.y < 0 || at.y > innerHeight) continue;
      wanted = { hit: () => true, done: () => done(id) };
      return at;
    }
    return null;
  };

  /** Where a click would show what the page says of one of these actors; the page scrolls to the map. @param {string[]} ids */
  b.person = (ids) => {
    const map = seen.fcp && document.body && b.page.figures().at(-1);
    if (!map) return null;
    const r = map.getBoundingClientRect();
    if (r.top < 0 || r.top > innerHeight / 4) map.scrollIntoView({ block: 'start', behavior: 'instant' });
    return someone(ids, b.page.told);
  };

  /** Where a click would lead to another step of the story. */
  b.turn = () => {
    if (!seen.fcp || !document.body) return null;
    for (const { link, done } of b.page.steps()) {
      if (!wanted) link.scrollIntoView({ block: 'center', behavior: 'instant' });
      const r = link.getBoundingClientRect();
      const x = r.x + r.width / 2, y = r.y + r.height / 2;
      if (!r.width || !link.contains(document.elementFromPoint(x, y))) continue;
      wanted = { hit: (e) => link.contains(e), done };
      return { x, y };
    }
    return null;
  };

  /** Where a click would choose one of these actors. @param {string[]} ids */
  b.actor = (ids) => someone(ids, b.page.chosen);

  /** Counts frames until frames.end(), which returns how many came a second, and the longest time between two, ms. */
  b.frames = () => {
    b.moment?.begins();
    const times = [performance.now()];
    let on = true;
    const tick = () => {
      times.push(performance.now());
      if (on) requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
    b.frames.end = () => {
      on = false;
      b.moment?.ends();
      const last = times[times.length - 1];
      return { rate: (times.length - 1) / (last - times[0]) * 1000, gap: Math.max(...times.map((t, i) => t - (times[i - 1] ?? t))) };
    };
  };

  /**
   * Watches what a key in a field changes in an element: seen.keyed is the time from the key to the frame with it, ms; -1
   * if nothing changes.
   * @param {string} id
   */
  b.key = (id) => {
    seen.keyed = 0;
    addEventListener('keydown', (e) => {
      b.moment?.begins();
      const nothing = setTimeout(() => { seen.keyed = -1; }, 2000);
      new MutationObserver((_, o) => {
        o.disconnect();
        clearTimeout(nothing);
        requestAnimationFrame(() => {
          seen.keyed = performance.now() - e.timeStamp;
          b.moment?.ends();
        });
      }).observe(/** @type {Element} */ (document.getElementById(id)), { subtree: true, childList: true, attributes: true, characterData: true });
    }, { once: true, capture: true });
  };

  /** How often each kind of moment has begun. */
  const begun = {};
  /** From now on moments of this name leave marks in the trace, with their number. @param {string} name */
  b.moments = (name) => {
    b.moment = {
      begins: () => {
        begun[name] = (begun[name] || 0) + 1;
        performance.mark(`bench:${name} ${begun[name]}`);
      },
      ends: () => performance.mark(`bench:${name} done ${begun[name]}`),
    };
  };

  /** Where a click would lead to a step. @param {number} n */
  b.step = (n) => {
    const link = document.querySelector(`.pages a[href="#step-${n}"]`) || document.querySelectorAll('.pages a')[n - 1];
    if (!link) return null;
    link.scrollIntoView({ block: 'center', behavior: 'instant' });
    const r = link.getBoundingClientRect();
    wanted = { hit: () => true, done: () => link.getAttribute('aria-current') === 'true' };
    return { x: r.x + r.width / 2, y: r.y + r.height / 2 };
  };

  /** Forgets the watched click, so that the next one is watched. */
  b.again = () => { seen.clicked = seen.answered = seen.clicks = 0; };

  /** How far the page must scroll until the end of its second figure is in view, in CSS pixels. */
  b.below = () => {
    const figures = b.page.figures();
    const end = figures[figures.length - 1].getBoundingClientRect().bottom;
    return Math.min(end, document.documentElement.scrollHeight - scrollY) - innerHeight;
  };

  b.marks = () => Object.fromEntries(performance.getEntriesByType('mark').map((m) => [m.name, m.startTime]));
  return b;
})();
