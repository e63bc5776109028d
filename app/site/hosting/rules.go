package hosting

import (
	"cmp"
	"fmt"
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strings"

	"sharh/app/site/file"
	"sharh/app/site/page"
)

// Rules adds configuration files for common static hosts that make them do what [Handler] does.
func Rules(files file.Set, under file.Base) error {
	base, err := under.Path()
	if err != nil {
		return err
	}
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	save := func(name string) {
		files[name] = []byte(b.String())
		b.Reset()
	}

	line("%s*", base)
	for _, h := range Always {
		line("  %s: %s", h[0], h[1])
	}
	for _, r := range Table[:len(Table)-1] {
		at := r.Glob
		if name, ok := strings.CutPrefix(at, "*"); ok {
			// Hosts limit the number of rules, so one rule covers all workers.
			at = "*/" + name
			if files[name] != nil {
				line("%s%s\n  Cache-Control: %s", base, name, r.Cache)
			}
		}
		line("%s%s\n  Cache-Control: %s", base, at, r.Cache)
	}
	save(headersFile)

	folder := "" // of the base, below the root of the host
	if base != "/" {
		folder = strings.TrimSuffix(base, "/")
	}
	nginx(line, base, folder)
	save(nginxFile)
	caddy(line, base, folder)
	save(caddyFile)
	return nil
}

// nginx writes rules for nginx.
func nginx(line func(format string, args ...any), base, folder string) {
	line("# Include this in a server block:")
	line("#   server { root /srv; include /srv%s/%s; }", folder, nginxFile)
	if folder != "" {
		line("# The site is below the root at its own path: %s in /srv%s.", base, folder)
		line("location = %s {\n  absolute_redirect off;\n  return 301 %s$is_args$args;\n}", folder, base)
	}
	line("# brotli_static needs the module ngx_brotli; without it, remove that line, and readers get gzip.")
	answer := func(indent, cache, when string) {
		for _, h := range Always {
			line("%sadd_header %s %q always;", indent, h[0], h[1])
		}
		line("%sadd_header Cache-Control %q%s;", indent, cache, when)
	}
	line("location %s {", base)
	line("  index index.html;\n  absolute_redirect off; # a proxy in front may speak https")
	line("  default_type %s;\n  types {", bytesOnly)
	var charsets []string
	for _, ext := range slices.Sorted(maps.Keys(types)) {
		kind, charset, _ := strings.Cut(types[ext], ";")
		line("    %s %s;", kind, ext[1:])
		if charset != "" && kind != "text/html" && !slices.Contains(charsets, kind) { // HTML always has it
			charsets = append(charsets, kind)
		}
	}
	line("  }\n  charset utf-8;\n  charset_types %s;", strings.Join(charsets, " "))
	// A CDN in front names itself (Via), and gets what a browser would.
	line("  gzip_static on;\n  gzip_proxied any;\n  gzip_vary on;\n  brotli_static on;")
	rest := Table[len(Table)-1]
	answer("  ", rest.Cache, "") // not with errors
	for _, r := range Table {
		if r.Cache == rest.Cache {
			continue
		}
		if folder, ok := strings.CutSuffix(r.Glob, "*"); ok {
			line("  location %s%s {", base, folder)
		} else {
			line("  location = %s%s {", base, r.Glob)
		}
		answer("    ", r.Cache, "")
		line("  }")
	}
	// The address that is not there, behind that of the page that says so; from it comes the nearest such page.
	nowhere := base + page.MissingFile
	line("  error_page 403 404 =404 %s$uri;", nowhere)
	line("  location %s/ {\n    internal;\n  }", nowhere)
	line("  location ~ \"^%s%s(?<sharh_first>[^/]*)/?(?<sharh_second>[^/]*)\" {\n    internal;",
		regexp.QuoteMeta(nowhere), regexp.QuoteMeta(base))
	answer("    ", rest.Cache, " always")
	line("    try_files %s$sharh_first/$sharh_second/%s %[1]s$sharh_first/%[2]s %[1]s%[2]s =404;\n  }",
		base, page.MissingFile)
	// For hosts, and what builds, publishers and other tools leave there for themselves.
	for _, name := range hostFiles {
		line("  location = %s%s {\n    return 404;\n  }", base, name)
	}
	line("  location ~ \"/\\.(?!%s/)\" {\n    return 404;\n  }\n}", regexp.QuoteMeta(strings.TrimPrefix(wellKnown, ".")))
}

