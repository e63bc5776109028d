package check

import (
	"strings"

	"sharh/app/desk/diag"
	"sharh/app/desk/locale"
)

// unfinishedLanguage warns of words of the page that the file of a language lacks.
func unfinishedLanguage(c *Content, list *diag.List) {
	const most = 12 // names that a message lists
	for _, lang := range c.Explainer.Languages {
		l, err := c.Locale(lang.Value)
		if err != nil || len(l.Missing) == 0 {
			continue // an error is one of missingTranslation
		}
		names := strings.Join(l.Missing[:min(most, len(l.Missing))], ", ")
		if len(l.Missing) > most {
			names += " …"
		}
		list.Warn(lang.Pos, "unfinished-language", "lacks", len(l.Missing), diag.Raw(names)).
			Advise("write", diag.Raw(locale.FileOf(lang.Value)))
	}
}
