package check

import (
	"strings"

	"sharh/app/desk/diag"
	"sharh/app/desk/locale"
)

// unfinishedLanguage warns of words of the page that the file of a language lacks.
func unfinishedLanguage(c *Content, list *diag.List) {
	const most = 3 // names that a message lists; of more, it lists the parts of the file
	for _, lang := range c.Explainer.Written() {
		l, err := c.Locale(lang.Value)
		if err != nil || len(l.Missing) == 0 {
			continue // an error is one of missingTranslation
		}
		names := strings.Join(locale.Parts(l.Missing, most), ", ")
		list.Warn(lang.Pos, "unfinished-language", "lacks", len(l.Missing), diag.Raw(names)).
			Advise("write", diag.Raw(locale.FileOf(lang.Value)))
	}
}
