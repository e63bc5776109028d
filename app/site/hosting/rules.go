package hosting

import (
	"fmt"
	"io/fs"
	"sort"
	"strings"

	"sharh/app/site/file"
	"sharh/app/site/output"
)

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

	rest := Table[len(Table)-1] // what the rows before leave
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

	line("# Include this in the server block whose root holds the site.")
	line("# brotli_static needs the module ngx_brotli; without it, remove that line, and readers get gzip.")
	answer := func(indent, cache string) {
		for _, h := range Always {
			line("%sadd_header %s %q always;", indent, h[0], h[1])
		}
		line("%sadd_header Cache-Control %q;", indent, cache)
	}
	line("location %s {", base)
	line("  types {\n%s\n  }", strings.Join(kinds, "\n"))
	line("  charset utf-8;\n  charset_types text/css text/csv text/javascript text/plain;")
	line("  gzip_static on;\n  brotli_static on;\n  gzip_vary on;")
	answer("  ", rest.Cache)
	for _, r := range Table {
		if r.Cache == rest.Cache {
			continue
		}
		if folder, ok := strings.CutSuffix(r.Glob, "*"); ok {
			line("  location %s%s {", base, folder)
		} else {
			line("  location = %s%s {", base, r.Glob)
		}
		answer("    ", r.Cache)
		line("  }")
	}
	// Builds and publishers leave files there for themselves; readers get a 404.
	line("  location = %s%s {\n    return 404;\n  }", base, output.Marker)
	line("  location %s%s {\n    return 404;\n  }\n}", base, Own)
	save(nginxFile)

	line("# Import this into the site block whose root holds the site:  " +
		"example.org { root * /srv/site; import Caddyfile }")
	line("file_server {\n\tprecompressed br gzip\n\thide %s %s\n}", output.Marker, strings.TrimSuffix(Own, "/"))
	line("header %s* {", base)
	for _, h := range Always {
		line("\t%s %q", h[0], h[1])
	}
	line("}")
	var others []string
	for _, r := range Table {
		if r.Cache != rest.Cache {
			others = append(others, base+r.Glob)
			line("header %s%s Cache-Control %q", base, r.Glob, r.Cache)
		}
	}
	line("@pages {\n\tpath %s*\n\tnot path %s\n}", base, strings.Join(others, " "))
	line("header @pages Cache-Control %s", rest.Cache)
	save(caddyFile)
	return nil
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
