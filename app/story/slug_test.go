package story

import (
	"regexp"
	"strings"
	"testing"
)

func TestFormOfIDs(t *testing.T) {
	pattern := regexp.MustCompile(IDPattern)
	for _, s := range []string{
		"a", "0", "a-b", "putin-trump-calls", "2024", "", "-", "-a", "a-", "a--b", "A", "aB", "a_b", "a.b", "a/b", "..", "a b", "a\n", "صيف", "é", "a\x00", "z`", "a{", "/", ":", "9-9",
	} {
		if got, want := IsID(s), pattern.MatchString(s); got != want {
			t.Errorf("%q: got %t, want %t, as the pattern says", s, got, want)
		}
	}
}

func FuzzFormOfIDs(f *testing.F) {
	pattern := regexp.MustCompile(IDPattern)
	f.Add("a-b")
	f.Fuzz(func(t *testing.T, s string) {
		if got, want := IsID(s), pattern.MatchString(s); got != want {
			t.Errorf("%q: got %t, want %t, as the pattern says", s, got, want)
		}
	})
}

func TestFaultsOfSlugs(t *testing.T) {
	for slug, want := range map[string]SlugFault{
		"bridge": "", "bridge-2": "", "2024": "", "com": "", "com10": "", strings.Repeat("a", LongestSlug): "",
		"": SlugForm, "Bridge": SlugForm, "my bridge": SlugForm, "..": SlugForm, "a/b": SlugForm, ".git": SlugForm, `x"onload="y`: SlugForm, "_preview": SlugForm,
		strings.Repeat("a", LongestSlug+1): SlugLong,
		"assets":                           SlugReserved, "Assets": SlugReserved, "demo": SlugReserved, "embed.js": SlugReserved, "caddyfile": SlugReserved,
		"con": SlugDevice, "lpt1": SlugDevice,
	} {
		if got := FaultOf(slug); got != want {
			t.Errorf("%q: got %q, want %q", slug, got, want)
		}
	}
}