// caddy writes rules for Caddy.
func caddy(line func(format string, args ...any), base, folder string) {
	line("# Import this into a site block:")
	line("#   example.org {\n#   \troot * /srv\n#   \timport /srv%s/%s\n#   }", folder, caddyFile)
	if folder != "" {
		line("# The site is below the root at its own path: %s in /srv%s.", base, folder)
	}
	line("@sharh path %s %s*", cmp.Or(folder, "/"), base)
	line("handle @sharh {")
	for _, h := range Always {
		line("\theader %s %q", h[0], h[1])
	}
	var hidden []string
	for _, name := range hostFiles {
		hidden = append(hidden, base+name)
	}
	line("\t@sharh_other not method GET HEAD\n\thandle @sharh_other {")
	line("\t\theader Allow \"GET, HEAD\"\n\t\trespond 405\n\t}")
	rest := Table[len(Table)-1]
	there := func(name, file string) {
		line("\t@sharh_%s {\n\t\tnot path */\n\t\tfile %s\n\t\tnot path %s", name, file, strings.Join(hidden, " "))
		line("\t\tnot {\n\t\t\tpath */.*\n\t\t\tnot path */%s/*\n\t\t}\n\t}", wellKnown)
	}
	line("\t@sharh_page {\n\t\tpath */\n\t\tfile {path}index.html\n\t}\n\trewrite @sharh_page {path}index.html")
	// Caddy's own way to a folder loses the query. The path is the one that was found, which leads to no other host.
	there("folder", "{path}/index.html")
	line("\thandle @sharh_folder {\n\t\theader Cache-Control %s\n\t\troute {", rest.Cache)
	line("\t\t\trewrite * {http.matchers.file.relative}\n\t\t\turi strip_suffix index.html")
	line("\t\t\tredir * {uri} 301\n\t\t}\n\t}")
	there("file", "{path}")
	line("\thandle @sharh_file {")
	var exts []string
	for _, ext := range slices.Sorted(maps.Keys(types)) {
		line("\t\t@sharh%s path *%s", strings.ReplaceAll(ext, ".", "_"), ext)
		line("\t\theader @sharh%s Content-Type %q", strings.ReplaceAll(ext, ".", "_"), types[ext])
		if compressible[ext] {
			exts = append(exts, "*"+ext)
		}
	}
	line("\t\t@sharh_packed path %s", strings.Join(exts, " "))
	line("\t\theader @sharh_packed ?Vary Accept-Encoding")
	var others []string // Caddy sorts its directives, so exactly one of them may match
	for _, r := range Table {
		if r.Cache != rest.Cache {
			others = append(others, base+r.Glob)
			line("\t\theader %s%s Cache-Control %q", base, r.Glob, r.Cache)
		}
	}
	line("\t\t@sharh_rest not path %s\n\t\theader @sharh_rest Cache-Control %s", strings.Join(others, " "), rest.Cache)
	line("\t\tfile_server {\n\t\t\tprecompressed br gzip\n\t\t}\n\t}")
	// What is not there gets the nearest page that says so.
	depth := strings.Count(base, "/") - 1
	part := func(n int) string { return fmt.Sprintf("{http.request.uri.path.%d}", depth+n) }
	line("\thandle {\n\t\theader Cache-Control %s\n\t\theader ?Vary Accept-Encoding", rest.Cache)
	// Caddy would answer with no page to a browser that has it.
	line("\t\trequest_header -If-None-Match\n\t\trequest_header -If-Modified-Since\n\t\trequest_header -Range")
	line("\t\ttry_files %s%s/%s/%s %[1]s%[2]s/%[4]s %[1]s%[4]s", base, part(0), part(1), page.MissingFile)
	line("\t\tfile_server {\n\t\t\tstatus 404\n\t\t\tprecompressed br gzip\n\t\t}\n\t}\n}")
}

// BasePath returns the path under which a built site is to be published, as its rules for hosts say.
func BasePath(site fs.FS) (string, error) {
	rules, err := fs.ReadFile(site, headersFile)
	if err != nil {
		return "", fmt.Errorf("finding out for which path the site was built: %w", err)
	}
	first, _, _ := strings.Cut(string(rules), "\n")
	base, ok := strings.CutSuffix(first, "*")
	if !ok || !strings.HasPrefix(base, "/") || !strings.HasSuffix(base, "/") {
		return "", fmt.Errorf("finding out for which path the site was built: %s begins with %q", headersFile, first)
	}
	return base, nil
}
