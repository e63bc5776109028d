package markup_test

import (
	"testing"

	"sharh/app/desk/diag"
	"sharh/app/desk/markup"
	"sharh/app/story"
)

func TestWrite(t *testing.T) {
	for want, r := range map[string]story.Rich{
		"a *b* **c *d*** e":          {{Text: "a "}, {Style: "em", Runs: story.Rich{{Text: "b"}}}, {Text: " "}, {Style: "strong", Runs: story.Rich{{Text: "c "}, {Style: "em", Runs: story.Rich{{Text: "d"}}}}}, {Text: " e"}},
		"[x](#actor-a) [y](lang:en)": {{Style: "link", Href: "#actor-a", Runs: story.Rich{{Text: "x"}}}, {Text: " "}, {Style: "link", Href: "lang:en", Runs: story.Rich{{Text: "y"}}}},
		`\# 1 \* 2 \[3\]`:            {{Text: "# 1 * 2 [3]"}},
		`12\. May`:                   {{Text: "12. May"}},
		"12 May":                     {{Text: "12 May"}},
		"":                           nil,
	} {
		if got := markup.Write(r); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
		var list diag.List
		if read := markup.ParseInline(want, diag.Pos{}, &list).Inline(); show(read) != show(r) || list.Len() > 0 {
			t.Errorf("%s read again: got %s with %d problems, want %s", want, show(read), list.Len(), show(r))
		}
	}
}
