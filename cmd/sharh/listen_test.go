package main

import (
	"bufio"
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"sharh/app/site/hosting"
)

// Interrupted, a server takes no more requests, and waits for those that are open, but not for ever.
func TestServeWaitsForOpenRequests(t *testing.T) {
	for name, c := range map[string]struct {
		patience time.Duration
		ends     bool
	}{"one that ends": {time.Hour, true}, "one that does not": {time.Millisecond, false}} {
		t.Run(name, func(t *testing.T) {
			arrived, release := make(chan struct{}), make(chan struct{})
			handler := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				close(arrived)
				<-release
				fmt.Fprint(w, "whole")
			})
			var said bytes.Buffer
			m := Main{Stdout: io.Discard, Stderr: &said}
			ctx, interrupt := context.WithCancel(t.Context())
			defer interrupt()
			address, ended := make(chan string, 1), make(chan error, 1)
			go func() {
				ended <- m.serve(ctx, listening{host: "127.0.0.1", patience: c.patience}, handler, func(at string) { address <- at })
			}()
			at := <-address
			got := make(chan string, 1)
			go func() {
				r, err := http.Get(at)
				if err != nil {
					got <- err.Error()
					return
				}
				defer r.Body.Close()
				body, _ := io.ReadAll(r.Body)
				got <- string(body)
			}()
			<-arrived
			interrupt()
			if !c.ends {
				if err := <-ended; err != nil || !strings.Contains(said.String(), "still open") {
					t.Errorf("got %v and %q, want word of what was broken off", err, said.String())
				}
				close(release)
				if body := <-got; body == "whole" {
					t.Error("the request was answered after the server had ended")
				}
				return
			}
			u, err := url.Parse(at)
			if err != nil {
				t.Fatal(err)
			}
			for taken := true; taken; { // until it takes no more
				connection, err := net.Dial("tcp", u.Host)
				if taken = err == nil; taken {
					connection.Close()
				}
			}
			close(release)
			if body := <-got; body != "whole" {
				t.Errorf("the open request got %q", body)
			}
			if err := <-ended; err != nil || said.Len() > 0 {
				t.Errorf("got %v and %q", err, said.String())
			}
		})
	}
}

