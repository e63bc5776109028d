package main

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// What goes through a slow line arrives whole, and never sooner than the line allows.
func TestRelayIsSlow(t *testing.T) {
	body := bytes.Repeat([]byte("0123456789abcdef"), 4000) // 64 KB: more than a window
	server := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		w.Header().Set("Content-Length", strconv.Itoa(len(body)))
		_, _ = w.Write(body)
	}))
	defer server.Close()
	const latency, rate = 40.0, 4e6
	r, err := newRelay(t.Context(), strings.TrimPrefix(server.URL, "https://"), Profile{Latency: latency, Down: rate, Up: rate})
	if err != nil {
		t.Fatal(err)
	}
	defer r.stop()
	get := func() {
		answer, err := server.Client().Post("https://"+r.address(), "text/plain", bytes.NewReader(body))
		if err != nil {
			t.Error(err)
			return
		}
		defer answer.Body.Close()
		if got, err := io.ReadAll(answer.Body); err != nil || !bytes.Equal(got, body) {
			t.Errorf("got %d bytes, want the %d that were sent (%v)", len(got), len(body), err)
		}
	}
	ms := func(do func()) float64 {
		start := time.Now()
		do()
		return float64(time.Since(start)) / float64(time.Millisecond)
	}
	line := float64(len(body)) * 8 / rate * 1000 // for one body, one way
	// TCP, TLS and the request are a round trip each.
	if got, least := ms(get), 3*latency+2*line; got < least {
		t.Errorf("on a new connection: got %.0f ms, want at least %.0f", got, least)
	}
	if got, least := ms(get), latency+2*line; got < least {
		t.Errorf("on a connection that is there: got %.0f ms, want at least %.0f", got, least)
	}
	var all sync.WaitGroup
	if got, least := ms(func() {
		for range 3 {
			all.Go(get)
		}
		all.Wait()
	}), 3*line; got < least {
		t.Errorf("three at once: got %.0f ms, want at least %.0f", got, least)
	}
}
