package hosting

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
)

// A browser that has the current file gets "not modified", for compressed files too. It never gets that for an older
// file, even if the file was replaced within a second.
func TestNotModified(t *testing.T) {
	dist := t.TempDir()
	write := func(name, content string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dist, name), []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("index.html", "plain")
	write("index.html.br", "packed")
	server := httptest.NewServer(Handler(os.DirFS(dist)))
	defer server.Close()
	get := func(encoding, tag string) *http.Response {
		t.Helper()
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL, nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Accept-Encoding", encoding) // asked for by hand, it is not unpacked either
		if tag != "" {
			r.Header.Set("If-None-Match", tag)
		}
		response, err := http.DefaultTransport.RoundTrip(r)
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		return response
	}
	tags := map[string]string{}
	for _, encoding := range []string{"br", "identity"} {
		first := get(encoding, "")
		tags[encoding] = first.Header.Get("ETag")
		if first.StatusCode != http.StatusOK || tags[encoding] == "" {
			t.Fatalf("%s: got status %d and tag %q, want 200 and a tag", encoding, first.StatusCode, tags[encoding])
		}
		if again := get(encoding, tags[encoding]); again.StatusCode != http.StatusNotModified {
			t.Errorf("%s, asked for with the tag: got status %d, want 304", encoding, again.StatusCode)
		}
	}
	if other := get("identity", tags["br"]); other.StatusCode != http.StatusOK {
		t.Errorf("plain with the tag of the packed file: got status %d, want 200", other.StatusCode)
	}
	write("index.html.br", "anew, ")
	if fresh := get("br", tags["br"]); fresh.StatusCode != http.StatusOK {
		t.Errorf("replaced within a second, with the tag of before: got status %d, want 200", fresh.StatusCode)
	}
}

// Whatever is asked for, the answer is a file of the site or says that there is none.
func FuzzHandler(f *testing.F) {
	dist := fstest.MapFS{}
	for _, name := range []string{"index.html", "404.html", "a/index.html", "a/404.html", "assets/x.0123456789ab.js", "assets/x.0123456789ab.js.br", ".sharh-site", "_headers"} {
		dist[name] = &fstest.MapFile{Data: []byte("of " + name)}
	}
	handler := Handler(dist)
	for _, path := range []string{"/", "/a", "/a/../.sharh-site", "/%2e%2e/etc/passwd", "//a//", "/a/index.html/", "/\x00", "/a\\..\\b", "/assets/x.0123456789ab.js"} {
		f.Add(path, "br, gzip;q=0", "bytes=0-1")
	}
	f.Add("/.", "*;q=nan", "bytes=9-2,-1")
	f.Fuzz(func(t *testing.T, path, encoding, span string) {
		r := &http.Request{Method: http.MethodGet, URL: &url.URL{Path: path}, Header: http.Header{"Accept-Encoding": {encoding}, "Range": {span}}}
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, r)
		if w.Code >= 500 {
			t.Errorf("got the status %d", w.Code)
		}
		if body := w.Body.String(); body == "of .sharh-site" {
			t.Errorf("got %q", body)
		}
		if to := w.Header().Get("Location"); to != "" && to != "./" && to != "a/" && to != "assets/" && !strings.HasPrefix(to, "a/?") {
			t.Errorf("is led to %q", to)
		}
		if w.Header().Get("X-Content-Type-Options") != "nosniff" {
			t.Error("browsers may guess what it is")
		}
	})
}
