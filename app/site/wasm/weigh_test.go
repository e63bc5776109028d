package wasm

import (
	"os"
	"path/filepath"
	"testing"
)

func TestWeighAccountsForTheWholeClient(t *testing.T) {
	out := filepath.Join(t.TempDir(), "client.wasm")
	packages, err := Weigh(t.Context(), Options{Dir: "../../..", Out: out, Work: filepath.Join(t.TempDir(), "slim")})
	if err != nil {
		t.Fatal(err)
	}
	bytes := map[string]int64{}
	total := int64(0)
	for i, p := range packages {
		bytes[p.Path] = p.Bytes
		total += p.Bytes
		if i > 0 && p.Bytes > packages[i-1].Bytes {
			t.Errorf("%s comes after a lighter package", p.Path)
		}
	}
	for _, want := range []string{"data", "runtime", module + "/pkg/app", "sharh/app/page/ui", "main"} {
		if bytes[want] == 0 {
			t.Errorf("%s weighs nothing", want)
		}
	}
	info, err := os.Stat(out)
	if err != nil {
		t.Fatal(err)
	}
	// What is left is the names themselves and small tables.
	if total > info.Size() || total < info.Size()*9/10 {
		t.Errorf("the packages weigh %d of the program's %d bytes", total, info.Size())
	}
	if bytes["other"] > total/20 {
		t.Errorf("%d of %d bytes belong to no package", bytes["other"], total)
	}
}

// A client without names has its functions in the same order as one with names.
func TestOwnersOfFunctionsWithoutNames(t *testing.T) {
	o := Options{Dir: "../../..", Out: filepath.Join(t.TempDir(), "client.wasm"), Work: filepath.Join(t.TempDir(), "slim")}
	if err := Compile(t.Context(), o); err != nil {
		t.Fatal(err)
	}
	client, err := os.ReadFile(o.Out)
	if err != nil {
		t.Fatal(err)
	}
	owners, err := Owners(t.Context(), client, o)
	if err != nil {
		t.Fatal(err)
	}
	count := map[string]int{}
	for _, p := range owners {
		count[p]++
	}
	for _, want := range []string{"runtime", module + "/pkg/app", "sharh/app/page/ui", "main"} {
		if count[want] == 0 {
			t.Errorf("no function belongs to %s", want)
		}
	}
	if count[""] == 0 || count[""] > 50 {
		t.Errorf("%d functions have no owner, want those that the client imports", count[""])
	}
	if _, err := Owners(t.Context(), append([]byte(nil), client[:len(client)/2]...), o); err == nil {
		t.Error("half of a client has owners")
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte("\x00asm\x01\x00\x00\x00"))
	// One function, "main.f", of two bytes, and three bytes of data.
	f.Add([]byte("\x00asm\x01\x00\x00\x00\x0a\x04\x01\x02\x00\x0b\x0b\x03abc\x00\x10\x04name\x01\x09\x01\x00\x06main.f"))
	f.Fuzz(func(t *testing.T, program []byte) {
		p, err := parse(program)
		if err != nil {
			return
		}
		total := p.data
		for _, f := range p.functions {
			total += f.size
		}
		if total < 0 || total > int64(len(program)) {
			t.Errorf("%d bytes in a program of %d", total, len(program))
		}
	})
}
