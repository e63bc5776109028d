package desktest

import "testing"

// What differs is found: without that, tests of outputs would pass whatever these do.
func TestInFindsWhatDiffers(t *testing.T) {
	texts := Texts{
		"Q_aaaQ": {Mark: "Q_aaaQ", Whole: `=Q_aaaQ<b> &amp; end`}, "Q_aabQ": {Mark: "Q_aabQ", Whole: "Q_aabQ short one", Label: true},
	}
	for read, want := range map[string][2]int{ // whole texts, faults
		"nothing of it": {0, 0},
		"a =Q_aaaQ<b> &amp; end. =Q_aaaQ<b> &amp; end": {2, 0},
		"=Q_aaaQ<b> & end":        {0, 1},
		"=Q_aaaQ&lt;b> &amp; end": {0, 1},
		"'Q_aaaQ<b> &amp; end":    {0, 1},
		"=Q_aaaQ<b>":              {0, 1},
		"=Q_aaaQ<b>…":             {0, 0},
		"=Q_aaaQ<i>…":             {0, 1},
		"Q_aabQ":                  {0, 0},
		"Q_aabQ sho-":             {0, 0},
		"Q_aabQ long":             {0, 1},
		"Q_zzzQ":                  {0, 1},
	} {
		whole, faults := texts.In(read)
		if len(whole) != want[0] || len(faults) != want[1] {
			t.Errorf("%q: got %d whole, faults %q, want %d and %d", read, len(whole), faults, want[0], want[1])
		}
	}
	if whole, faults := texts.InFolded("=Q_aaaQ<b>  &amp;\u00a0end"); len(whole) != 1 || len(faults) != 0 {
		t.Errorf("got %d whole, faults %q", len(whole), faults)
	}
}
