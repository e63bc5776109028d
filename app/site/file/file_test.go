package file

import "testing"

func TestRelative(t *testing.T) {
	for _, c := range [][3]string{
		{"", "sw.js", "sw.js"}, {"a/", "a/sw.js", "sw.js"}, {"a/en/", "a/sw.js", "../sw.js"}, {"a/en/call/3/", "a/en/m", "../../m"}, {"a/", "sw.js", "../sw.js"}, {"a/", "ab/x", "../ab/x"},
	} {
		if got := Relative(c[0], c[1]); got != c[2] {
			t.Errorf("Relative(%q, %q): got %q, want %q", c[0], c[1], got, c[2])
		}
	}
}
