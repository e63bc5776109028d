package output

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strconv"
)

// lock takes the lock of a folder and returns what gives it back; ErrBusy if another program has it, or another call
// in this one. It is the system's own lock on an open file: it ends with its owner, however that ends, and the file
// that stays then is taken over by the next one.
func lock(name string) (unlock func(), err error) {
	for {
		f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o644)
		if err != nil {
			return nil, fmt.Errorf("taking its lock: %w", err)
		}
		if err := tryLock(f); err != nil {
			f.Close()
			if errors.Is(err, ErrBusy) {
				return nil, err
			}
			return nil, fmt.Errorf("taking the lock %s: %w", name, err)
		}
		// The owner before us may have deleted the file after we opened it: then others lock another one of that name.
		mine, err := f.Stat()
		if err != nil {
			f.Close()
			return nil, fmt.Errorf("taking its lock: %w", err)
		}
		there, err := os.Stat(name)
		if errors.Is(err, fs.ErrNotExist) || err == nil && !os.SameFile(mine, there) {
			f.Close()
			continue
		}
		if err != nil {
			f.Close()
			return nil, fmt.Errorf("taking its lock: %w", err)
		}
		// For a person who wonders whose file this is; nothing reads it.
		if f.Truncate(0) == nil {
			_, _ = f.WriteString("held by the build with process number " + strconv.Itoa(os.Getpid()) + "\n")
		}
		return func() {
			_ = os.Remove(name) // where an open file cannot be deleted it stays, empty of meaning
			f.Close()
		}, nil
	}
}
