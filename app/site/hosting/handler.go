// Package hosting says how a site is served: media types, headers and compression. It has a static host of its own
// for previews and tests, and it writes rules that make other hosts do the same.
package hosting

import (
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"path"
	"strings"
)

// Handler serves a built site as a good static host does. It sends precompressed files and the right media types,
// lets browsers keep hashed assets forever, answers "not modified", and allows frames of other origins. It is for
// previews and tests.
func Handler(dist fs.FS) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			w.Header().Set("Allow", "GET, HEAD")
			http.Error(w, "method not allowed", http.StatusMethodNotAllowed)
			return
		}
		name := strings.TrimPrefix(path.Clean(r.URL.Path), "/")
		if name == "" {
			name = "."
		}
		info, err := fs.Stat(dist, name)
		if Hidden(name) {
			err = fs.ErrNotExist
		}
		if err == nil && info.IsDir() {
			if !strings.HasSuffix(r.URL.Path, "/") {
				to := path.Base(name) + "/" // relative, so that it works under any path
				if r.URL.RawQuery != "" {
					to += "?" + r.URL.RawQuery
				}
				w.Header().Set("Location", to)
				w.WriteHeader(http.StatusMovedPermanently)
				return
			}
			name = path.Join(name, "index.html")
			info, err = fs.Stat(dist, name)
		}
		if err != nil || info.IsDir() {
			http.Error(w, "404 page not found", http.StatusNotFound)
			return
		}
		h := w.Header()
		for _, header := range Always {
			h.Set(header[0], header[1])
		}
		h.Set("Cache-Control", Of(name).Cache)
		if kind := Type(name); kind != "" {
			h.Set("Content-Type", kind)
		}
		serve := name
		if compressible[path.Ext(name)] {
			h.Set("Vary", "Accept-Encoding")
			for _, e := range Encodings {
				if !strings.Contains(r.Header.Get("Accept-Encoding"), e.Name) {
					continue
				}
				if packed, err := fs.Stat(dist, name+e.Ext); err == nil {
					info = packed
					h.Set("Content-Encoding", e.Name)
					serve = name + e.Ext
					break
				}
			}
		}
		file, err := dist.Open(serve)
		if err != nil {
			http.Error(w, "404 page not found", http.StatusNotFound)
			return
		}
		defer file.Close()
		if content, ok := file.(io.ReadSeeker); ok {
			if !info.ModTime().IsZero() {
				// With nanoseconds, so that two builds within one second differ.
				h.Set("ETag", fmt.Sprintf(`"%x-%x"`, info.ModTime().UnixNano(), info.Size()))
			}
			http.ServeContent(w, r, name, info.ModTime(), content)
			return
		}
		if r.Method == http.MethodHead {
			return
		}
		_, _ = io.Copy(w, file) // it fails only when the client has gone away
	})
}
