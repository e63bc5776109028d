package check

import (
	"errors"
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
		if !slices.Contains(names, l.Value) {
			names = append(names, l.Value)
		}
	}
	written := slices.Clone(names)
	for _, l := range e.Written() {
		words(c, l, list)
		if !slices.Contains(written, l.Value) {
			written = append(written, l.Value)
		}
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
		all := lacking[l.Value]
		delete(lacking, l.Value) // for a language that is named twice, which is reported elsewhere
		// A translation that has hardly begun is one problem, and not a hundred.
		if len(all) > mostMissing && len(names) > 1 {
			list.Error(l.Pos, "missing-translation", "many", len(all), l.Value, diag.Raw(c.lines(all))).
				Advise("prepare", diag.Raw("preparing: ["+l.Value+"]"))
			continue
		}
		for _, pos := range all {
			list.Error(pos, "missing-translation", "missing", l.Value)
		}
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
