// Command release makes the archives with which editors work who have no Go: sharh for Linux, macOS and Windows, with
// the client inside.
//
//	go run ./cmd/release                      all archives, checksums and the list of parts, into build/release
//	go run ./cmd/release -targets linux/amd64 one of them
//	go run ./cmd/release -notice              NOTICE, the licences of what is in them
//
// The same source and the same release of Go make the same bytes in any folder, for any user. The archive for this
// machine is tried before the program ends: unpacked, without Go, it makes, checks, builds and serves an explainer.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"
)

// targets are the systems for which there are archives, as Go names them.
var targets = []string{
	"linux/amd64", "linux/arm64", "darwin/amd64", "darwin/arm64", "windows/amd64", "windows/arm64",
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:]); err != nil {
		fmt.Fprintf(os.Stderr, "release: %v\n", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string) error {
	flags := flag.NewFlagSet("release", flag.ExitOnError)
	version := flags.String("version", "unreleased", "name of the release, such as 1.4.0")
	date := flags.String("date", "2026-01-01T00:00:00Z", "time of the files in archives, that of the commit (RFC 3339)")
	out := flags.String("out", "build/release", "folder for the archives; what it holds of an earlier release is removed")
	notice := flags.Bool("notice", false, "write NOTICE instead, the licences of what is in the archives")
	of := flags.String("targets", strings.Join(targets, ","), "for which systems")
	if err := flags.Parse(args); err != nil {
		return err
	}
	at, err := time.Parse(time.RFC3339, *date)
	if err != nil {
		return fmt.Errorf("reading -date: %w", err)
	}
	r := release{version: *version, date: at.UTC(), out: *out, targets: strings.Split(*of, ",")}
	if *notice {
		return r.notice(ctx)
	}
	archives, err := r.make(ctx)
	if err != nil {
		return fmt.Errorf("making release %s: %w", r.version, err)
	}
	here := runtime.GOOS + "/" + runtime.GOARCH
	if i := slices.Index(r.targets, here); i >= 0 && strings.HasSuffix(archives[i], ".tar.gz") {
		fmt.Println("trying", archives[i])
		if err := try(ctx, filepath.Join(r.out, archives[i])); err != nil {
			return fmt.Errorf("trying %s: %w", archives[i], err)
		}
	}
	return nil
}
