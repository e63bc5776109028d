package check

import (
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
		if !slices.Contains(locale.Languages(), l.Value) {
			list.Error(l.Pos, "missing-translation", "no-words", l.Value).Advise("words", locale.Languages())
		}
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
