package offline

import (
	"bytes"
	"image"
	"image/png"
	"strings"
	"testing"
)

func TestScreenshotsAreChecked(t *testing.T) {
	for _, c := range []struct {
		form          string
		width, height int
		wrong         string // "" for none
	}{
		{"wide", 1280, 800, ""}, {"narrow", 400, 800, ""}, {"wide", 400, 800, "is not wide"}, {"narrow", 200, 400, "sides must be"},
		{"narrow", 400, 1000, "2.3 times"}, {"tall", 400, 800, "neither"}, {"wide", 4000, 3000, "sides must be"},
	} {
		_, _, err := Screenshot{"ar", c.form, Blank(t, c.width, c.height)}.size()
		if c.wrong == "" && err != nil || c.wrong != "" && (err == nil || !strings.Contains(err.Error(), c.wrong)) {
			t.Errorf("%s, %d by %d: got %v, want %q", c.form, c.width, c.height, err, c.wrong)
		}
	}
	if _, _, err := (Screenshot{"ar", "wide", []byte("no picture")}).size(); err == nil {
		t.Error("what is no picture was taken for one")
	}
}

func TestShortNames(t *testing.T) {
	for title, want := range map[string]string{
		"بوتين وترامب: ثماني مكالمات": "بوتين وترامب", "What an explainer can hold": "What an", "Incomprehensibilities": "Incomprehensibilities", "The bridge, closed": "The bridge",
	} {
		if got := short(title); got != want {
			t.Errorf("short(%q): got %q, want %q", title, got, want)
		}
	}
}

// Blank is a picture of a size.
func Blank(t *testing.T, width, height int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, width, height))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
