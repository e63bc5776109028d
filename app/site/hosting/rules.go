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

// immutable is the caching rule for files that have a hash of their content in their name.
const immutable = "public, max-age=31536000, immutable"

// brief is the caching rule for the loader of embeds. Its address is in other people's pages and never changes, but
// its content does.
const brief = "public, max-age=600"

// always are the headers of every response. Frames without an origin of their own fetch fonts and the client with
// CORS. The content security policy is not here: each page carries its own, so that page and policy are always the
// same version.
var always = [][2]string{
	{"Access-Control-Allow-Origin", "*"},
	{"X-Content-Type-Options", "nosniff"},
	{"Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"},
}

// Rules adds configuration files for common static hosts that make them do what [Handler] does.
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
	// A cached service worker would keep old versions alive. Hosts limit the number of rules, so one rule covers all
	// workers.
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
	// The marker file tells builds that the folder is a site; readers get a 404.
	line("  }\n  location = %s%s {\n    return 404;\n  }\n}", base, output.Marker)
	save("nginx.conf")

	line("# Import this into the site block whose root holds the site:  " +
		"example.org { root * /srv/site; import Caddyfile }")
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
