package hosting

import (
	"fmt"
	"sort"
	"strings"

	"sharh/app/site/file"
	"sharh/app/site/offline"
	"sharh/app/site/output"
	"sharh/app/site/page"
)

// immutable is how files whose name carries their hash may be kept.
const immutable = "public, max-age=31536000, immutable"

// brief is how the loader of embeds may be kept: its name is in other people's pages and stays, its content does not.
const brief = "public, max-age=600"

// always are the headers of every answer. Frames without an origin of their own load fonts and client by CORS. The
// policy of a page is in the page, where it cannot be that of another version.
var always = [][2]string{
	{"Access-Control-Allow-Origin", "*"},
	{"X-Content-Type-Options", "nosniff"},
	{"Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"},
}

// Rules adds rules for common static hosts: what [Handler] does, in their own words.
func Rules(files file.Set, under file.Base) error {
	base, err := under.Path()
	if err != nil {
		return err
	}
	var kinds []string
	for ext, kind := range types {
		kind, _, _ = strings.Cut(kind, ";")
		kinds = append(kinds, fmt.Sprintf("    %s %s;", kind, ext[1:]))
	}
	sort.Strings(kinds)

	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	save := func(name string) {
		files[name] = []byte(b.String())
		b.Reset()
	}

	line("%s*", base)
	for _, h := range always {
		line("  %s: %s", h[0], h[1])
	}
	line("%sassets/*\n  Cache-Control: %s", base, immutable)
	line("%s%s\n  Cache-Control: %s", base, page.Loader, brief)
	// A worker that somebody between kept would keep old versions alive. Hosts limit the number of rules: one for all.
	line("%s*/%s\n  Cache-Control: no-cache", base, offline.Worker)
	if files[offline.Worker] != nil {
		line("%s%s\n  Cache-Control: no-cache", base, offline.Worker)
	}
	save("_headers")

	line("# Include this in the server block whose root holds the site.")
	line("# brotli_static needs the module ngx_brotli; without it, remove that line, and readers get gzip.")
	answer := func(indent, cache string) {
		for _, h := range always {
			line("%sadd_header %s %q always;", indent, h[0], h[1])
		}
		line("%sadd_header Cache-Control %q;", indent, cache)
	}
	line("location %s {", base)
	line("  types {\n%s\n  }", strings.Join(kinds, "\n"))
	line("  charset utf-8;\n  charset_types text/css text/csv text/javascript text/plain;")
	line("  gzip_static on;\n  brotli_static on;\n  gzip_vary on;")
	answer("  ", "no-cache")
	line("  location %sassets/ {", base)
	answer("    ", immutable)
	line("  }\n  location = %s%s {", base, page.Loader)
	answer("    ", brief)
	// What says to builds that the folder is a site is nothing to readers.
	line("  }\n  location = %s%s {\n    return 404;\n  }\n}", base, output.Marker)
	save("nginx.conf")

	line("# Import this into the site block whose root holds the site:  example.org { root * /srv/site; import Caddyfile }")
	line("file_server {\n\tprecompressed br gzip\n\thide %s\n}", output.Marker)
	line("header %s* {", base)
	for _, h := range always {
		line("\t%s %q", h[0], h[1])
	}
	line("}")
	line("@pages {\n\tpath %s*\n\tnot path %sassets/* %s%s\n}", base, base, base, page.Loader)
	line("header @pages Cache-Control no-cache")
	line("header %sassets/* Cache-Control %q", base, immutable)
	line("header %s%s Cache-Control %q", base, page.Loader, brief)
	save("Caddyfile")
	return nil
}
