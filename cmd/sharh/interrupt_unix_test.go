//go:build unix

package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// interrupting interrupts this program when it has said a word.
type interrupting struct {
	bytes.Buffer
	t        *testing.T
	when     string
	received chan os.Signal // tells that the signal has come
}

func (i *interrupting) Write(data []byte) (int, error) {
	if i.when != "" && bytes.Contains(data, []byte(i.when)) {
		i.when = ""
		if err := syscall.Kill(os.Getpid(), syscall.SIGINT); err != nil {
			i.t.Error(err)
		}
		<-i.received
	}
	return i.Buffer.Write(data)
}

// Whenever a build is interrupted, the old site is there, whole, with nothing beside it; and the next build is right.
func TestInterruptedBuilds(t *testing.T) {
	b := build(t, 10)
	received := make(chan os.Signal, 1)
	signal.Notify(received, os.Interrupt)
	defer signal.Stop(received)
	var old map[string]string
	b.built(t)
	for _, when := range []string{"planned 2 of 10", "written 2 of 10"} {
		var err error
		// The build may end before it notices the signal: then that was no interruption, and the next one is interrupted.
		for try := 0; err == nil && try < 10; try++ {
			for i := range 10 {
				one(t, b.Content, i, fmt.Sprintf("Bridge %d before %s for %d", i, strings.Fields(when)[0], try))
			}
			old = files(t, b.Out)
			said := &interrupting{t: t, when: when, received: received}
			b.said = said
			err = b.run()
			if said.when != "" {
				t.Fatalf("it never said %q, but: %s; %v", when, said, err)
			}
		}
		if err == nil || !strings.Contains(err.Error(), "interrupted; ") || !strings.Contains(err.Error(), "is as it was") {
			t.Errorf("%s: got %v", when, err)
		}
		same(t, "interrupted at "+when, files(t, b.Out), old)
		entries, err := os.ReadDir(b.room)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			if strings.HasPrefix(e.Name(), ".") {
				t.Errorf("%s: %s is left", when, e.Name())
			}
		}
		b.said = io.Discard
		old = b.built(t)
	}
	b.Cache, b.Out = "", filepath.Join(b.room, "fresh")
	same(t, "after all that", old, b.built(t))
}
