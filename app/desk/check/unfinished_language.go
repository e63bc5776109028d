package check

import (
	"fmt"
	"slices"
	"strings"

	"sharh/app/desk/diag"
	"sharh/app/desk/locale"
)

// unfinishedLanguage warns of words of the page that the file of a language lacks.
func unfinishedLanguage(c *Content, list *diag.List) {
	const most = 3 // names that a message lists; of more, it lists the parts of the file
	for _, lang := range c.Explainer.Languages {
		l, err := c.Locale(lang.Value)
		if err != nil || len(l.Missing) == 0 {
			continue // an error is one of missingTranslation
		}
		names := l.Missing
		if len(names) > most {
			names = partsOf(names)
		}
		list.Warn(lang.Pos, "unfinished-language", "lacks", len(l.Missing), diag.Raw(strings.Join(names, ", "))).
			Advise("write", diag.Raw(locale.FileOf(lang.Value)))
	}
}

// partsOf counts names, which are sorted, by the part of the file that they are in.
func partsOf(names []string) []string {
	var parts []string
	counts := map[string]int{}
	for _, name := range names {
		part, _, _ := strings.Cut(name, ".")
		if counts[part]++; !slices.Contains(parts, part) {
			parts = append(parts, part)
		}
	}
	for i, part := range parts {
		parts[i] = fmt.Sprintf("%s (%d)", part, counts[part])
	}
	return parts
}
