package main

import (
	"context"
	"fmt"
	"net"
	"sync"
	"time"
)

// A relay is a slow line between browsers and a server: what the browser's own emulation leaves out is in it. Every
// connection costs its round trips, that of TCP and those of TLS; all connections share one line; and each begins
// slowly, as TCP does: ten packets, then two more for each that has arrived. It loses nothing. Where the system has
// it, tc netem would delay packets instead; but it needs root, and many kernels lack it.
type relay struct {
	listener net.Listener
	to       string // address of the server
	down, up *direction

	ctx  context.Context
	end  context.CancelFunc
	done sync.WaitGroup
}

// direction is one direction of a line.
type direction struct {
	rate  float64       // bytes a second
	delay time.Duration // from one end to the other

	mu   sync.Mutex
	free time.Time // when the line has sent what it was given so far
}

const (
	packet = 1460        // bytes of a TCP segment on Ethernet
	window = 10 * packet // that a connection sends before it hears that anything has arrived (RFC 6928)
)

// newRelay starts a line to a server with the profile's delay and rates.
func newRelay(ctx context.Context, to string, p Profile) (*relay, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("starting a slow line: %w", err)
	}
	delay := time.Duration(p.Latency * float64(time.Millisecond) / 2)
	r := &relay{
		listener: l, to: to,
		down: &direction{rate: p.Down / 8, delay: delay}, up: &direction{rate: p.Up / 8, delay: delay},
	}
	r.ctx, r.end = context.WithCancel(ctx)
	r.done.Go(r.accept)
	return r, nil
}

func (r *relay) address() string { return r.listener.Addr().String() }

// stop ends the line, and all connections on it.
func (r *relay) stop() {
	r.end()
	_ = r.listener.Close()
	r.done.Wait()
}

func (r *relay) accept() {
	for {
		browser, err := r.listener.Accept()
		if err != nil {
			return // it was closed
		}
		server, err := net.Dial("tcp", r.to)
		if err != nil {
			_ = browser.Close()
			continue
		}
		// The browser is connected at once, as it cannot be on a real line: what it sends first waits for that.
		connected := time.Now().Add(r.up.delay + r.down.delay)
		connection, end := context.WithCancel(r.ctx)
		context.AfterFunc(connection, func() {
			_ = browser.Close()
			_ = server.Close()
		})
		var both sync.WaitGroup
		both.Go(func() { r.up.carry(connection, server, browser, r.down.delay, connected) })
		both.Go(func() { r.down.carry(connection, browser, server, r.up.delay, connected) })
		r.done.Go(func() {
			both.Wait()
			end()
		})
	}
}

// sent is what is on its way.
type sent struct {
	data    []byte
	arrives time.Time
}

// carry copies from one end to the other until that ends. back is how long it takes for the news of an arrival to
// come back; nothing is sent before start.
func (d *direction) carry(ctx context.Context, to, from net.Conn, back time.Duration, start time.Time) {
	way := make(chan sent, 1<<12)
	var arriving sync.WaitGroup
	arriving.Go(func() {
		for s := range way {
			if until(ctx, s.arrives) != nil {
				continue
			}
			if _, err := to.Write(s.data); err != nil {
				_ = from.Close() // nobody listens any more
			}
		}
		if c, ok := to.(*net.TCPConn); ok {
			_ = c.CloseWrite()
		}
	})
	defer arriving.Wait()
	defer close(way)
	flying, most := 0, window
	var unheard []sent // what has not been heard of yet, with when that will be
	for {
		data := make([]byte, packet)
		n, err := from.Read(data)
		if n > 0 {
			if until(ctx, start) != nil {
				return
			}
			for {
				for len(unheard) > 0 && !time.Now().Before(unheard[0].arrives) {
					flying -= len(unheard[0].data)
					most += len(unheard[0].data)
					unheard = unheard[1:]
				}
				if flying+n <= most {
					break
				}
				if until(ctx, unheard[0].arrives) != nil {
					return
				}
			}
			s := sent{data[:n], d.send(n)}
			way <- s
			flying += n
			unheard = append(unheard, sent{s.data, s.arrives.Add(back)})
		}
		if err != nil {
			return
		}
	}
}

// send puts bytes on the line, behind all that is waiting, and returns when they arrive.
func (d *direction) send(n int) time.Time {
	d.mu.Lock()
	defer d.mu.Unlock()
	if now := time.Now(); d.free.Before(now) {
		d.free = now
	}
	d.free = d.free.Add(time.Duration(float64(n) / d.rate * float64(time.Second)))
	return d.free.Add(d.delay)
}

// until waits until a time.
func until(ctx context.Context, at time.Time) error { return pause(ctx, time.Until(at)) }
