package wasm

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// The replacements were written for these very files. When this fails, go-app has changed: read the difference of the
// file named, bring slim/<name>.txt up to it, and write the new hash into Swapped.
func TestSwappedFilesAreThoseOfGoApp(t *testing.T) {
	out, err := exec.Command("go", "list", "-f", "{{.Dir}}", module+"/pkg/app").Output()
	if err != nil {
		t.Fatalf("finding go-app: %v", err)
	}
	for name, want := range Swapped {
		data, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(out)), name))
		if err != nil {
			t.Error(err)
			continue
		}
		if got := Hash(data); got != want {
			t.Errorf("%s of go-app has hash %s, Swapped knows %s", name, got, want)
		}
	}
}

func TestSlimClientLeavesServerAndCryptoOut(t *testing.T) {
	file, err := prepare(t.Context(), Options{Dir: "../../..", Work: filepath.Join(t.TempDir(), "slim")})
	if err != nil {
		t.Fatal(err)
	}
	list, err := run(t.Context(), "../../..", target, "list", "-modfile="+file, "-deps", "./cmd/client")
	if err != nil {
		t.Fatal(err)
	}
	for _, pkg := range strings.Fields(list) {
		if pkg == "net/http" || pkg == "regexp" || strings.HasPrefix(pkg, "crypto/") {
			t.Errorf("the slim client carries %s", pkg)
		}
	}
}

// The functions of encoding/json are not in the client, although packages of ours that it has import it.
func TestSlimGoAppDoesWithoutJSON(t *testing.T) {
	file, err := prepare(t.Context(), Options{Dir: "../../..", Work: filepath.Join(t.TempDir(), "slim")})
	if err != nil {
		t.Fatal(err)
	}
	list, err := run(t.Context(), "../../..", target, "list", "-modfile="+file, "-deps", module+"/pkg/app")
	if err != nil {
		t.Fatal(err)
	}
	if pkgs := strings.Fields(list); slices.Contains(pkgs, "encoding/json") || !slices.Contains(pkgs, module+"/pkg/json") {
		t.Errorf("the slim go-app needs %v", pkgs)
	}
}

func TestAnotherGoAppStopsTheBuild(t *testing.T) {
	hash := Swapped["route.go"]
	Swapped["route.go"] = "another"
	defer func() { Swapped["route.go"] = hash }()
	_, err := prepare(t.Context(), Options{Dir: "../../..", Work: filepath.Join(t.TempDir(), "slim")})
	if err == nil || !strings.Contains(err.Error(), "route.go") {
		t.Errorf("got %v, want an error that names route.go", err)
	}
	Swapped["route.go"] = hash
	known := UsesJSON
	UsesJSON = known[1:]
	defer func() { UsesJSON = known }()
	_, err = prepare(t.Context(), Options{Dir: "../../..", Work: filepath.Join(t.TempDir(), "slim")})
	if err == nil || !strings.Contains(err.Error(), "app/context.go") {
		t.Errorf("got %v, want an error that names context.go", err)
	}
	UsesJSON = known
	text := Rewritten["app.go"]
	Rewritten["app.go"] = [2]string{"engine.Start(60)", text[1]}
	defer func() { Rewritten["app.go"] = text }()
	_, err = prepare(t.Context(), Options{Dir: "../../..", Work: filepath.Join(t.TempDir(), "slim")})
	if err == nil || !strings.Contains(err.Error(), "app.go") {
		t.Errorf("got %v, want an error that names app.go", err)
	}
}
