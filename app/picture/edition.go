package picture

import (
	"embed"
	"io/fs"
	"runtime"
	"runtime/debug"
	"slices"
	"sync"

	"sharh/app/edition"
)

//go:embed *.go
var sources embed.FS

// modules read, scale and write pictures.
var modules = []string{
	"github.com/bep/imagemeta", "github.com/gen2brain/webp", "github.com/tetratelabs/wazero", "golang.org/x/image",
}

// Edition stands for everything besides a file that decides what is made of it: this package, the modules that it
// uses, and the Go release.
var Edition = sync.OnceValue(func() string {
	others := []string{runtime.Version(), runtime.GOARCH}
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, m := range info.Deps {
			if slices.Contains(modules, m.Path) {
				others = append(others, m.Path+" "+m.Version)
			}
		}
	}
	return edition.Of([]fs.FS{sources}, others...)
})
