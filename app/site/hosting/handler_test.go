package hosting

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"
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
