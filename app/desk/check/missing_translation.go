package check

import (
	"cmp"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"

	"sharh/app/desk/diag"
	"sharh/app/desk/locale"
	"sharh/app/desk/source"
)

func missingTranslation(c *Content, list *diag.List) {
	if c.Failed["explainer.yaml"] {
		return // the languages are unknown
	}
	e := &c.Explainer
	if len(e.Languages) == 0 {
		if e.Languages != nil {
			list.Error(e.Pos, "missing-translation", "no-language").Advise("languages")
		}
		return
	}
	var names []string
	lacking := map[string][]diag.Pos{} // the texts that a language lacks
	for _, l := range e.Languages {
		names = append(names, l.Value)
	}
	written := names
	for _, l := range e.Written() {
		words(c, l, list)
	}
	for _, l := range e.Preparing {
		written = append(slices.Clip(written), l.Value)
	}
	others := map[string][]diag.Pos{} // texts in no language of the explainer
	walkTexts(c.Set, func(t *source.Text, _ string) {
		for i, name := range written {
			s, there := t.ByLang[name]
			switch {
			case there && strings.TrimSpace(s.Value) == "":
				list.Error(s.Pos, "missing-translation", "empty", name)
			case !there && i < len(names) && !slices.Contains(t.Broken, name):
				lacking[name] = append(lacking[name], t.Pos)
			}
		}
		for lang, s := range t.ByLang {
			if !slices.Contains(written, lang) {
				others[lang] = append(others[lang], s.Pos)
			}
		}
	})
	for _, l := range e.Languages {
		// A translation that has hardly begun is one problem, and not a hundred.
		if all := lacking[l.Value]; len(all) > mostMissing && len(e.Languages) > 1 {
			list.Error(l.Pos, "missing-translation", "many", len(all), l.Value, diag.Raw(c.lines(all))).
				Advise("prepare", diag.Raw("preparing: ["+l.Value+"]"))
			continue
		}
		for _, pos := range lacking[l.Value] {
			list.Error(pos, "missing-translation", "missing", l.Value)
		}
		delete(lacking, l.Value) // one that is named twice is reported elsewhere
	}
	for lang, all := range others {
		d := list.Error(slices.MinFunc(all, earlier), "missing-translation", "unknown", len(all), lang)
		if locale.IsLanguage(lang) {
			d.Advise("these-or", names, diag.Raw("preparing: ["+lang+"]"))
		} else {
			d.Advise("these", names)
		}
	}
}

// mostMissing is how many texts that a language lacks are reported each at its place.
const mostMissing = 10

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

// words reports a language of which there is no file, and what is wrong with the one beside the explainers.
func words(c *Content, lang source.String, list *diag.List) {
	before := list.Len()
	c.Set.Language(lang.Value, list)
	if list.Len() > before {
		return
	}
	_, err := c.Locale(lang.Value)
	var unknown *locale.UnknownError
	var fault *locale.FileError
	switch {
	case errors.As(err, &unknown):
		d := list.Error(lang.Pos, "missing-translation", "no-words", lang.Value)
		if locale.IsLanguage(lang.Value) {
			d.Advise("make", unknown.There, diag.Raw("sharh locale new "+lang.Value))
		} else {
			d.Advise("words", unknown.There)
		}
	case errors.As(err, &fault):
		at := diag.Pos{File: path.Join(path.Dir(c.Dir), fault.File), Line: fault.Line, Column: fault.Column}
		list.Error(at, "missing-translation", "wrong-words", diag.Raw(fault.Fault))
	case err != nil:
		list.Error(lang.Pos, "missing-translation", "wrong-words", diag.Raw(err.Error()))
	}
}
