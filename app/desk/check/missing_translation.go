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
	for _, l := range e.Languages {
		names = append(names, l.Value)
		words(c, l, list)
	}
	walkTexts(c.Set, func(t *source.Text, _ string) {
		for _, name := range names {
			s, there := t.ByLang[name]
			switch {
			case there && strings.TrimSpace(s.Value) == "":
				list.Error(s.Pos, "missing-translation", "empty", name)
			case !there && !slices.Contains(t.Broken, name):
				list.Error(t.Pos, "missing-translation", "missing", name)
			}
		}
		for lang, s := range t.ByLang {
			if !slices.Contains(names, lang) {
				list.Error(s.Pos, "missing-translation", "unknown", lang).Advise("these", names)
			}
		}
	})
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
