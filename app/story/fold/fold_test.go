package fold_test

import (
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"sharh/app/story/fold"
)

func text(s string) string { return fold.Text(norm.NFKD.String(s), nil) }

func TestText(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"nothing", "", ""},
		{"words", "Putin  calls\tTrump\n", "putin calls trump"},
		{"no-break and wide spaces", "a\u00a0b\u3000c\u2003d\u2028e\u0085f", "a b c d e f"},
		{"a mark of direction before and after", "\u200fبوتين\u200f", "بوتين"},
		{"a joiner within", "بو\u200cتين", "بوتين"},
		{"an embedding", "\u202bبوتين\u202c", "بوتين"},
		{"an isolate", "\u2067بوتين\u2069", "بوتين"},
		{"a byte order mark and a soft hyphen", "\ufeffPu\u00adtin", "putin"},
		{"presentation forms", "ﺗﺮﺍﻣﺐ", "ترامب"},
		{"a ligature of lam and alef", "ﻻ ﷲ", "لا الله"},
		{"presentation forms of vowel signs", "ق\ufe77ال و\ufe76", "قال و"},
		{"a vowel sign alone within a word", "قﹶال", "قال"},
		{"vowel signs", "بُوتِينٌ قالَ إنَّ", "بوتين قال ان"},
		{"dagger alef and madda", "هٰذا ٱلكتاب آب", "هذا الكتاب اب"},
		{"tatweel", "بوتـــين", "بوتين"},
		{"hamza on alef, waw and yeh", "أوشاكوف إلى مسؤول رئيس", "اوشاكوف الي مسوول رييس"},
		{"hamza alone", "شيء شئ سوء", "شي شي سو"},
		{"combining hamza", "ا\u0654وشاكوف", "اوشاكوف"},
		{"alef maksura and teh marbuta", "مستشفى الثامنة", "مستشفي الثامنه"},
		{"Persian yeh and kaf", "کییف", "كييف"},
		{"Persian peh, cheh, zheh and gaf", "پوتین چین ژنو گاز", "بوتين جين زنو كاز"},
		{"Urdu heh and yeh barree", "ہے ھ ۀ", "هي ه ه"},
		{"Arabic digits", "٠١٢٣٤٥٦٧٨٩", "0123456789"},
		{"Persian digits", "۰۱۲۳۴۵۶۷۸۹", "0123456789"},
		{"wide and mathematical digits", "１６ 𝟙𝟞 ¹⁶", "16 16 16"},
		{"case", "KREMLIN", "kremlin"},
		{"diacritics", "É é e\u0301 Ñ ü ş Å", "e e e n u s a"},
		{"letters that do not decompose", "Łódź Søren Đà ISTANBUL ıİ straße Æ œuvre", "lodz soren da istanbul ii strasse ae oeuvre"},
		{"Cyrillic and Greek", "Йод Ёлка ΛΌΓΟΣ λόγος", "иод елка λογοσ λογοσ"},
		{"ligatures", "ﬁnal ǆ", "final dz"},
		{"punctuation parts words", "«بوتين»، (ترامب): mid-air a/b “x” 2.5 50% $3", "بوتين ترامب mid air a b x 2 5 50 3"},
		{"apostrophes do not", "Trump's Trump’s Trump`s", "trumps trumps trump s"},
		{"mixed direction", "\u202aPutin\u202c و\u200fترامب\u200e 16", "putin وترامب 16"},
		{"diacritics alone", "\u064e\u0651\u0301", ""},
		{"format characters alone", "\u200f\u200c\u202b\u202c\u2066\u2069\ufeff", ""},
		{"punctuation alone", "«»، …", ""},
		{"tatweel alone", "ــــ", ""},
		{"Hebrew vowels and abbreviations", "שָׁלוֹם צה״ל צה\"ל ג׳ורג' \"כן\" תל־אביב", "שלום צהל צהל גורג כן תל אביב"},
		{"emoji stay", "📞 👩\u200d🚀 ❤\ufe0f", "📞 👩🚀 ❤"},
		{"control characters go", "a\x00b\x1bc\u0086d\x7fe", "abcde"},
		{"broken UTF-8 goes", "a\xffb\ufffd", "ab"},
		{"ten thousand characters", strings.Repeat("بُوتـ\u200fين ", 1250), strings.TrimSpace(strings.Repeat("بوتين ", 1250))},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := text(c.in); got != c.want {
				t.Errorf("%q: got %q, want %q", c.in, got, c.want)
			}
		})
	}
}

func TestTextOfALanguage(t *testing.T) {
	own := []string{"ae", "a", "ם", "מ"}
	for in, want := range map[string]string{"Jäger Jaeger": "jager jager", "שלום": "שלומ", "ae": "a"} {
		if got := fold.Text(norm.NFKD.String(in), own); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

// accent reports whether a character is a mark in a script whose readers leave marks out.
func accent(r rune) bool {
	return unicode.In(r, unicode.Mn, unicode.Me) && r <= 0xFFFF &&
		(unicode.In(r, unicode.Latin, unicode.Greek, unicode.Cyrillic, unicode.Hebrew, unicode.Arabic) || r < 0x0700)
}

// Every letter of these scripts folds to letters without marks, and a mark alone folds to nothing.
func TestMarksAreLeftOut(t *testing.T) {
	for r := rune(0); r <= 0xFFFF; r++ {
		if !unicode.In(r, unicode.Latin, unicode.Greek, unicode.Cyrillic, unicode.Hebrew, unicode.Arabic) && !accent(r) {
			continue
		}
		got := text(string(r))
		if strings.ContainsFunc(got, accent) || accent(r) && got != "" {
			t.Errorf("%U: got %+q", r, got)
		}
	}
}

// Any pasted text folds to words that can be compared, and invisible characters change nothing.
func FuzzText(f *testing.F) {
	for _, s := range []string{"", "بُوتِين ١٦", "\u202bﺗﺮﺍﻣﺐ\u202c", "Été ﬁ ß", "ق\ufe76ال", "ǅ İ Ω K", "👩\u200d🚀", "a\xff\u0301 \u0301"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		// After a byte that is no UTF-8, x/text decomposes nothing. Neither content nor a browser has such a byte.
		s = strings.ToValidUTF8(s, "\ufffd")
		got := text(s)
		if strings.Join(strings.Fields(got), " ") != got {
			t.Errorf("%q: got %q, want one space between words and none around", s, got)
		}
		for _, r := range got {
			if unicode.In(r, unicode.Cf, unicode.Cc) || accent(r) || r == unicode.ReplacementChar {
				t.Errorf("%q: got %q, which holds %U", s, got, r)
			}
		}
		if again := text(got); again != got {
			t.Errorf("%q: got %q, folded again %q", s, got, again)
		}
		var hidden strings.Builder
		for _, r := range norm.NFKD.String(s) {
			hidden.WriteString("\u200f")
			hidden.WriteRune(r)
		}
		if marked := fold.Text(hidden.String(), nil); marked != got {
			t.Errorf("%q: got %q, with marks of direction %q", s, got, marked)
		}
	})
}
