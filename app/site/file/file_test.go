package file

import (
	"strings"
	"testing"
)

func TestOwner(t *testing.T) {
	for file, want := range map[string]string{
		"bridge/index.html": "bridge", "bridge/en/call/3/map.svg.br": "bridge", "index.html": "index.html", "demo/index.html": "demo",
		"assets/story.bridge.ar.0123456789ab.json": "bridge", "assets/card.bridge.en.call.3.0123456789ab.png": "bridge",
		"assets/depth.bridge.ar.0123456789ab.txt.br": "bridge", "assets/offline.ar.0123456789ab.js": "", "assets/offline.ar.0123456789ab.js.gz": "",
		"assets/client.0123456789ab.wasm": "",
	} {
		if got := Owner(file); got != want {
			t.Errorf("%s: got %q, want %q", file, got, want)
		}
	}
}

func TestRelative(t *testing.T) {
	for _, c := range [][3]string{
		{"", "sw.js", "sw.js"}, {"a/", "a/sw.js", "sw.js"}, {"a/en/", "a/sw.js", "../sw.js"}, {"a/en/call/3/", "a/en/m", "../../m"}, {"a/", "sw.js", "../sw.js"}, {"a/", "ab/x", "../ab/x"},
	} {
		if got := Relative(c[0], c[1]); got != c[2] {
			t.Errorf("Relative(%q, %q): got %q, want %q", c[0], c[1], got, c[2])
		}
	}
}

func TestParseBase(t *testing.T) {
	for text, want := range map[string]Base{
		"": "/", "/": "/", "/x": "/x/", "/x/y/": "/x/y/", "//": "/", "/x//y": "/x/y/", "/v1.2_a~b-c/": "/v1.2_a~b-c/",
		"https://example.org": "https://example.org/", "https://example.org:8443/x/y": "https://example.org:8443/x/y/",
		"http://example.org/x/": "http://example.org/x/",
		// Refused:
		"x": "", "explainers/": "", "example.org/explainers/": "", "//example.org/x/": "", "ftp://example.org/": "", "https:///x/": "",
		"https:x": "", "/x/?a=b": "", "/x/#a": "", "/x/#": "", "/x?": "", "https://name@example.org/": "", "/a b/": "", "/x/../y/": "", "/.x/": "",
		"/شرح/": "", "/%2e%2e/": "", "/{x}/": "", "/x;/": "", "/$x/": "", `/"x"/`: "", "/*/": "", "https://example.org/%zz/": "", `\\x\`: "",
	} {
		got, err := ParseBase(text)
		if got != want || (err == nil) != (want != "") {
			t.Errorf("%q: got %q, %v; want %q", text, got, err, want)
		}
		if err != nil && strings.Contains(err.Error(), "\n") {
			t.Errorf("%q: more than one line: %v", text, err)
		}
	}
}
