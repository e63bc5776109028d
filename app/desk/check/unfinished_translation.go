package check

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"sharh/app/desk/diag"
	"sharh/app/desk/source"
)

// unfinishedTranslation counts and lists what languages lack that are being prepared.
func unfinishedTranslation(c *Content, list *diag.List) {
	for _, lang := range c.Explainer.Preparing {
		var all []diag.Pos
		of := 0
		walkTexts(c.Set, func(t *source.Text, how string) {
			of++
			if _, there := t.ByLang[lang.Value]; !there && how != "blocks" && !slices.Contains(t.Broken, lang.Value) {
				all = append(all, t.Pos)
			}
		})
		// What is in a file for each language has no line yet.
		file := func(stem string, t source.Text) {
			if _, there := t.ByLang[lang.Value]; t.Given() && !there && !slices.Contains(t.Broken, lang.Value) {
				all = append(all, diag.Pos{File: c.File(stem + "." + lang.Value + ".md")})
			}
		}
		for _, s := range c.Explainer.Sections {
			file("sections/"+s.ID.Value, s.Body)
		}
		file("method", c.Method)
		if len(all) > 0 {
			list.Warn(lang.Pos, "unfinished-translation", "lacks", len(all), of, lang.Value).
				Advise("where", diag.Raw(c.lines(all)))
		}
	}
}

// earlier orders places by file, line and column.
func earlier(a, b diag.Pos) int {
	return cmp.Or(cmp.Compare(a.File, b.File), a.Line-b.Line, a.Column-b.Column)
}

// lines lists places as people look for them: "actors.yaml 3, 7–9; timeline.yaml 12".
func (c *Content) lines(all []diag.Pos) string {
	all = slices.SortedFunc(slices.Values(all), earlier)
	var b strings.Builder
	file, last, from := "", 0, 0
	end := func() {
		if last > from {
			fmt.Fprintf(&b, "–%d", last)
		}
	}
	for _, p := range all {
		switch {
		case p.File != file:
			end()
			if file != "" {
				b.WriteString("; ")
			}
			b.WriteString(strings.TrimPrefix(strings.TrimPrefix(p.File, c.Dir), "/"))
			if p.Line > 0 {
				fmt.Fprintf(&b, " %d", p.Line)
			}
			from = p.Line
		case p.Line == last:
		case p.Line != last+1:
			end()
			fmt.Fprintf(&b, ", %d", p.Line)
			from = p.Line
		}
		file, last = p.File, p.Line
	}
	end()
	return b.String()
}
