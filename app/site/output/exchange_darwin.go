//go:build darwin

package output

import (
	"fmt"

	"golang.org/x/sys/unix"
)

// exchange lets two folders change names in one step.
func exchange(a, b string) error {
	if err := unix.RenameatxNp(unix.AT_FDCWD, a, unix.AT_FDCWD, b, unix.RENAME_SWAP); err != nil {
		return fmt.Errorf("exchanging %s and %s: %w", a, b, err)
	}
	return nil
}
