package wasm

import (
	"bytes"
	"cmp"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
	"slices"
	"strings"
)

// Package is the size of a Go package in a compiled client.
type Package struct {
	// Path is the import path. "data" stands for everything that is not code, such as texts and tables of the
	// runtime; "other" stands for code whose name belongs to no package.
	Path string
	// Bytes is the size of its code before compression.
	Bytes int64
}

// Weigh compiles the client into o.Out with function names, and returns the size of each package, the largest first.
func Weigh(ctx context.Context, o Options) ([]Package, error) {
	o.Symbols = true
	if err := Compile(ctx, o); err != nil {
		return nil, err
	}
	program, err := os.ReadFile(o.Out)
	if err != nil {
		return nil, fmt.Errorf("weighing the client: %w", err)
	}
	sizes, data, err := functions(program)
	if err != nil {
		return nil, fmt.Errorf("weighing %s: %w", o.Out, err)
	}
	// The slim go-app has the same packages, except the ones that it leaves out.
	deps, err := run(ctx, o.Dir, target, "list", "-deps", "-tags="+strings.Join(o.Tags, ","), "sharh/cmd/client")
	if err != nil {
		return nil, fmt.Errorf("weighing the client: %w", err)
	}
	paths := map[string]string{} // by the form in which function names contain them
	for _, p := range append(strings.Fields(deps), "main") {
		paths[mangled.ReplaceAllString(p, "_")] = p
	}
	bytes := map[string]int64{"data": data}
	for name, size := range sizes {
		bytes[owner(name, paths)] += size
	}
	var all []Package
	for p, n := range bytes {
		all = append(all, Package{p, n})
	}
	slices.SortFunc(all, func(a, b Package) int {
		return cmp.Or(cmp.Compare(b.Bytes, a.Bytes), cmp.Compare(a.Path, b.Path))
	})
	return all, nil
}

// mangled matches characters that the linker replaces in names: all except letters, digits, dots and underscores.
var mangled = regexp.MustCompile(`[^A-Za-z0-9._]`)

// owner returns the package to which a function belongs. Paths may contain dots too, so the longest matching prefix
// counts.
func owner(name string, paths map[string]string) string {
	for end := len(name); end > 0; end = strings.LastIndexByte(name[:end], '.') {
		if p, ok := paths[name[:end]]; ok {
			return p
		}
	}
	return "other"
}

// functions reads the sizes of a program's functions by name, and the size of its data:
// https://webassembly.github.io/spec/core/binary/modules.html
func functions(program []byte) (sizes map[string]int64, data int64, err error) {
	if !bytes.HasPrefix(program, []byte("\x00asm\x01\x00\x00\x00")) {
		return nil, 0, errors.New("not a WebAssembly program")
	}
	var code []int64 // code sizes by index, not counting imported functions
	names := map[uint64]string{}
	imported := uint64(0)
	for r := (binaryReader{program[8:]}); len(r.rest) > 0; {
		id := r.byte()
		section := binaryReader{r.bytes(r.uint())}
		switch id {
		case 0: // custom
			if string(section.bytes(section.uint())) != "name" {
				continue
			}
			for len(section.rest) > 0 {
				kind := section.byte()
				part := binaryReader{section.bytes(section.uint())}
				if kind != 1 { // 1: functions
					continue
				}
				for n := part.uint(); n > 0 && len(part.rest) > 0; n-- {
					index := part.uint()
					names[index] = string(part.bytes(part.uint()))
				}
			}
		case 2: // imports
			for n := section.uint(); n > 0 && len(section.rest) > 0; n-- {
				section.bytes(section.uint())
				section.bytes(section.uint())
				if kind := section.byte(); kind != 0 {
					return nil, 0, fmt.Errorf("an import of kind %d: Go imports functions alone", kind)
				}
				section.uint()
				imported++
			}
		case 10: // code
			for n := section.uint(); n > 0 && len(section.rest) > 0; n-- {
				code = append(code, int64(len(section.bytes(section.uint()))))
			}
		case 11: // data
			data = int64(len(section.rest))
		}
	}
	if len(code) == 0 || len(names) == 0 {
		return nil, 0, io.ErrUnexpectedEOF
	}
	sizes = map[string]int64{}
	for i, size := range code {
		sizes[names[imported+uint64(i)]] += size
	}
	return sizes, data, nil
}

// binaryReader reads a binary program. After the end it returns zeros and empty slices.
type binaryReader struct{ rest []byte }

func (r *binaryReader) byte() byte {
	if b := r.bytes(1); len(b) == 1 {
		return b[0]
	}
	return 0
}

func (r *binaryReader) bytes(n uint64) []byte {
	n = min(n, uint64(len(r.rest)))
	b := r.rest[:n]
	r.rest = r.rest[n:]
	return b
}

func (r *binaryReader) uint() uint64 {
	v, n := binary.Uvarint(r.rest)
	if n <= 0 {
		r.rest = nil
		return 0
	}
	r.rest = r.rest[n:]
	return v
}
