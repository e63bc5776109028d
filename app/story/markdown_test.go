package story

import "testing"

func TestMarkdown(t *testing.T) {
	for want, r := range map[string]Rich{
		"a *b* **c *d*** e":          {{Text: "a "}, {Style: "em", Runs: Rich{{Text: "b"}}}, {Text: " "}, {Style: "strong", Runs: Rich{{Text: "c "}, {Style: "em", Runs: Rich{{Text: "d"}}}}}, {Text: " e"}},
		"[x](#actor-a) [y](lang:en)": {{Style: "link", Href: "#actor-a", Runs: Rich{{Text: "x"}}}, {Text: " "}, {Style: "foreign", Lang: "en", Runs: Rich{{Text: "y"}}}},
		`\# 1 \* 2 \[3\]`:            {{Text: "# 1 * 2 [3]"}},
		`12\. May`:                   {{Text: "12. May"}},
		"12 May":                     {{Text: "12 May"}},
		"":                           nil,
	} {
		if got := r.Markdown(); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}
