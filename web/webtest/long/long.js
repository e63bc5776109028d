// long.js: runs in a page before its own scripts, and then uses it for a long time. What Go holds of the page can be
// seen only from the object that runs the program.
window.__long = (() => {
  let program = null;
  let made = null;
  Object.defineProperty(window, 'Go', {
    configurable: true,
    get: () => made,
    set: (real) => {
      made = class extends real {
        constructor() {
          super();
          program = this;
        }
      };
    },
  });
  const frames = async (n) => {
    for (let i = 0; i < n; i++) await new Promise((r) => requestAnimationFrame(r));
  };
  const all = (selector) => [...document.querySelectorAll(selector)];
  const click = (e) => e.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true })); // drawings have no click()
  const until = async (what, holds) => {
    for (let i = 0; !holds(); i++) {
      if (i > 3000) throw new Error('waited in vain until ' + what);
      await frames(1);
    }
  };
  return {
    /** What Go holds: values of JavaScript, functions that JavaScript may call among them; timers; bytes of memory. */
    go: () => ({
      Values: program._values.length - program._idPool.length,
      Timers: program._scheduledTimeouts.size,
      Bytes: program._inst.exports.mem.buffer.byteLength,
    }),
    /**
     * Makes Go collect its garbage, again and again: Go does so when its memory has doubled, and a long text in
     * the search is read into new memory. What one collection finds unused is given back to the page before the next.
     */
    async collect() {
      const q = document.getElementById('q');
      const finds = document.getElementById('finds');
      for (let i = 0; i < 6; i++) {
        q.value = 'x'.repeat(4e6) + i;
        q.dispatchEvent(new Event('input', { bubbles: true }));
        await until('the search has looked', () => !finds.hidden);
        q.value = '';
        q.dispatchEvent(new Event('input', { bubbles: true }));
        await until('the search is closed', () => finds.hidden);
        await frames(3);
      }
    },
    /** Makes choices of every kind in turn, then drops them, searches, and opens a mark. @param {number} n of choices */
    async use(n) {
      const ids = all('.panel[id],.card[id]').map((e) => e.id);
      for (let i = 0; i < n; i++) {
        const id = ids[i % ids.length];
        click(document.querySelector(`a[href="#${id}"]`));
        await until(id + ' is shown', () => document.getElementById(id).getClientRects().length);
        await frames(1);
      }
      document.documentElement.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
      await until('nothing is chosen', () => !Object.values(window.sharh.choice).join(''));
      const q = document.getElementById('q');
      const finds = document.getElementById('finds');
      for (const text of ['a', 'an', '']) {
        q.value = text;
        q.dispatchEvent(new Event('input', { bubbles: true }));
        await until('what is found is shown', () => !finds.hidden === !!text);
      }
      const card = document.getElementById('mark-card');
      click(all('a[data-mark]').find((a) => a.getClientRects().length));
      await until('the card is open', () => !card.hidden);
      card.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
      await until('the card is closed', () => card.hidden);
      await frames(10);
    },
  };
})();
