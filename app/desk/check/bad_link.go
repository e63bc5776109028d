package check

import (
	"net/url"
	"regexp"
	"strings"
	"unicode"

	"sharh/app/desk/diag"
	"sharh/app/story/address"
)

func badLink(c *Content, list *diag.List) {
	addresses := map[string]string{}
	for _, s := range c.Sources.Sources {
		addresses[s.URL.Value] = s.ID.Value
		switch faultOf(s.URL.Value) {
		case notWeb:
			list.Error(s.URL.Pos, "bad-link", "not-https", s.URL.Value).Advise("where")
		case broken:
			list.Error(s.URL.Pos, "bad-link", "broken", s.URL.Value)
		case disguised:
			list.Error(s.URL.Pos, "bad-link", "disguised", s.URL.Value).Advise("no-user")
		}
	}
	if l := c.Explainer.Licence; l != nil {
		switch faultOf(l.URL.Value) {
		case notWeb:
			list.Error(l.URL.Pos, "bad-link", "not-https", l.URL.Value)
		case broken:
			list.Error(l.URL.Pos, "bad-link", "broken", l.URL.Value)
		case disguised:
			list.Error(l.URL.Pos, "bad-link", "disguised", l.URL.Value).Advise("no-user")
		}
	}
	for _, t := range c.texts {
		for _, l := range t.Links {
			if lang, ok := strings.CutPrefix(l.Target, "lang:"); ok {
				if !languageTag.MatchString(lang) {
					list.Error(l.Pos, "bad-link", "no-language", l.Target).Advise("language")
				}
				continue
			}
			k, id, ok := target(l.Target)
			switch {
			case addresses[l.Target] != "" && l.Target != "":
				list.Error(l.Pos, "bad-link", "outside", l.Target).Advise("this-source", diag.Raw(addresses[l.Target]))
			case !strings.HasPrefix(l.Target, "#"):
				list.Error(l.Pos, "bad-link", "outside", l.Target).Advise("to-source")
			case !ok:
				d := list.Error(l.Pos, "bad-link", "no-item", l.Target).Advise("items")
				id := l.Target[1:]
				for _, to := range address.Linked() {
					if c.index.has(kind(to.String()), id) {
						d.Suggest(to.Fragment(id))
					}
				}
				id = strings.TrimPrefix(id, "speaker-")
				if c.index.has(speaker, id) && !c.index.has(actor, id) {
					d.Advise("speaker", id)
				}
			case !c.exists(k, id):
				near := c.index.nearest(k, id)
				d := list.Error(l.Pos, "bad-link", "missing", k.word(), id).Suggest(near)
				if near != "" {
					d.Note(c.index[k][near], "near", k.word(), near)
				} else if k == actor && c.index.has(speaker, id) {
					d.Advise("speaker", id)
				} else if there := c.index.all(k); len(there) > 0 {
					d.Advise("there", diag.Raw(strings.Join(files[k], ", ")), there)
				} else {
					d.Advise("none", diag.Raw(strings.Join(files[k], ", ")), k.word())
				}
			}
		}
	}
}

// fault is what is wrong with an address on the web.
type fault int

const (
	noFault fault = iota
	notWeb        // it does not even begin like one
	broken
	disguised // a name before the host, as in https://bank.example@evil.example/, looks like another host
)

// languageTag matches what may name a language: en, zh-Hant.
var languageTag = regexp.MustCompile(`^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$`)

// faultOf returns what is wrong with an address; nothing is wrong with none.
func faultOf(address string) fault {
	switch u, err := url.Parse(address); {
	case address == "":
		return noFault
	case !strings.HasPrefix(address, "https://") && !strings.HasPrefix(address, "http://"):
		return notWeb
	case err != nil, u.Hostname() == "", strings.Contains(address, `"`), strings.ContainsFunc(address, unicode.IsSpace):
		return broken
	case u.User != nil:
		return disguised
	}
	return noFault
}