// The preview over TLS is HTTP/2, on this machine alone, with the headers of the table, and ends when it is told to.
func TestServeOverTLS(t *testing.T) {
	folder := t.TempDir()
	t.Setenv("HOME", folder)
	t.Setenv("XDG_CONFIG_HOME", filepath.Join(folder, "config"))
	client, exec := filepath.Join(folder, "client.wasm"), filepath.Join(folder, "exec.js")
	for name, text := range map[string]string{client: "\x00asm", exec: "var x = 1;"} {
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	out, in := io.Pipe()
	var said bytes.Buffer
	m := Main{Stdout: in, Stderr: &said}
	ended := make(chan int, 1)
	go func() {
		ended <- m.Run([]string{"serve", "--lang", "en", "--content", contentDir, "--client", client, "--exec", exec, "--cache", t.TempDir(), "--tls", "sample"})
		in.Close()
	}()
	certificate, address, printed := "", "", ""
	lines := bufio.NewScanner(out)
	for address == "" && lines.Scan() {
		printed += lines.Text() + "\n"
		if at, ok := strings.CutPrefix(lines.Text(), "certificate: "); ok {
			certificate = at
		}
		if at, ok := strings.CutPrefix(lines.Text(), "serving "); ok {
			address, _, _ = strings.Cut(at, " ")
		}
	}
	go func() { _, _ = io.Copy(io.Discard, out) }()
	if !strings.HasPrefix(address, "https://127.0.0.1:") || !strings.Contains(printed, howToTrust(certificate)) {
		t.Fatalf("got\n%s%s\nwant an https address of this machine alone, and how to trust the certificate", printed, said.String())
	}
	pem, err := os.ReadFile(certificate)
	if err != nil {
		t.Fatal(err)
	}
	trusted := x509.NewCertPool()
	trusted.AppendCertsFromPEM(pem)
	browser := http.Client{Transport: &http.Transport{
		TLSClientConfig: &tls.Config{RootCAs: trusted}, ForceAttemptHTTP2: true, DisableCompression: true,
	}}
	get := func(at string) (*http.Response, string) {
		t.Helper()
		r, err := browser.Get(address + at)
		if err != nil {
			t.Fatal(err)
		}
		defer r.Body.Close()
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Fatal(err)
		}
		return r, string(body)
	}
	for at, want := range map[string]struct {
		file, has string
		status    int
	}{
		"":                   {"index.html", "<main", http.StatusOK},
		"sample/":            {"sample/index.html", "<main", http.StatusOK},
		"sample/ar/":         {"sample/ar/index.html", `lang="ar"`, http.StatusOK},
		"embed.js":           {"embed.js", "", http.StatusOK},
		"sample/sw.js":       {"sample/sw.js", "", http.StatusOK},
		"sample/ar/nothing/": {"sample/ar/404.html", `<html lang="ar"`, http.StatusNotFound},
		"nothing":            {"404.html", `href="/"`, http.StatusNotFound},
	} {
		r, body := get(at)
		if r.ProtoMajor != 2 || r.StatusCode != want.status || !strings.Contains(body, want.has) {
			t.Errorf("/%s: got %s, status %d; want HTTP/2, %d and %q in it", at, r.Proto, r.StatusCode, want.status, want.has)
		}
		for _, h := range append(hosting.Always, hosting.Header{"Content-Type", hosting.Type(want.file)},
			hosting.Header{"Cache-Control", hosting.Of(want.file).Cache}) {
			if h[0] == "Access-Control-Allow-Origin" {
				h[1] = "" // what is not published yet is not for other sites
			}
			if got := r.Header.Get(h[0]); got != h[1] {
				t.Errorf("/%s: got %s: %q, want %q", at, h[0], got, h[1])
			}
		}
	}
	// A page that waits for news does not keep the server.
	news, err := browser.Get(address + "_preview/events?page=sample/index.html")
	if err != nil {
		t.Fatal(err)
	}
	defer news.Body.Close()
	self, err := os.FindProcess(os.Getpid())
	if err != nil {
		t.Fatal(err)
	}
	if err := self.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if code := <-ended; code != 0 || strings.Contains(said.String(), "broken off") {
		t.Errorf("ended with %d:\n%s", code, said.String())
	}
}

func TestOwnCertificate(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "sharh")
	now := time.Now()
	get := func(host string, at time.Time) string {
		t.Helper()
		pair, err := ownCertificate(folder, host, at)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range []string{host, "localhost", "127.0.0.1", "::1"} {
			if err := pair.Leaf.VerifyHostname(name); err != nil {
				t.Errorf("for %s: %v", host, err)
			}
		}
		if pair.Leaf.IsCA || at.Before(pair.Leaf.NotBefore) || at.After(pair.Leaf.NotAfter) {
			t.Errorf("got an authority (%v), or one from %s to %s", pair.Leaf.IsCA, pair.Leaf.NotBefore, pair.Leaf.NotAfter)
		}
		return pair.Leaf.SerialNumber.String()
	}
	first := get("127.0.0.1", now)
	if get("localhost", now) != first {
		t.Error("a certificate was made though there was one")
	}
	info, err := os.Stat(filepath.Join(folder, keyFile))
	if err != nil || info.Mode() != fs.FileMode(0o600) {
		t.Errorf("the key: got mode %v, %v; want one that only its owner reads", info.Mode(), err)
	}
	second := get("192.0.2.7", now)
	third := get("192.0.2.7", now.AddDate(1, 0, 0))
	if err := os.WriteFile(filepath.Join(folder, certificateFile), []byte("damaged"), 0o644); err != nil {
		t.Fatal(err)
	}
	fourth := get("desk.example.org", now)
	if seen := map[string]bool{first: true, second: true, third: true, fourth: true}; len(seen) != 4 {
		t.Errorf("for another host, at its end, or damaged: got %d certificates, want 4", len(seen))
	}
	if _, err := ownCertificate(filepath.Join(folder, keyFile), "localhost", now); err == nil {
		t.Error("no error where a certificate cannot be kept")
	}
}
