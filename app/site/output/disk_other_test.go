//go:build !linux

package output

import "testing"

func smallDisk(t *testing.T, size int) string {
	t.Helper()
	t.Skip("a disk of a known size is mounted on Linux only")
	return ""
}

func readOnly(t *testing.T, folder string) { t.Helper() }
