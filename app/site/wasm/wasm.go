// Package wasm compiles the client.
//
// go-app brings net/http, TLS, AES, uuid and regexp into every client, a third of the download, for a server and for
// features that our pages do not use. Compile leaves them out: it copies the pinned module into a work folder, replaces
// a few files by the small ones in slim/, and builds with a module file that points there. Everything else of go-app is
// unchanged but for Rewritten, and native builds use go-app as published. Each replaced file is identified by the hash
// of its original, so another version of go-app stops the build instead of being replaced in part. In the same way
// encoding/json, a tenth of what would be left, gives way to slim/json.go.txt in the files that UsesJSON names.
//
//	err := wasm.Compile(ctx, wasm.Options{Out: "build/client.wasm", Work: "build/slim"})
package wasm

import (
	"bytes"
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

//go:embed slim/*.txt
var slim embed.FS

const (
	module = "github.com/maxence-charriere/go-app/v10"
	idOnly = "github.com/google/uuid"
)

// Swapped are the replaced files of go-app, each with the hash of the original for which the replacement was
// written. When go-app changes one, look at the changes before you write the new hash here.
var Swapped = map[string]string{
	"http.go":     "0601189a9f611378e9b24ab4bdf42780a03cbf95c1bbebd4171b523ddbe9a32d",
	"resource.go": "6b52ab4ec2f4171d403384bffe159e9ec22699933e768ef5868f2851a1b84baa",
	"crypto.go":   "c0fc14126207dc9fa15fb8869bd882874486654919835dc35d5bef8a6122aa97",
	"route.go":    "3252c7f2876cba69c3fbb203b0b4d5770ddd4651cdaf3ad69e5c33bfd1ccf5bd",
	"state.go":    "b41c94e804ab69a8a6341d58c09ac79d8cc8b0022bddd6c74c0f107a9f31480b",
	"notfound.go": "471f8cc404dbecd06a86e7b74eeb1f673e115855f62a19c7fd13b4f36bcad7c8",
}

// UsesJSON are the files of go-app that import encoding/json, in order, the replaced ones apart. When go-app uses it in
// another one, look at what for: the replacement writes JSON for nobody and reads none.
var UsesJSON = []string{"app/context.go", "app/engine.go", "app/notification.go", "app/storage.go",
	"app/strings.go", "errors/errors.go"}

// Rewritten is what else is changed in files of go-app: the first text, which is there once, becomes the second. go-app
// renders at the next tick of a clock that ticks 120 times a second. Here the clock ticks at once: so what the reader
// chose is rendered before the browser draws it, which would otherwise lay out and paint twice.
var Rewritten = map[string][2]string{
	"app.go": {"engine.Start(120)", "engine.Start(1e9)"},
}

// Flags are the compiler flags of the client. They make it small, and the same bytes on every machine.
var Flags = []string{"-trimpath", "-ldflags=-s -w -buildid="}

// target is the environment for compiling the client.
var target = []string{"GOOS=js", "GOARCH=wasm"}

// Options say what to compile.
type Options struct {
	// Dir is the root of our module, "" for the current folder.
	Dir string
	// Out is the path of the compiled program.
	Out string
	// Work is the folder for the copy of go-app. It is emptied first.
	Work string
	// Stock compiles with go-app as published.
	Stock bool
	// Tags are build tags, which clients of tests use.
	Tags []string
	// Symbols keeps the names of functions, to measure what each package weighs.
	Symbols bool
}

// Compile compiles cmd/client.
func Compile(ctx context.Context, o Options) error {
	out, err := filepath.Abs(o.Out)
	if err != nil {
		return fmt.Errorf("compiling the client: %w", err)
	}
	flags := Flags
	if o.Symbols {
		flags = []string{"-trimpath", "-ldflags=-w -buildid="}
	}
	args := append([]string{"build", "-tags=" + strings.Join(o.Tags, ",")}, flags...)
	if !o.Stock {
		file, err := prepare(ctx, o)
		if err != nil {
			return fmt.Errorf("compiling the client: %w", err)
		}
		args = append(args, "-modfile="+file)
	}
	if _, err := run(ctx, o.Dir, target, append(args, "-o", out, "sharh/cmd/client")...); err != nil {
		return fmt.Errorf("compiling the client: %w", err)
	}
	return nil
}

// CompileTests compiles the tests of the package in the folder dir for the browser, with go-app as published.
func CompileTests(ctx context.Context, dir, out string) error {
	if _, err := run(ctx, dir, target, "test", "-c", "-o", out, "."); err != nil {
		return fmt.Errorf("compiling the tests in %s for the browser: %w", dir, err)
	}
	return nil
}

// Script returns the path of the script that runs programs compiled by this Go release (wasm_exec.js).
func Script(ctx context.Context) (string, error) {
	root, err := run(ctx, "", nil, "env", "GOROOT")
	if err != nil {
		return "", fmt.Errorf("finding wasm_exec.js: %w", err)
	}
	return filepath.Join(root, "lib", "wasm", "wasm_exec.js"), nil
}

func run(ctx context.Context, dir string, env []string, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, "go", args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), env...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("go %s: %w\n%s", args[0], err, stderr.String())
	}
	return strings.TrimSpace(string(out)), nil
}

