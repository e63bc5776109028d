// Package hosting says how a site is served: media types, headers and compression. It has a static host of its own
// for previews and tests, and it writes rules that make other hosts do the same.
package hosting

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"strconv"
	"strings"

	"sharh/app/site/page"
)

// Handler serves a built site as a good static host does. It sends precompressed files and the right media types,
// lets browsers keep hashed assets forever, answers "not modified", and allows frames of other origins. Where there is
// nothing, it answers with the nearest page that says so. It is for previews and tests.
func Handler(dist fs.FS) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for _, header := range Always {
			w.Header().Set(header[0], header[1])
		}
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			w.Header().Set("Allow", "GET, HEAD")
			http.Error(w, "method not allowed", http.StatusMethodNotAllowed)
			return
		}
		name := strings.TrimPrefix(path.Clean("/"+r.URL.Path), "/")
		if name == "" {
			name = "."
		}
		folder := strings.HasSuffix(r.URL.Path, "/")
		info, err := fs.Stat(dist, name)
		if Hidden(name) {
			err = fs.ErrNotExist
		}
		if err == nil && info.IsDir() {
			if index, err := fs.Stat(dist, path.Join(name, "index.html")); err != nil || index.IsDir() {
				missing(w, r, dist, name)
				return
			}
			if !folder {
				to := path.Base(name) + "/" // relative, so that it works under any path
				if r.URL.RawQuery != "" {
					to += "?" + r.URL.RawQuery
				}
				w.Header().Set("Cache-Control", Of(name).Cache)
				w.Header().Set("Location", to)
				w.WriteHeader(http.StatusMovedPermanently)
				return
			}
			name = path.Join(name, "index.html")
		}
		if err != nil || !info.IsDir() && folder || !answer(w, r, dist, name, http.StatusOK) {
			missing(w, r, dist, name)
		}
	})
}

// missing answers with the nearest page for what is not there: that of the folder, or of one around it.
func missing(w http.ResponseWriter, r *http.Request, dist fs.FS, name string) {
	for in := name; ; in = path.Dir(in) {
		if answer(w, r, dist, path.Join(in, page.MissingFile), http.StatusNotFound) {
			return
		}
		if in == "." {
			break
		}
	}
	http.Error(w, "404 page not found", http.StatusNotFound)
}

// answer sends a file, in the best form that the client accepts, and returns false if there is no such file.
func answer(w http.ResponseWriter, r *http.Request, dist fs.FS, name string, status int) bool {
	info, err := fs.Stat(dist, name)
	if err != nil || info.IsDir() {
		return false
	}
	data, err := fs.ReadFile(dist, name)
	if err != nil {
		return false
	}
	h := w.Header()
	h.Set("Cache-Control", Of(name).Cache)
	h.Set("Content-Type", Type(name))
	if compressible[path.Ext(name)] {
		h.Set("Vary", "Accept-Encoding")
		for _, e := range Encodings {
			if !accepts(r.Header.Values("Accept-Encoding"), e.Name) {
				continue
			}
			if packed, err := fs.ReadFile(dist, name+e.Ext); err == nil {
				data = packed
				h.Set("Content-Encoding", e.Name)
				break
			}
		}
	}
	if status != http.StatusOK {
		h.Set("Content-Length", strconv.Itoa(len(data)))
		w.WriteHeader(status)
		_, _ = w.Write(data) // it fails only when the client has gone away
		return true
	}
	// By content, so that two builds within one second differ.
	h.Set("ETag", fmt.Sprintf(`"%x"`, sha256.Sum256(data)))
	http.ServeContent(w, r, name, info.ModTime(), bytes.NewReader(data))
	return true
}

// accepts reports whether a client accepts an encoding (RFC 9110, 12.5.3): its own entry counts, or else that for all.
func accepts(values []string, encoding string) bool {
	accepted := false
	for _, entry := range strings.Split(strings.Join(values, ","), ",") {
		name, parameters, _ := strings.Cut(entry, ";")
		name = strings.ToLower(strings.TrimSpace(name))
		if name != encoding && name != "*" {
			continue
		}
		key, weight, _ := strings.Cut(strings.TrimSpace(parameters), "=")
		q, err := strconv.ParseFloat(strings.TrimSpace(weight), 64)
		accepted = !strings.EqualFold(strings.TrimSpace(key), "q") || err != nil || q > 0
		if name == encoding {
			return accepted
		}
	}
	return accepted
}
