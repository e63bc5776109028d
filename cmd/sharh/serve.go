package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/signal"
	"strconv"
	"syscall"
	"time"

	"sharh/app/site"
)

type serveCommand struct {
	buildFlags
	Host string `help:"Address to listen on." default:"127.0.0.1"`
	Port int    `help:"Port; the next free one is taken when it is in use." default:"8080"`
}

// Run builds the site, then serves it until interrupted.
func (c *serveCommand) Run(m *Main) error {
	if err := m.build(c.buildFlags, true); err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	return m.serve(ctx, c.Host, c.Port, site.Handler(os.DirFS(c.Out)))
}

// serve listens on the port, or the next free one, and prints the address.
func (m *Main) serve(ctx context.Context, host string, port int, handler http.Handler) error {
	const tries = 50
	var listener net.Listener
	var err error
	for p := port; p < port+tries; p++ {
		listener, err = net.Listen("tcp", net.JoinHostPort(host, strconv.Itoa(p)))
		if err == nil {
			if p != port {
				fmt.Fprintf(m.Stdout, "port %d is in use; taking %d\n", port, p)
			}
			break
		}
		if !errors.Is(err, syscall.EADDRINUSE) {
			return fmt.Errorf("listening on %s:%d: %w", host, p, err)
		}
	}
	if listener == nil {
		return fmt.Errorf("no free port from %d to %d: %w", port, port+tries-1, err)
	}
	fmt.Fprintf(m.Stdout, "serving http://%s/ (Ctrl+C ends it)\n", listener.Addr())
	server := &http.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second}
	done := make(chan error, 1)
	go func() { done <- server.Serve(listener) }()
	select {
	case err := <-done:
		return fmt.Errorf("serving: %w", err)
	case <-ctx.Done():
		_ = server.Close() // readers of a local preview lose nothing
		return nil
	}
}
