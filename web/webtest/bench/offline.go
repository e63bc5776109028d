package main

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"sync/atomic"
	"time"

	"sharh/app/site/hosting"
)

// Start is how long opening the explainer took, from the navigation to the largest paint, in ms: online in a browser
// that has visited before and has its caches, and offline in one that has saved the explainer; both in turn. The
// browser was not running before, so online it must connect first.
type Start struct {
	Profile string    `json:"profile"`
	Online  []float64 `json:"online"`
	Offline []float64 `json:"offline"`
}

// starts measures both on a profile.
func starts(ctx context.Context, dist, path string, p Profile, runs int) (*Start, error) {
	var down atomic.Bool
	handler := hosting.Handler(os.DirFS(dist))
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if down.Load() {
			panic(http.ErrAbortHandler)
		}
		handler.ServeHTTP(w, r)
	}))
	server.Config.ErrorLog = nil
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("serving the site to be saved: %w", err)
	}
	server.Listener = distant{l, time.Duration(3 * p.Latency * float64(time.Millisecond))}
	server.Start()
	defer server.Close()
	s := Site{Title: "sharh", URL: server.URL + path + "?wasm=off", js: sharhJS}

	// The folders of two browsers: one has visited, one has saved.
	folders := map[bool]string{}
	for _, saved := range []bool{false, true} {
		folder, err := os.MkdirTemp("", "sharh-bench-")
		if err != nil {
			return nil, fmt.Errorf("making a browser's folder: %w", err)
		}
		defer os.RemoveAll(folder)
		folders[saved] = folder
		if err := prepareStart(ctx, folder, p, s, saved); err != nil {
			return nil, fmt.Errorf("preparing starts on the %s: %w", p.Name, err)
		}
	}
	result := &Start{Profile: p.Name}
	for range runs {
		for _, saved := range []bool{false, true} {
			down.Store(saved)
			ms, err := start(ctx, folders[saved], p, s)
			if err != nil {
				return nil, fmt.Errorf("starting on the %s, saved %v: %w", p.Name, saved, err)
			}
			if saved {
				result.Offline = append(result.Offline, ms)
			} else {
				result.Online = append(result.Online, ms)
			}
		}
	}
	return result, nil
}

// distant is a listener whose connections delay the first answer as on the profile's network, by three round trips:
// one for TCP, one for TLS 1.3 (browsers require TLS for saving a page) and one for the request. This is needed
// because the browser's own throttling slows requests but not connecting. Looking up the host name is not included.
type distant struct {
	net.Listener
	first time.Duration
}

func (d distant) Accept() (net.Conn, error) {
	c, err := d.Listener.Accept()
	if err != nil {
		return nil, err
	}
	return &distantConn{Conn: c, ready: time.Now().Add(d.first)}, nil
}

type distantConn struct {
	net.Conn
	ready time.Time
}

func (c *distantConn) Read(b []byte) (int, error) {
	n, err := c.Conn.Read(b)
	<-time.After(time.Until(c.ready)) // no delay after the first answer
	return n, err
}

// prepareStart visits the page, and saves it if that is wanted.
func prepareStart(ctx context.Context, folder string, p Profile, s Site, save bool) error {
	t, done, err := openIn(ctx, folder, p, s)
	if err != nil {
		return err
	}
	defer done()
	if err := t.goTo(s.URL); err != nil {
		return err
	}
	if err := t.until("the page is laid out", `performance.getEntriesByName("sharh:placed").length`); err != nil {
		return err
	}
	if save {
		if err := t.eval(`document.querySelector("[data-save]").click() || 1`, new(int)); err != nil {
			return err
		}
		if err := t.until("the dialog is open", `document.querySelector("dialog.offline[open] button")`); err != nil {
			return err
		}
		if err := t.eval(`document.querySelector("dialog.offline button").click() || 1`, new(int)); err != nil {
			return err
		}
		if err := t.until("the page is saved", `document.querySelector("[data-saved]")`); err != nil {
			return err
		}
	}
	return pause(ctx, settle)
}

// start opens the page in a browser that has been used before.
func start(ctx context.Context, folder string, p Profile, s Site) (float64, error) {
	t, done, err := openIn(ctx, folder, p, s)
	if err != nil {
		return 0, err
	}
	defer done()
	if _, err := t.slow(); err != nil {
		return 0, err
	}
	if err := t.goTo(s.URL); err != nil {
		return 0, err
	}
	if err := t.until("the page is painted", `window.__bench?.seen.lcp`); err != nil {
		return 0, err
	}
	if err := pause(ctx, settle); err != nil {
		return 0, err
	}
	var ms float64
	err = t.eval("__bench.seen.lcp", &ms)
	return ms, err
}
