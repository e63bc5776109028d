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

func FuzzFunctions(f *testing.F) {
	f.Add([]byte("\x00asm\x01\x00\x00\x00"))
	// One function, "main.f", of two bytes, and three bytes of data.
	f.Add([]byte("\x00asm\x01\x00\x00\x00\x0a\x04\x01\x02\x00\x0b\x0b\x03abc\x00\x10\x04name\x01\x09\x01\x00\x06main.f"))
	f.Fuzz(func(t *testing.T, program []byte) {
		sizes, data, err := functions(program)
		if err != nil {
			return
		}
		total := data
		for _, n := range sizes {
			total += n
		}
		if total < 0 || total > int64(len(program)) {
			t.Errorf("%d bytes in a program of %d", total, len(program))
		}
	})
}
