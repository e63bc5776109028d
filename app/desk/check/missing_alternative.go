package check

import (
	"strings"

	"sharh/app/desk/diag"
	"sharh/app/desk/source"
)

// missingAlternative finds what readers who cannot see the page would not hear. That a figure has a title and a lead at
// all is seen to by package source, under the same code.
func missingAlternative(c *Content, list *diag.List) {
	for _, f := range []source.Figure{c.Explainer.Timeline, c.Explainer.Map} {
		for _, lang := range c.Explainer.Languages {
			title, lead := f.Title.ByLang[lang.Value], f.Lead.ByLang[lang.Value]
			if lead.Value != "" && strings.TrimSpace(lead.Value) == strings.TrimSpace(title.Value) {
				list.Error(lead.Pos, "missing-alternative", "repeats").Note(title.Pos, "title").Advise("describe")
			}
		}
	}
	for _, s := range c.Sources.Sources {
		if s.Quote.Value != "" && s.QuoteLanguage.Value == "" {
			list.Error(s.Quote.Pos, "missing-alternative", "quote").Advise("quote-language")
		}
	}
}
