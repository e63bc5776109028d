package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"sharh/app/site/wasm"
)

// guide is the README.md of an archive.
//
//go:embed guide.md
var guide string

// release is what is to be made, from the source in the folder dir.
type release struct {
	dir     string // "" is the working folder
	version string
	date    time.Time
	out     string
	targets []string
}

// compiled is a program of ours, for a system.
type compiled struct {
	target, program string
}

// programs are what is in the archives.
func (r release) programs() []compiled {
	all := []compiled{{"js/wasm", "./cmd/client"}}
	for _, target := range r.targets {
		all = append(all, compiled{target, "./cmd/sharh"})
	}
	return all
}

// make makes the archives, a file of checksums and the list of parts. It returns the names of the archives, in the
// order of the targets.
func (r release) make(ctx context.Context) ([]string, error) {
	work, err := os.MkdirTemp("", "sharh-release-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(work)
	parts, err := r.parts(ctx)
	if err != nil {
		return nil, fmt.Errorf("listing the parts: %w", err)
	}
	overlay, err := r.inside(ctx, work)
	if err != nil {
		return nil, err
	}
	if err := r.clear(); err != nil {
		return nil, err
	}
	var archives []string
	for _, target := range r.targets {
		system, processor, _ := strings.Cut(target, "/")
		program := filepath.Join(work, "sharh")
		if _, err := r.golang(ctx, target,
			"build", "-trimpath", "-buildvcs=false", "-tags=release", "-overlay="+overlay,
			"-ldflags=-s -w -buildid= -X main.released="+r.version, "-o", program, "./cmd/sharh"); err != nil {
			return nil, fmt.Errorf("compiling for %s: %w", target, err)
		}
		files, err := r.files(program, system)
		if err != nil {
			return nil, err
		}
		name := fmt.Sprintf("sharh-%s-%s-%s", r.version, system, processor)
		packed, ending, err := pack(system, name, files, r.date)
		if err != nil {
			return nil, fmt.Errorf("packing for %s: %w", target, err)
		}
		if err := os.WriteFile(filepath.Join(r.out, name+ending), packed, 0o644); err != nil {
			return nil, err
		}
		archives = append(archives, name+ending)
	}
	list := fmt.Sprintf("sharh-%s.cdx.json", r.version)
	if err := os.WriteFile(filepath.Join(r.out, list), parts, 0o644); err != nil {
		return nil, err
	}
	return archives, r.sums(append(slices.Clone(archives), list))
}

// sumsName is the file of checksums, in the form that sha256sum --check reads.
const sumsName = "SHA256SUMS"

// clear makes the folder for the archives. What an earlier run wrote there goes, so that checksums and archives are of
// one release; anything else stays.
func (r release) clear() error {
	for _, pattern := range []string{"sharh-*.tar.gz", "sharh-*.zip", "sharh-*.cdx.json", sumsName} {
		old, err := filepath.Glob(filepath.Join(r.out, pattern))
		if err != nil {
			return err
		}
		for _, name := range old {
			if err := os.Remove(name); err != nil {
				return err
			}
		}
	}
	return os.MkdirAll(r.out, 0o755)
}

// inside compiles the client, and returns a file that tells the compiler where cmd/sharh finds it (go help build,
// -overlay), so that no compiled file ever lies among the source.
func (r release) inside(ctx context.Context, work string) (overlay string, err error) {
	client := filepath.Join(work, "client.wasm")
	slim := filepath.Join(r.dir, "build", "slim")
	if err := wasm.Compile(ctx, wasm.Options{Dir: r.dir, Out: client, Work: slim}); err != nil {
		return "", err
	}
	script, err := wasm.Script(ctx)
	if err != nil {
		return "", err
	}
	root, err := filepath.Abs(r.dir)
	if err != nil {
		return "", err
	}
	replace, err := json.Marshal(map[string]map[string]string{"Replace": {
		filepath.Join(root, "cmd", "sharh", "client.wasm"):  client,
		filepath.Join(root, "cmd", "sharh", "wasm_exec.js"): script,
	}})
	if err != nil {
		return "", err
	}
	overlay = filepath.Join(work, "overlay.json")
	return overlay, os.WriteFile(overlay, replace, 0o644)
}

// packed is a file of an archive.
type packed struct {
	name    string
	data    []byte
	program bool // whether it can be run
}

// files are what an archive has.
func (r release) files(program, system string) ([]packed, error) {
	name := "sharh"
	if system == "windows" {
		name += ".exe"
	}
	all := []packed{{name: "README.md", data: []byte(strings.ReplaceAll(guide, "VERSION", r.version))}}
	for _, f := range []struct {
		name, from string
		program    bool
	}{
		{name, program, true},
		{"LICENSE", filepath.Join(r.dir, "LICENSE"), false},
		{"NOTICE", filepath.Join(r.dir, "NOTICE"), false},
		{"content/README.md", filepath.Join(r.dir, "content", "README.md"), false},
	} {
		data, err := os.ReadFile(f.from)
		if err != nil {
			return nil, err
		}
		all = append(all, packed{f.name, data, f.program})
	}
	return all, nil
}

// sums writes the checksums of files.
func (r release) sums(names []string) error {
	var lines strings.Builder
	for _, name := range names {
		data, err := os.ReadFile(filepath.Join(r.out, name))
		if err != nil {
			return err
		}
		fmt.Fprintf(&lines, "%x  %s\n", sha256.Sum256(data), name)
	}
	return os.WriteFile(filepath.Join(r.out, sumsName), []byte(lines.String()), 0o644)
}

// golang runs go for a target, and returns what it prints.
func (r release) golang(ctx context.Context, target string, args ...string) ([]byte, error) {
	cmd := exec.CommandContext(ctx, "go", args...)
	cmd.Dir = r.dir
	cmd.Env = append(os.Environ(), environment(target)...)
	out, err := cmd.Output()
	var failed *exec.ExitError
	if errors.As(err, &failed) {
		return nil, fmt.Errorf("go %s: %w\n%s", args[0], err, bytes.TrimSpace(failed.Stderr))
	}
	return out, err
}

// environment tells tools of Go for which target they work.
func environment(target string) []string {
	system, processor, _ := strings.Cut(target, "/")
	return []string{"GOOS=" + system, "GOARCH=" + processor, "CGO_ENABLED=0"}
}
