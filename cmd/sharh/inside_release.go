//go:build release

package main

import (
	_ "embed"

	"sharh/app/site"
)

// cmd/release compiles the client and tells the compiler where it is; these files are never among the source.
//
//go:embed client.wasm
var insideWasm []byte

//go:embed wasm_exec.js
var insideExec []byte

// inside is the client that the program has in itself, for those who have no Go. It is used unless flags name another
// one.
var inside = site.Client{Wasm: insideWasm, Exec: insideExec}

// Defaults for the flags that name the client.
const (
	defaultClient = ""
	defaultExec   = ""
)
