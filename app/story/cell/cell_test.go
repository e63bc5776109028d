package cell_test

import (
	"bytes"
	"encoding/csv"
	"regexp"
	"strings"
	"testing"

	"sharh/app/story/cell"
)

func TestNoTextIsAFormula(t *testing.T) {
	for text, want := range map[string]string{
		"":                        "",
		"Signed on 3 May = early": "Signed on 3 May = early",
		`=HYPERLINK("x")`:         `'=HYPERLINK("x")`,
		"@kremlin wrote":          "'@kremlin wrote",
		" \u00a0+7 and more":      " \u00a0'+7 and more",
		"＝1+1":                    "'＝1+1",
		"\t-1+1":                  "\t'-1+1",
		`"=1+1"`:                  `"'=1+1"`,
		"-5":                      "-5",
		"+20,5 %":                 "+20,5 %",
		"-5 °C":                   "'-5 °C",
		"- so it was":             "'- so it was",
		"-0043-03-15":             "'-0043-03-15",
		"'t was":                  "''t was",
		"it's":                    "it's",
		"half an hour; =1+1; -7":  "half an hour; '=1+1; '-7",
		"one\n=1+1":               "one\n'=1+1",
	} {
		if got := cell.Guard(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
		if got := cell.Bare(want); got != text {
			t.Errorf("%q: got back %q", text, got)
		}
	}
}

var (
	formula = regexp.MustCompile(`^[\s\p{Z}\p{C}]*[=+\-@＝＋－＠]`)
	number  = regexp.MustCompile(`^[+-][0-9.,]+\s*%?\s*$`)
)

// Whatever a text is, it comes back, and no spreadsheet finds a formula: not as our file is meant, nor where it takes
// semicolons for what separates cells, and quotation marks within a cell for nothing special.
func FuzzGuard(f *testing.F) {
	for _, seed := range []string{"=1", `;"=1+1;"`, "a;'b;-5;-5x", "x\n\t@y\r\n=z", `"";""=1`, "'", "''=", "\u3000+a", "-1,5;=", "+\n1"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		kept := cell.Guard(text)
		if got := cell.Bare(kept); got != text {
			t.Fatalf("%q: got back %q by way of %q", text, got, kept)
		}
		var b bytes.Buffer
		w := csv.NewWriter(&b)
		w.UseCRLF = true
		if err := w.WriteAll([][]string{{"id", kept, "x"}}); err != nil {
			t.Fatal(err)
		}
		if formula.MatchString(kept) && !number.MatchString(kept) {
			t.Errorf("%q: the cell %q is a formula", text, kept)
		}
		for _, comma := range []rune{';', '\t'} {
			r := csv.NewReader(bytes.NewReader(b.Bytes()))
			r.Comma, r.LazyQuotes, r.FieldsPerRecord = comma, true, -1
			rows, err := r.ReadAll()
			if err != nil {
				continue // a spreadsheet would not complain, but cut in the same places, which follow
			}
			for _, row := range rows {
				for _, c := range row {
					if formula.MatchString(c) && !number.MatchString(c) {
						t.Errorf("%q: with %q between cells, %q is a formula", text, comma, c)
					}
				}
			}
		}
		for _, c := range strings.FieldsFunc(kept, func(r rune) bool { return strings.ContainsRune(";\t\r\n", r) }) {
			c = strings.TrimLeft(c, `" `)
			if formula.MatchString(c) && !number.MatchString(c) {
				t.Errorf("%q: %q is a formula", text, c)
			}
		}
	})
}
