// Package web holds what is written for the browser by hand: scripts, styles and fonts.
package web

import "embed"

// Files are scripts, styles, fonts/ and icons/.
//
//go:embed boot.js takeover.js sw.js sw-off.js offline.js style.css noscript.css print.css item.css fonts icons
var Files embed.FS
