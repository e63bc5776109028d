package wasm

import (
	"os"
	"os/exec"
	"path/filepath"
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
	list, err := run(t.Context(), "../../..", []string{"GOOS=js", "GOARCH=wasm"}, "list", "-modfile="+file, "-deps", "./cmd/client")
	if err != nil {
		t.Fatal(err)
	}
	for _, pkg := range strings.Fields(list) {
		if pkg == "net/http" || pkg == "regexp" || strings.HasPrefix(pkg, "crypto/") {
			t.Errorf("the slim client carries %s", pkg)
		}
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
}
