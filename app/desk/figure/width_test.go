package figure_test

import (
	"os"
	"testing"

	"github.com/go-text/typesetting/di"
	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/language"
	"github.com/go-text/typesetting/shaping"
	"golang.org/x/image/math/fixed"

	"sharh/app/desk/figure"
)

// Labels are placed by an estimate of their width. The width of the page's own fonts, shaped as in browsers, must never
// exceed the estimate, and not be far below it, because a text that seems wide is broken into lines.
func TestTextWidthIsALittleMoreThanTheTruth(t *testing.T) {
	var shaper shaping.HarfbuzzShaper
	for weight, bold := range map[string]bool{"400": false, "600": true} {
		for _, script := range []struct {
			font      string
			script    language.Script
			direction di.Direction
			texts     []string
		}{
			{"readex-pro", language.Arabic, di.DirectionRTL, []string{
				"بوتين", "أوكرانيا", "زيلينسكي", "الولايات المتحدة", "البيت الأبيض", "مسؤولون أوكرانيون", "وقف إطلاق النار في غزة",
				"يعرض تعاونًا اقتصاديًّا", "أراضٍ أُعلن ضمها", "المقال: يرفض وقف الحرب", "ضربات بالمسيّرات", "يصفه بصانع سلام", "صصصضضض", "شسشس",
				"كييف، ومن ثَمّ", "ظل ألاسكا", "چگپژ ک ی", "عقوبات نفطية", "خط", "محققون؟",
			}},
			{"readex-pro", language.Latin, di.DirectionLTR, []string{
				"Putin", "CNN", "Washington meeting", "Ukrainian officials", "says he called it off", "article: will not stop",
				"Moscow: hint of progress", "WWWMMM", "illicit", "gives Moscow’s account", "Orbán", "10 million", "“yes” – no", "Große Straße",
				"NATO", "UN", "UNESCO", "JEQ", "0500", "2025", "qqq", "İstanbul’da görüşme", "Dışişleri Bakanlığı", "ÇĞİÖŞÜ", "çğıöşü",
				"Łódź, Škoda",
			}},
			{"assistant", language.Hebrew, di.DirectionRTL, []string{
				"ירושלים", "משרד החוץ", "צה״ל", "הודיע על ביטול", "שששמממ", "וויין", "ראש הממשלה, לשעבר", "תל־אביב, יפו",
			}},
		} {
			file, err := os.Open("../../site/card/fonts/" + script.font + "-" + weight + ".ttf")
			if err != nil {
				t.Fatal(err)
			}
			face, err := font.ParseTTF(file)
			file.Close()
			if err != nil {
				t.Fatal(err)
			}
			for _, text := range script.texts {
				runes := []rune(text)
				out := shaper.Shape(shaping.Input{
					Text: runes, RunEnd: len(runes), Direction: script.direction, Face: face, Size: fixed.I(100), Script: script.script, Language: "ar",
				})
				truth, got := float64(out.Advance)/64, figure.TextWidth(text, 100, bold)
				if truth < 0 {
					truth = -truth
				}
				if got < truth || got > truth*1.16+6 {
					t.Errorf("%q, %s: got %.0f, want a little more than %.0f", text, weight, got, truth)
				}
			}
		}
	}
}

// Marks over letters have no width.
func TestTextWidthOfMarks(t *testing.T) {
	for with, without := range map[string]string{
		"تعاونًا": "تعاونا", "اقتصاديًّا": "اقتصاديا", "e\u0301te\u0301": "ete", "\u200fنص\u200f": "نص", "": "",
	} {
		if got, want := figure.TextWidth(with, 20, true), figure.TextWidth(without, 20, true); got != want {
			t.Errorf("%q: got %v, want %v as for %q", with, got, want, without)
		}
	}
	if joined, apart := figure.TextWidth("بب", 20, true), figure.TextWidth("ب\u200cب", 20, true); joined >= apart {
		t.Errorf("got %v for joined letters and %v for letters apart", joined, apart)
	}
}
