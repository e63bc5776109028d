// Package edition tells versions of a part of this program from one another: what is kept from build to build is made
// anew when what made it has changed.
package edition

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
)

// Of is a hash of embedded files, by name and content, and of what else decides what the part makes.
func Of(files []fs.FS, others ...string) string {
	h := sha256.New()
	for _, files := range files {
		// Walks in the order of names.
		err := fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			data, err := fs.ReadFile(files, name)
			fmt.Fprintf(h, "%s %d\n", name, len(data))
			h.Write(data)
			return err
		})
		if err != nil {
			panic(err) // embedded
		}
	}
	for _, o := range others {
		fmt.Fprintln(h, o)
	}
	return hex.EncodeToString(h.Sum(nil))
}
