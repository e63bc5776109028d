//go:build !linux && !darwin

package output

import "errors"

// exchange would let two folders change names in one step; this system has none.
func exchange(a, b string) error { return errors.ErrUnsupported }
