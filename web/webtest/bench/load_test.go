package main

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestLoadTable(t *testing.T) {
	run := func(requests, p99, lost, busy float64) Load {
		return Load{Requests: requests, Bytes: requests * 500, Micros: 1e7, P50: 1000, P99: p99, P999: 9000, Lost: lost, Busy: busy}
	}
	views := []*View{
		{Name: "ours", site: "Sharh", Paths: []string{"/", "/a", "/b", "/c"}, Runs: []Load{run(4000, 2000, 0, 0.1), run(8000, 4000, 3, 0.1), run(40_000, 6000, 0, 0.1)}},
		{Name: "theirs", site: "peers", Paths: []string{"/", "/a"}, Runs: []Load{run(8000, 3000, 0, 0.5)}},
	}
	var b bytes.Buffer
	if err := loadTable(&b, views); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"ours 4 2.0 200 0.50 1.00 4.00 9.00 3", "theirs 2 1.0 400 1.00 1.00 3.00 9.00 0", "up to 50 %: trust ratios only"} {
		if got := strings.Join(strings.Fields(b.String()), " "); !strings.Contains(got, want) {
			t.Errorf("got\n%s\nwant %q in it", b.String(), want)
		}
	}
}

// What wrk prints at the end is read, and what it asks for is what a view asks for.
func TestPress(t *testing.T) {
	if _, err := exec.LookPath("wrk"); err != nil {
		t.Skipf("not run: wrk is not installed (Debian: apt-get install wrk)")
	}
	asked := make(chan string, 4)
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		select {
		case asked <- r.URL.Path + " " + r.Header.Get("If-None-Match"):
		default:
		}
	}))
	defer server.Close()
	script := filepath.Join(t.TempDir(), "load.lua")
	if err := os.WriteFile(script, loadScript, 0o644); err != nil {
		t.Fatal(err)
	}
	l, err := press(t.Context(), script, server.URL, time.Second, []string{`/page/ "tag"`, "/a.js"})
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{<-asked: true, <-asked: true, <-asked: true, <-asked: true}
	if l.Requests == 0 || l.Lost > 0 || l.P99 < l.P50 || !seen[`/page/ "tag"`] || !seen["/a.js "] {
		t.Errorf("got %+v, asked for %v", l, seen)
	}
}
