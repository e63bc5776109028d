package markup_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sharh/app/desk/diag"
	"sharh/app/desk/markup"
	"sharh/app/story"
)

// show writes runs as "text" em("text") link:#target("text").
func show(runs story.Rich) string {
	var parts []string
	for _, r := range runs {
		name := r.Style
		if r.Href != "" {
			name += ":" + r.Href
		}
		if r.Runs != nil {
			parts = append(parts, name+"("+show(r.Runs)+")")
		} else {
			parts = append(parts, name+fmt.Sprintf("%q", r.Text))
		}
	}
	return strings.Join(parts, " ")
}

func showBlocks(blocks []story.Block) string {
	var lines []string
	for _, b := range blocks {
		line := b.Kind + " " + show(b.Text)
		for _, item := range append(b.Items, slices.Concat(b.Rows...)...) {
			line += "[" + show(item) + "]"
		}
		if b.Ends != nil {
			line += fmt.Sprint(" ends ", b.Ends)
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

func TestAllowed(t *testing.T) {
	for _, c := range []struct{ name, source, want string }{
		{"nothing", " \n", ``},
		{"a paragraph", "غزة و Gaza", `p "غزة و Gaza"`},
		{"paragraphs", "a\n\n\nb", "p \"a\"\np \"b\""},
		{"lines of a paragraph are joined by a space", "a\nb\n  c\n", `p "a b c"`},
		{"emphasis", "*a* _b_", `p em("a") " " em("b")`},
		{"strong", "x **a** __b__", `p "x " strong("a") " " strong("b")`},
		{"emphasis in strong", "**a *b* c**", `p strong("a " em("b") " c")`},
		{"a link keeps its target as written", "[calls](#statement-s6).", `p link:#statement-s6("calls") "."`},
		{"a foreign word", "عبر [Truth Social](lang:en)", `p "عبر " link:lang:en("Truth Social")`},
		{"styles in a link", "[a *b*](#call-1)", `p link:#call-1("a " em("b"))`},
		{"a list", "- a *b*\n- c\n  d", `ul ["a " em("b")]["c d"]`},
		{"a list with space between its entries", "* a\n\n* b", `ul ["a"]["b"]`},
		{"a numbered list", "1. a\n2. b", `ol ["a"]["b"]`},
		{"a quotation", "> a **b**\n> c", `quote "a " strong("b") " c"`},
		{"paragraphs of a quotation", "> a\n>\n> b", "quote \"a\"\nquote \"b\""},
		{"quotations one after another", "> a\n\n> b", "quote \"a\"\nquote \"b\""},
		{"a subheading", "a\n\n## b *c*\n\nd", "p \"a\"\nh \"b \" em(\"c\")\np \"d\""},
		{"a table", "| a | *b* |\n|---|--:|\n| [c](#x) | 1 \\| 2 |\n| d | |", "table [\"a\"][em(\"b\")][link:#x(\"c\")][\"1 | 2\"][\"d\"][] ends [false true]"},
		{"a table without strokes around it", "a | b\n--|--\n1 | 2", `table ["a"]["b"]["1"]["2"]`},
		{"escaped characters stand for themselves", `\*a\* 1\. \# \[b\](c) \\ \d`, `p "*a* 1. # [b](c) \\ \\d"`},
		{"character references", "Q&amp;A &copy; &#1594;&#x63A; &lt;b&gt; R&D &no;", `p "Q&A © غغ <b> R&D &no;"`},
		{"what an escape has made is text", `\&amp; &#38;lt; &amp;amp; \\&amp; \&#38;`, `p "&amp; &lt; &amp; \\& &#38;"`},
		{"references that are none", "&#; &#x; &#xFFFFFFF; &#12345678; &#+1; & ; &amp &;", `p "&#; &#x; &#xFFFFFFF; &#12345678; &#+1; & ; &amp &;"`},
		{"references to what is no character", "&#0; &#xD800; &#x110000;", "p \"\ufffd \ufffd \ufffd\""},
		{"marks that are escaped", `\*\*a\*\* [b\](c)`, `p "**a** [b](c)"`},
		{"what only looks like markup", "a * b, 2 < 3 > 1, snake_case, a|b, ~~c~~", `p "a * b, 2 < 3 > 1, snake_case, a|b, ~~c~~"`},
		{"neighbouring texts are one run", "a\nb \\* c &amp; [d] *e*", `p "a b * c & [d] " em("e")`},
	} {
		t.Run(c.name, func(t *testing.T) {
			var list diag.List
			doc := markup.Parse(c.source, diag.Pos{File: "f", Line: 1, Column: 1}, &list)
			for _, p := range list.All() {
				t.Errorf("got problem %s: %s", p.Pos, p.Message)
			}
			if diff := cmp.Diff(c.want, showBlocks(doc.Blocks)); diff != "" {
				t.Errorf("blocks differ (-want +got):\n%s", diff)
			}
		})
	}
}

func TestRefused(t *testing.T) {
	for _, c := range []struct{ name, source, want string }{
		{"a heading", "a\n\n# b", "f:12:1: a heading cannot be used here"},
		{"an underlined heading", "a\n===", "f:10:5: a heading cannot be used here"},
		{"a text with a line of hyphens under it", "a\n---", "f:10:5: a heading cannot be used here"},
		{"a heading of another level", "### a", "f:10:5: a heading cannot be used here"},
		{"a table without its second line", "| a | b |\n| 1 | 2 |", "f:10:5: a table that is none, and would be shown as its strokes"},
		{"a table with another number of columns", "| a | b |\n|---|\n| 1 | 2 |", "f:10:5: a table that is none, and would be shown as its strokes"},
		{"fenced code", "a\n\n```\nb\n```", "f:12:1: a block of code cannot be used here"},
		{"indented code", "a\n\n    b", "f:12:5: a block of code cannot be used here"},
		{"a block of HTML", "a\n\n<div>b</div>", "f:12:1: HTML cannot be used here"},
		{"a comment", "a\n\n<!-- b -->", "f:12:1: HTML cannot be used here"},
		{"a line across", "***\n\na", "f:10:5: a line across cannot be used here"},
		{"a link definition", "a\n\n[b]: https://x.org", "f:12:1: a link definition cannot be used here"},
		{"HTML in a line, counted by characters", "غزة <b>a</b>", "f:10:9: HTML cannot be used here"},
		{"HTML that is only closed", "a</b> <i>b</i></i>", "f:10:6: HTML cannot be used here\nf:10:11: HTML cannot be used here\nf:10:19: HTML cannot be used here"},
		{"HTML in the second line", "a\nb <b>", "f:11:3: HTML cannot be used here"},
		{"HTML in emphasis in a list", "- a *<i>b*", "f:10:10: HTML cannot be used here"},
		{"code in a line", "a `b`", "f:10:7: code cannot be used here"},
		{"a picture", "a ![b](c.png)", "f:10:7: a picture cannot be used here"},
		{"a bare address", "<https://x.org>", "f:10:5: a bare address cannot be used here"},
		{"a forced line break", "a\nb  \nc", "f:11:2: a forced line break cannot be used here"},
		{"a list in a list", "- a\n  - b", "f:11:3: anything but text in a list entry cannot be used here"},
		{"a second paragraph in a list entry", "- a\n\n  b", "f:12:3: a second paragraph in a list entry cannot be used here"},
		{"a list in a quotation", "> - a", "f:10:7: anything but text in a quotation cannot be used here"},
		{"a line across after a text", "a\n\n***", "f:12:1: a line across cannot be used here"},
		{"empty fenced code", "a\n\n```\n```", "f:12:1: a block of code cannot be used here"},
		{"an address after a text", "غزة <https://x.org>", "f:10:9: a bare address cannot be used here"},
		{"a forced line break by a backslash", "غزة\\\nb", "f:10:8: a forced line break cannot be used here"},
		{"a title in a link", "a [b](#c \"d\")", "f:10:7: a title in a link cannot be used here"},
		{"a link in a link", "[a [b](#c) d](#e)", "f:10:17: ]( would be shown to readers as it is"},
		{"a mark with a space on the wrong side", "غزة **a **", "f:10:9: ** would be shown to readers as it is\nf:10:13: ** would be shown to readers as it is"},
		{"styles without end", strings.Repeat("*a **b ", 8) + "c" + strings.Repeat(" b** a*", 8), "f:10:40: nested deeper than 10 levels"},
		{"quotations without end", "a\n" + strings.Repeat("> ", 100) + "b", "f:11:1: nested deeper than 10 levels"},
		{"a text without end", strings.Repeat("a ", 100_000), "f:10:5: a text of more than 128 KB"},
		{"a link without text", "[](#call-1)", `f:10:5: a link to "#call-1" has no text`},
	} {
		t.Run(c.name, func(t *testing.T) {
			var list diag.List
			markup.Parse(c.source, diag.Pos{File: "f", Line: 10, Column: 5}, &list)
			var got []string
			for _, p := range list.All() {
				got = append(got, p.Pos.String()+": "+p.Message.String())
			}
			if diff := cmp.Diff(c.want, strings.Join(got, "\n")); diff != "" {
				t.Errorf("problems differ (-want +got):\n%s", diff)
			}
		})
	}
	t.Run("more than a paragraph where one is meant", func(t *testing.T) {
		for source, want := range map[string]int{"": 0, "a\nb": 0, "a\n\nb": 1, "- a": 1, "> a": 1} {
			var list diag.List
			markup.ParseInline(source, diag.Pos{File: "f", Line: 1, Column: 1}, &list)
			if list.Len() != want {
				t.Errorf("%q: got %d problems, want %d", source, list.Len(), want)
			}
		}
	})
}

func TestLinksAreListedInReadingOrder(t *testing.T) {
	var list diag.List
	got := markup.Parse("[a](#x) *[b](lang:en)*\n\n- [c](#y)", diag.Pos{File: "f", Line: 1, Column: 1}, &list).Links
	want := []markup.Link{
		{Target: "#x", Pos: diag.Pos{File: "f", Line: 1, Column: 1}},
		{Target: "lang:en", Pos: diag.Pos{File: "f", Line: 1, Column: 10}},
		{Target: "#y", Pos: diag.Pos{File: "f", Line: 3, Column: 3}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("links differ (-want +got):\n%s", diff)
	}
}

func TestTextsAreWhatReadersSeeAndWhereItStands(t *testing.T) {
	source := "غزة &amp; *a* [b\\*](#c)\nd [Truth *Social*](lang:en) e\n\n- f\n- g"
	var list diag.List
	doc := markup.Parse(source, diag.Pos{File: "f", Line: 1, Column: 1}, &list)
	var got []string
	for _, text := range doc.Texts {
		line := text.Value
		for _, c := range "&*dbefg" {
			if i := strings.IndexRune(text.Value, c); i >= 0 {
				line += fmt.Sprintf(" %c:%s", c, text.At(i))
			}
		}
		got = append(got, line)
	}
	want := []string{
		"غزة & a b* d \ufffc e &:f:1:5 *:f:1:17 d:f:2:1 b:f:1:16 e:f:2:29",
		"f f:f:4:3", "g g:f:5:3",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("texts differ (-want +got):\n%s", diff)
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{
		"a **b *c* d** [e](#call-1)\n\n- f\n- [g](lang:en)\n\n> h", "\\*a\\* &amp; &#0;\n<b>`c`</b>![d](e)", "# a\n***\n```\nb\n[c]: d\n\t- e\n1. f",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, source string) {
		var list diag.List
		doc := markup.Parse(source, diag.Pos{File: "f", Line: 1, Column: 1}, &list)
		for _, b := range doc.Blocks {
			wellFormed(t, b.Text)
			for _, item := range b.Items {
				wellFormed(t, item)
			}
		}
		for _, text := range doc.Texts {
			for i := range text.Value {
				text.At(i)
			}
		}
		lines := strings.Split(source, "\n")
		for _, p := range list.All() {
			if p.Pos.Line < 1 || p.Pos.Line > len(lines) || p.Pos.Column < 1 || p.Pos.Column > len([]rune(lines[p.Pos.Line-1]))+1 {
				t.Errorf("%s: %s: got a place outside of %q", p.Pos, p.Message, source)
			}
		}
	})
}

// wellFormed fails on runs whose HTML a browser would not parse back to the same tree.
func wellFormed(t *testing.T, runs story.Rich) {
	t.Helper()
	for i, r := range runs {
		switch {
		case r.Style == "" && (r.Text == "" || r.Runs != nil):
			t.Errorf("got the run %+v, want a text", r)
		case r.Style != "" && (r.Text != "" || len(r.Runs) == 0):
			t.Errorf("got the run %+v, want a style and its runs", r)
		case r.Style == "" && i > 0 && runs[i-1].Style == "":
			t.Errorf("got two texts side by side: %q, %q", runs[i-1].Text, r.Text)
		}
		wellFormed(t, r.Runs)
	}
}
