//go:build !release

package main

import "sharh/app/site"

// inside is the client that the program has in itself: none, since the one compiled from this source is used.
var inside site.Client

// Defaults for the flags that name the client.
const (
	defaultClient = compiledClient
	defaultExec   = "build/wasm_exec.js"
)
