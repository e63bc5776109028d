package main

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strconv"
	"syscall"
	"time"
)

// listening says where and how to serve.
type listening struct {
	host        string
	port        int              // or the next free one
	certificate *tls.Certificate // nil for no TLS
	patience    time.Duration    // how long open requests may take once serving is to end
}

// patience is how long open requests may take. A page of a preview takes a second or two to make.
const patience = 5 * time.Second

// serve listens, prints the address, and calls the functions in then with it. When ctx ends, it takes no more requests
// and waits for those that are open.
func (m *Main) serve(ctx context.Context, l listening, handler http.Handler, then ...func(address string)) error {
	listener, err := m.listen(l.host, l.port)
	if err != nil {
		return err
	}
	server := &http.Server{
		Handler: handler, ReadHeaderTimeout: 10 * time.Second,
		// What would go on for ever, such as the news of a preview to its pages, ends with ctx.
		BaseContext: func(net.Listener) context.Context { return ctx },
	}
	run, scheme := func() error { return server.Serve(listener) }, "http"
	if l.certificate != nil {
		server.TLSConfig = &tls.Config{Certificates: []tls.Certificate{*l.certificate}, MinVersion: tls.VersionTLS12}
		run, scheme = func() error { return server.ServeTLS(listener, "", "") }, "https"
	}
	address := fmt.Sprintf("%s://%s/", scheme, listener.Addr())
	fmt.Fprintf(m.Stdout, "serving %s (Ctrl+C ends it)\n", address)
	done := make(chan error, 1)
	go func() { done <- run() }()
	for _, f := range then {
		f(address)
	}
	select {
	case err := <-done:
		return fmt.Errorf("serving: %w", err)
	case <-ctx.Done():
	}
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), l.patience)
	defer cancel()
	if err := server.Shutdown(last); err != nil {
		_ = server.Close()
		fmt.Fprintf(m.Stderr, "sharh: a request was still open after %s, and was broken off\n", l.patience)
	}
	return nil
}

// listen listens on a port, or on the next free one.
func (m *Main) listen(host string, port int) (net.Listener, error) {
	const tries = 50
	for p := port; p < port+tries; p++ {
		listener, err := net.Listen("tcp", net.JoinHostPort(host, strconv.Itoa(p)))
		if err == nil {
			if p != port {
				fmt.Fprintf(m.Stdout, "port %d is in use; taking %d\n", port, p)
			}
			return listener, nil
		}
		if !errors.Is(err, syscall.EADDRINUSE) {
			return nil, fmt.Errorf("listening on %s:%d: %w", host, p, err)
		}
	}
	return nil, fmt.Errorf("no free port from %d to %d: %w", port, port+tries-1, syscall.EADDRINUSE)
}
