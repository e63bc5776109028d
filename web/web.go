// Package web holds the hand-written files for the browser: scripts, styles, fonts and icons.
package web

import "embed"

// Files are scripts, styles, fonts/ and icons/.
//
//go:embed boot.js bridge.js embed.js takeover.js sw.js sw-off.js offline.js caches.js dialog.js check.css dialog.css demo.js demo.css notice.css moved.css moved.js missing.css style.css noscript.css print.css page.css explainer.css item.css picture.css points.css spans.css table.css weights.css live.css zoom.css evidence.css shelf.css languages.css scenes.css embed.css embed-noscript.css fonts icons
var Files embed.FS
