package compile

import (
	"fmt"
	"net/url"
	"strings"

	"sharh/app/desk/locale"
	"sharh/app/desk/source"
	"sharh/app/story"
)

// withdrawn compiles the notice of a withdrawn explainer.
func (c *compiler) withdrawn(w *source.Withdrawn) (story.Withdrawn, error) {
	if w == nil {
		return story.Withdrawn{}, nil
	}
	successor, err := c.successor(w.Successor.Value)
	date := c.date(w.Date)
	return story.Withdrawn{
		Date: date, Said: c.locale.Phrase("withdrawn_on", date.Text), Reason: w.Reason.In(c.lang), Successor: successor,
	}, err
}

// successor finds what takes the place of a withdrawn explainer: another one, in the same language if it has it, or a
// page elsewhere.
func (c *compiler) successor(named string) (story.Successor, error) {
	if named == "" {
		return story.Successor{}, nil
	}
	if u, err := url.Parse(named); err == nil && u.Host != "" {
		return story.Successor{Address: named, Title: strings.TrimSuffix(u.Host+u.Path, "/"), Dir: "ltr"}, nil
	}
	other := c.set.Others.Explainer(named)
	if other == nil || len(other.Languages) == 0 {
		return story.Successor{}, fmt.Errorf("there is no explainer %q, which takes the place of this one", named)
	}
	lang, path := other.Languages[0].Value, named+"/"
	for _, l := range other.Languages[1:] {
		if l.Value == c.lang {
			lang, path = l.Value, path+l.Value+"/"
		}
	}
	return story.Successor{Address: path, Title: other.Title.In(lang), Lang: lang, Dir: locale.Direction(lang)}, nil
}
