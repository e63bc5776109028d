package figure

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// widths are the widths of letters in hundredths of an em, measured in the page's semi-bold interface fonts. Each row
// has two numbers: the width inside a joined group, and at the end of a word or group. They differ only for Arabic
// letters.
var widths = func() map[rune][2]float64 {
	table := map[rune][2]float64{}
	for _, row := range []struct {
		within, end float64
		letters     string
	}{
		{26, 26, ".:'’‘،וין׳"}, {31, 31, "ijl!,;|؛٠ı"}, {34, 34, "١"}, {40, 40, "ft()[]גזנ־"}, {44, 44, "r-״"},
		{50, 50, "s\"“”„*ךכלרץ"}, {55, 55, "cIz127?؟«»٢٤٦בדהעפףצ"},
		{63, 63, "aehknuvxyEFLST–356789٣٥٧٨٩אחטםמסקת"}, {66, 66, "bdgopq04JPש"}, {72, 72, "ABCRVXY"},
		{76, 76, "U"}, {80, 80, "DGHKNOQZ&/"}, {82, 82, "w"}, {95, 95, "mM%—"}, {101, 101, "W"},
		{34, 34, "اأإآٱ"}, {49, 49, "رزژ"}, {40, 40, "ء"}, {56, 56, "دذوؤةۃ"},
		{39, 99, "بتثپٹ"}, {39, 75, "نں"}, {39, 81, "يئیېى"}, {34, 76, "لڵ"},
		{76, 72, "جحخچ"}, {96, 134, "سش"}, {109, 150, "صض"}, {88, 89, "طظ"},
		{61, 64, "عغ"}, {66, 64, "م"}, {65, 59, "ه"}, {60, 112, "ف"}, {60, 81, "ق"}, {56, 97, "كکگ"},
	} {
		for _, r := range row.letters {
			table[r] = [2]float64{row.within, row.end}
		}
	}
	return table
}()

// TextWidth estimates the width of a text at a size, semi-bold or regular. It estimates slightly too much, because
// labels are placed before any font is loaded and the reader's own font may replace ours.
func TextWidth(text string, size float64, bold bool) float64 {
	sum := 0.0
	var before rune // the last letter that could join to the next
	// Letters without their accents, which have no width.
	for _, r := range norm.NFD.String(text) {
		w, known := widths[r]
		if unicode.In(r, unicode.M, unicode.Cf) {
			if r == '\u200c' { // the zero-width non-joiner ends the join
				before = 0
			}
			continue
		}
		if before != 0 && unicode.In(r, unicode.Arabic) && unicode.IsLetter(r) {
			sum += widths[before][0] - widths[before][1]
		}
		before = 0
		switch {
		case known:
			sum += w[1]
			if unicode.In(r, unicode.Arabic) {
				before = r
			}
		case unicode.IsSpace(r):
			sum += 31
		case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul) || r > 0xffff:
			sum += 100
		default:
			sum += 70
		}
	}
	if !bold {
		sum *= .98
	}
	return sum * size * 1.02 / 100
}

// width is a rougher estimate from the number of letters, which the time axis uses.
func width(text string, size float64) float64 {
	return float64(utf8.RuneCountInString(text))*size*0.56 + 2
}
