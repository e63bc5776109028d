package page

import "testing"

func TestShortened(t *testing.T) {
	for _, c := range []struct {
		text string
		n    int
		want string
	}{
		{"short enough", 20, "short enough"},
		{"one two, three", 12, "one two…"},
		{"واحد، اثنان، ثلاثة", 12, "واحد، اثنان…"},
		{"unbreakable", 5, "unbr…"},
	} {
		got := shortened(c.text, c.n)
		if got != c.want || len([]rune(got)) > c.n {
			t.Errorf("shortened(%q, %d): got %q, want %q", c.text, c.n, got, c.want)
		}
	}
}
