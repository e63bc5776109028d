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
	program, err := named(ctx, o)
	if err != nil {
		return nil, fmt.Errorf("weighing the client: %w", err)
	}
	bytes := map[string]int64{"data": program.data}
	for _, f := range program.functions {
		bytes[f.owner] += f.size
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

// Owners returns the packages to which the functions of a compiled client belong, by their index, which is all that is
// known of a function in a client without names. It compiles the client with names into o.Out; the two must be of the
// same source.
func Owners(ctx context.Context, client []byte, o Options) ([]string, error) {
	bare, err := parse(client)
	if err != nil {
		return nil, fmt.Errorf("reading the client: %w", err)
	}
	program, err := named(ctx, o)
	if err != nil {
		return nil, fmt.Errorf("naming the functions of the client: %w", err)
	}
	if !slices.EqualFunc(bare.functions, program.functions, func(a, b function) bool { return a.size == b.size }) {
		return nil, errors.New("naming the functions of the client: it was compiled from another source")
	}
	owners := make([]string, bare.imported)
	for _, f := range program.functions {
		owners = append(owners, f.owner)
	}
	return owners, nil
}

// named compiles the client with the names of its functions, and finds their owners.
func named(ctx context.Context, o Options) (*binaryProgram, error) {
	o.Symbols = true
	if err := Compile(ctx, o); err != nil {
		return nil, err
	}
	data, err := os.ReadFile(o.Out)
	if err != nil {
		return nil, err
	}
	program, err := parse(data)
	if err == nil && program.names == 0 {
		err = io.ErrUnexpectedEOF
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", o.Out, err)
	}
	// The slim go-app has the same packages, except the ones that it leaves out.
	deps, err := run(ctx, o.Dir, target, "list", "-deps", "-tags="+strings.Join(o.Tags, ","), "sharh/cmd/client")
	if err != nil {
		return nil, err
	}
	paths := map[string]string{} // by the form in which function names contain them
	for _, p := range append(strings.Fields(deps), "main") {
		paths[mangled.ReplaceAllString(p, "_")] = p
	}
	for i, f := range program.functions {
		program.functions[i].owner = owner(f.name, paths)
	}
	return program, nil
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

// binaryProgram is what is known of a compiled program.
type binaryProgram struct {
	imported  int // functions that it imports, which have the first indexes
	functions []function
	names     int
	data      int64 // bytes
}

// function is a function of a program; without names it has no name, and without a name no owner.
type function struct {
	name, owner string
	size        int64 // bytes
}

// parse reads a program: https://webassembly.github.io/spec/core/binary/modules.html
func parse(program []byte) (*binaryProgram, error) {
	if !bytes.HasPrefix(program, []byte("\x00asm\x01\x00\x00\x00")) {
		return nil, errors.New("not a WebAssembly program")
	}
	p := &binaryProgram{}
	names := map[uint64]string{}
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
					return nil, fmt.Errorf("an import of kind %d: Go imports functions alone", kind)
				}
				section.uint()
				p.imported++
			}
		case 10: // code
			for n := section.uint(); n > 0 && len(section.rest) > 0; n-- {
				p.functions = append(p.functions, function{size: int64(len(section.bytes(section.uint())))})
			}
		case 11: // data
			p.data = int64(len(section.rest))
		}
	}
	if len(p.functions) == 0 {
		return nil, io.ErrUnexpectedEOF
	}
	p.names = len(names)
	for i := range p.functions {
		p.functions[i].name = names[uint64(p.imported+i)]
	}
	return p, nil
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
