// Package web holds what is written for the browser by hand: scripts, styles and fonts.
package web

import "embed"

// Files are scripts, styles, fonts/ and icons/.
//
//go:embed boot.js bridge.js embed.js takeover.js sw.js sw-off.js offline.js share.js share.css demo.js demo.css style.css noscript.css print.css item.css shelf.css embed.css evidence.css embed-noscript.css fonts icons
var Files embed.FS
