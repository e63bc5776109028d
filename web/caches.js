// caches.js: what the worker of a scope calls what it saves, and how it speaks to the pages. The build puts it before the
// scripts that must agree on that: sw.js, sw-off.js, offline.js.

/** @param {URL} scope folder of the worker */
const savedIn = ({ pathname }) => {
  const own = `sharh:${pathname}:`;
  return {
    /** The cache of a version. @param {string} version */
    of: (version) => own + version,
    /** The caches of whatever version. A scope ends in a slash; a version has none. */
    all: async () => (await caches.keys()).filter((n) => n.startsWith(own) && !n.slice(own.length).includes('/')),
    /** Where the worker tells all tabs how it gets on. */
    channel: () => new BroadcastChannel(own),
  };
};