// prepare makes the slim copy of go-app and returns the module file to build with.
func prepare(ctx context.Context, o Options) (string, error) {
	info, err := run(ctx, o.Dir, nil, "mod", "download", "-json", module)
	if err != nil {
		return "", err
	}
	var m struct{ Dir string }
	if err := json.Unmarshal([]byte(info), &m); err != nil {
		return "", fmt.Errorf("finding go-app: %w", err)
	}
	work, err := filepath.Abs(o.Work)
	if err != nil {
		return "", err
	}
	if err := os.RemoveAll(work); err != nil {
		return "", err
	}
	goapp, uuid := filepath.Join(work, "go-app"), filepath.Join(work, "uuid")
	for _, folder := range []string{"pkg/app", "pkg/errors"} {
		if err := copyGo(filepath.Join(m.Dir, folder), filepath.Join(goapp, folder)); err != nil {
			return "", err
		}
	}
	for name, want := range Swapped {
		file := filepath.Join(goapp, "pkg", "app", name)
		original, err := os.ReadFile(file)
		if err != nil {
			return "", err
		}
		if got := Hash(original); got != want {
			return "", fmt.Errorf("go-app's %s is not the one that slim/%s.txt replaces (hash %s): see package wasm",
				name, name, got)
		}
		if err := swap(name, file); err != nil {
			return "", err
		}
	}
	for name, text := range Rewritten {
		if err := rewrite(filepath.Join(goapp, "pkg", "app", name), text[0], text[1]); err != nil {
			return "", err
		}
	}
	if err := swapJSON(filepath.Join(goapp, "pkg")); err != nil {
		return "", err
	}
	if err := swap("uuid.go", filepath.Join(uuid, "uuid.go")); err != nil {
		return "", err
	}
	if err := os.WriteFile(filepath.Join(uuid, "go.mod"), []byte("module "+idOnly+"\n"), 0o644); err != nil {
		return "", err
	}
	mod, err := os.ReadFile(filepath.Join(m.Dir, "go.mod"))
	if err != nil {
		return "", err
	}
	if err := os.WriteFile(filepath.Join(goapp, "go.mod"), mod, 0o644); err != nil {
		return "", err
	}
	file := filepath.Join(work, "client.mod")
	for from, to := range map[string]string{"go.mod": file, "go.sum": filepath.Join(work, "client.sum")} {
		data, err := os.ReadFile(filepath.Join(o.Dir, from))
		if err != nil {
			return "", err
		}
		if err := os.WriteFile(to, data, 0o644); err != nil {
			return "", err
		}
	}
	// Programs say in themselves what was replaced by what. A path from here is the same on every machine.
	root, err := filepath.Abs(o.Dir)
	if err != nil {
		return "", err
	}
	from, err := filepath.Rel(root, work)
	if err != nil {
		return "", err
	}
	here := "./" + filepath.ToSlash(from)
	_, err = run(ctx, o.Dir, nil, "mod", "edit", "-replace="+module+"="+here+"/go-app",
		"-replace="+idOnly+"="+here+"/uuid", file)
	return file, err
}

// Hash returns the hash of a file in the form that Swapped uses.
func Hash(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

func swap(name, file string) error {
	data, err := fs.ReadFile(slim, "slim/"+name+".txt")
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	return os.WriteFile(file, data, 0o644)
}

// rewrite replaces a text that is in a file once.
func rewrite(file, from, to string) error {
	data, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	if n := strings.Count(string(data), from); n != 1 {
		return fmt.Errorf("go-app's %s has %q %d times, not once: see package wasm", filepath.Base(file), from, n)
	}
	return os.WriteFile(file, []byte(strings.Replace(string(data), from, to, 1)), 0o644)
}

// swapJSON lets the files in the folders of pkg import our json instead of Go's.
func swapJSON(pkg string) error {
	const theirs, ours = `"encoding/json"`, `"` + module + `/pkg/json"`
	files, err := filepath.Glob(filepath.Join(pkg, "*", "*.go"))
	if err != nil {
		return err
	}
	var found []string
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		if !bytes.Contains(data, []byte(theirs)) {
			continue
		}
		found = append(found, filepath.Base(filepath.Dir(file))+"/"+filepath.Base(file))
		if err := os.WriteFile(file, bytes.Replace(data, []byte(theirs), []byte(ours), 1), 0o644); err != nil {
			return err
		}
	}
	if !slices.Equal(found, UsesJSON) {
		return fmt.Errorf("go-app imports encoding/json in %v, not in %v: see package wasm", found, UsesJSON)
	}
	return swap("json.go", filepath.Join(pkg, "json", "json.go"))
}

// copyGo copies the Go files of a folder except tests, and makes the copies writable.
func copyGo(from, to string) error {
	entries, err := os.ReadDir(from)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(to, 0o755); err != nil {
		return err
	}
	for _, e := range entries {
		if e.IsDir() || !strings.HasSuffix(e.Name(), ".go") || strings.HasSuffix(e.Name(), "_test.go") {
			continue
		}
		data, err := os.ReadFile(filepath.Join(from, e.Name()))
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(to, e.Name()), data, 0o644); err != nil {
			return err
		}
	}
	return nil
}
