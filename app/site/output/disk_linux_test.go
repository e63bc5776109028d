//go:build linux

package output

import (
	"os"
	"strconv"
	"testing"

	"golang.org/x/sys/unix"
)

// smallDisk mounts a disk of so many bytes.
func smallDisk(t *testing.T, size int) string {
	t.Helper()
	if os.Geteuid() != 0 {
		t.Skip("only root may mount a disk of a known size")
	}
	folder := t.TempDir()
	if err := unix.Mount("sharh", folder, "tmpfs", 0, "size="+strconv.Itoa(size)); err != nil {
		t.Skipf("a disk cannot be mounted here: %v", err)
	}
	t.Cleanup(func() {
		if err := unix.Unmount(folder, 0); err != nil {
			t.Errorf("taking the disk away: %v", err)
		}
	})
	return folder
}

// readOnly makes it one that can only be read.
func readOnly(t *testing.T, folder string) {
	t.Helper()
	if err := unix.Mount("", folder, "", unix.MS_REMOUNT|unix.MS_RDONLY, ""); err != nil {
		t.Fatal(err)
	}
}
