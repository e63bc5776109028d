package compile

import (
	"strings"
	"testing"
)

// A line may end at each space but not at ~.
func TestBound(t *testing.T) {
	for _, want := range []string{
		"", "no number", "on 16~October 2025 they spoke", "1,600~or 2,500~km", "about 11¾~hours", "in 2025 the eighth",
		"2025", "the 8 (eighth)", "call 8, of 59~days", "12~a 13~b",
		"في ١٦~أكتوبر ٢٠٢٥ تحادثا", "١١~ساعة و٤٥~دقيقة", "١٦٠٠~أو ٢٥٠٠~كم", "۲۰~مارس ۲۰۲۵ بود", "45%",
	} {
		if got := strings.ReplaceAll(bound(strings.ReplaceAll(want, "~", " ")), "\u00a0", "~"); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
