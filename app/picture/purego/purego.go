// Package purego stands in for the module of that name, in go.mod. The encoder of WebP would load the system's libwebp
// with it, if there is one: then the same picture would have other bytes on each machine, and our program would need a
// system with a dynamic linker. Here nothing can be loaded, so the encoder uses the libwebp that it brings along.
package purego

import "errors"

// Modes of loading.
const (
	RTLD_NOW = 1 << iota
	RTLD_GLOBAL
)

// Dlopen loads nothing.
func Dlopen(string, int) (uintptr, error) { return 0, errors.New("no system library is loaded") }

// RegisterLibFunc panics: there is no library. The encoder goes on without one.
func RegisterLibFunc(any, uintptr, string) { panic("no system library is loaded") }

// NewCallback returns what nobody calls.
func NewCallback(any) uintptr { return 0 }
