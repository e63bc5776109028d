package check

import (
	"strings"

	"sharh/app/desk/diag"
	"sharh/app/desk/source"
)

// missingAlternative finds parts of the page that a screen reader could not read out properly. Package source reports a
// figure without a title or lead, under the same code.
func missingAlternative(c *Content, list *diag.List) {
	for _, f := range []source.Figure{c.Explainer.Timeline, c.Explainer.Map} {
		for _, lang := range c.Explainer.Written() {
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
