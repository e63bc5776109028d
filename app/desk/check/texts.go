package check

import (
	"strings"

	"sharh/app/desk/diag"
	"sharh/app/desk/locale"
	"sharh/app/desk/source"
)

func missingTranslation(c *Content, list *diag.List) {
	if c.Failed["explainer.yaml"] {
		return // the languages are not known
	}
	if e := &c.Explainer; len(e.Languages) == 0 {
		list.Errorf(e.Pos, "missing-translation", "the explainer has no language").Hintf("write languages: [ar, en], for example")
		return
	}
	langs := map[string]bool{}
	var names []string
	for _, l := range c.Explainer.Languages {
		langs[l.Value] = true
		names = append(names, l.Value)
	}
	walk(c.Set, func(t *source.Text) {
		if !t.Given() {
			return
		}
		for _, name := range names {
			s, there := t.ByLang[name]
			switch {
			case there && strings.TrimSpace(s.Value) == "":
				list.Errorf(s.Pos, "missing-translation", "the text in %q is empty", name)
			case !there:
				list.Errorf(t.Pos, "missing-translation", "there is no text in %q", name)
			}
		}
		for lang, s := range t.ByLang {
			if !langs[lang] {
				list.Errorf(s.Pos, "missing-translation", "%q is not a language of this explainer", lang).
					Hintf("languages are %s, as explainer.yaml says", strings.Join(names, ", "))
			}
		}
	})
	known := map[string]bool{}
	for _, l := range locale.Languages() {
		known[l] = true
	}
	for _, l := range c.Explainer.Languages {
		if !known[l.Value] {
			list.Errorf(l.Pos, "missing-translation", "the page has no words of its own in %q", l.Value).
				Hintf("there are words in %s", strings.Join(locale.Languages(), ", "))
		}
	}
}

func markdown(c *Content, list *diag.List) {
	for _, r := range c.richTexts() {
		list.Merge(r.Problems)
	}
}

func badLink(c *Content, list *diag.List) {
	targets := map[string]kind{
		"statement": statement, "source": src, "actor": actor, "call": call, "event": event, "view": view,
		"term": term,
	}
	for _, r := range c.richTexts() {
		for _, l := range r.Links {
			if lang, ok := strings.CutPrefix(l.Target, "lang:"); ok {
				if lang == "" || strings.ContainsAny(lang, " _") {
					list.Errorf(l.Pos, "bad-link", "%q does not name a language", l.Target).Hintf("write lang:en, for example")
				}
				continue
			}
			item, ok := strings.CutPrefix(l.Target, "#")
			name, id, _ := strings.Cut(item, "-")
			k, known := targets[name]
			switch {
			case !ok:
				list.Errorf(l.Pos, "bad-link", "the link leads to %q, outside this explainer", l.Target).
					Hintf("put the address into sources.yaml and link to #source-<id>")
			case !known:
				list.Errorf(l.Pos, "bad-link", "the link leads to %q, which is not an item", l.Target).
					Hintf("items are #statement-, #source-, #actor-, #call-, #event-, #view- and #term-<id>")
			case !c.exists(k, id):
				near := diag.Nearest(id, c.index.ids(k))
				list.Errorf(l.Pos, "bad-link", "the link leads to %s %q, which does not exist", k, id).Suggest(near)
			}
		}
	}
	for _, s := range c.Sources.Sources {
		if u := s.URL; u.Value != "" && !strings.HasPrefix(u.Value, "https://") && !strings.HasPrefix(u.Value, "http://") {
			list.Errorf(u.Pos, "bad-link", "the address %q does not begin with https://", u.Value)
		}
	}
}
