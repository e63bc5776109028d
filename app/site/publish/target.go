package publish

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
)

// Target is where a site is served: a folder or a store. Paths are relative to it. Errors say what was attempted, and
// are fs.ErrNotExist where there is no object.
type Target interface {
	fmt.Stringer
	// check returns an error if nothing can be published there.
	check(ctx context.Context) error
	// tidy removes what runs that were killed left, for which nobody else has a name.
	tidy(ctx context.Context) error
	// foreign returns the path of something that is not the publisher's own, "" if there is nothing.
	foreign(ctx context.Context) (string, error)
	// fits reports whether the target can be seen to be served under a base path.
	fits(base string) bool
	// form returns the form in which a file of a site is published, nil if it is not.
	form(*item) *item
	// sum returns the sum of the object at a path as write left it, "?" if something else wrote it.
	sum(ctx context.Context, path string) (string, error)
	// read returns a small object and a tag, which another object at the path would not have.
	read(ctx context.Context, path string) (data []byte, tag string, err error)
	// swap writes a small object if the one at the path has a tag, or if there is none and the tag is "". It returns the
	// new tag, or errChanged.
	swap(ctx context.Context, path, tag string, data []byte) (string, error)
	write(ctx context.Context, i *item) error
	copy(ctx context.Context, from, to string) error
	// remove removes an object, if it is there.
	remove(ctx context.Context, path string) error
}

var errChanged = errors.New("the object is another one by now")

// Connection says how to reach a store.
type Connection struct {
	// Endpoint is the address of the store, "" for that in the environment, or Amazon's.
	Endpoint string
	// Plain stores files as they are, for stores behind a network that compresses.
	Plain bool
}

// Open returns the target of a name: "s3://bucket/prefix", or a folder.
func Open(name string, c Connection) (Target, error) {
	if rest, ok := strings.CutPrefix(name, "s3://"); ok {
		return openStore(rest, c)
	}
	if kind, _, ok := strings.Cut(name, "://"); ok {
		return nil, fmt.Errorf("publishing to %s:// is not known; name a folder or s3://bucket/prefix, or let another tool "+
			"follow the list that --plan writes", kind)
	}
	if c.Endpoint != "" {
		return nil, fmt.Errorf("%s is a folder, which has no endpoint; a store is named s3://bucket/prefix", name)
	}
	return &folder{name: name}, nil
}

// atOnce is how many requests are under way at the same time.
const atOnce = 8

// each calls work for 0 to n-1, some at the same time. After a failure, or when the context ends, no more are begun. It
// returns the first failure.
func each(ctx context.Context, n int, work func(ctx context.Context, i int) error) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	next := make(chan int)
	var wg sync.WaitGroup
	for range min(n, atOnce) {
		wg.Go(func() {
			for i := range next {
				if err := work(ctx, i); err != nil {
					cancel(err)
				}
			}
		})
	}
	for i := 0; i < n && ctx.Err() == nil; i++ {
		select {
		case next <- i:
		case <-ctx.Done():
		}
	}
	close(next)
	wg.Wait()
	return context.Cause(ctx)
}
