// caches.js: the names of the caches of a worker, and its channel to the pages. The build puts this file before the
// scripts that must agree on them: sw.js, sw-off.js, offline.js.

/** @param {URL} scope folder of the worker */
const savedIn = ({ pathname }) => {
  const own = `sharh:${pathname}:`;
  return {
    /** The name of the cache for a version. @param {string} version */
    of: (version) => own + version,
    /** The names of the caches of all versions in this scope. A scope ends in a slash; a version contains none. */
    all: async () => (await caches.keys()).filter((n) => n.startsWith(own) && !n.slice(own.length).includes('/')),
    /** The channel on which the worker tells all tabs about its progress. */
    channel: () => new BroadcastChannel(own),
  };
};
