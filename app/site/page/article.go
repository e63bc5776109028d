package page

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strconv"

	"sharh/app/page/ui"
	"sharh/app/story"
	"sharh/app/story/address"
)

// FeedName is the name of a feed, in the folder of the page that it is of.
const FeedName = "feed.xml"

// Article is what feed readers are told of an explainer in one language, or of its withdrawal.
type Article struct {
	Published, Modified string // days, "2026-11-24"; Published is "" if it is not known
	Log                 string // address of the change log
	Licence             story.Licence
	Changes             []Revision // the latest first
}

// Revision is an entry of the change log.
type Revision struct{ ISO, Title, Text string }

// feed is the path of the feed of a folder, "" where the host of the site is not known and there is none.
func (m *Maker) feed(folder string) string {
	if !m.base.Host() {
		return ""
	}
	return folder + FeedName
}

// article returns what machines are told of an explainer.
func (m *Maker) article(e *Edition) *Article {
	a := &Article{
		Published: e.Document.Published(), Modified: e.Document.Modified(), Licence: e.Licence,
		Log: m.base.Address(e.Folder()+ui.Evidence.Path()) + "#changes",
	}
	if w := e.Withdrawn; e.IsWithdrawn() {
		a.Log, a.Changes = m.base.Address(e.Folder()), []Revision{{w.Date.ISO, w.Said, w.Reason}}
	}
	for _, c := range e.Changes {
		a.Changes = append(a.Changes, Revision{c.Date.ISO, c.Date.Text + e.Words.Colon + " " + e.Title, c.Text.Plain()})
	}
	return a
}

// Linked data as schema.org has it. The explainer's page names what it tells, and the evidence page, as the same
// article, what it rests on: each says no more than readers find there.
type (
	linkedArticle struct {
		Context   string    `json:"@context"`
		Type      [2]string `json:"@type"`
		ID        string    `json:"@id"`
		Headline  string    `json:"headline"`
		About     string    `json:"description,omitempty"`
		Lang      string    `json:"inLanguage"`
		Published string    `json:"datePublished,omitempty"`
		Modified  string    `json:"dateModified"`
		Image     string    `json:"image,omitempty"`
		Licence   string    `json:"license,omitempty"`
		Events    *itemList `json:"mainEntity,omitempty"`
		Citations []cited   `json:"citation,omitempty"`
	}
	itemList struct {
		Type  string     `json:"@type"`
		Items []listItem `json:"itemListElement"`
	}
	listItem struct {
		Type     string `json:"@type"`
		Position int    `json:"position"`
		Name     string `json:"name"`
		URL      string `json:"url"`
	}
	cited struct {
		Type      string      `json:"@type"`
		Name      string      `json:"name"`
		URL       string      `json:"url,omitempty"` // none for what is in print
		Published string      `json:"datePublished,omitempty"`
		Publisher *namedThing `json:"publisher,omitempty"`
	}
	namedThing struct {
		Type string `json:"@type"`
		Name string `json:"name"`
	}
)

// plain are dates that schema.org knows: those of a day, month or year without doubt.
var plain = regexp.MustCompile(`^\d{4}(-\d\d){0,2}$`)

// events lists calls and events, each of which are in order of time; nil for none.
func (a *linkedArticle) events(d *story.Document) *itemList {
	list := &itemList{Type: "ItemList"}
	add := func(fragment, name string) {
		list.Items = append(list.Items, listItem{"ListItem", len(list.Items) + 1, name, a.ID + fragment})
	}
	calls := d.Calls
	until := func(last int) {
		for _, c := range calls[:last] {
			add(address.Call.Fragment(strconv.Itoa(c.ID)), c.Name)
		}
		calls = calls[last:]
	}
	for _, x := range d.Events {
		next := slices.IndexFunc(calls, func(c story.Call) bool { return c.Date.ISO > x.Date.ISO })
		if next < 0 {
			next = len(calls)
		}
		until(next)
		add(address.Event.Fragment(x.ID), x.Headline())
	}
	until(len(calls))
	if len(list.Items) == 0 {
		return nil
	}
	return list
}

// linked returns the linked data of the explainer's page, or of its evidence page.
func (m *Maker) linked(e *Edition, kind Kind) (string, error) {
	d := e.Document
	a := linkedArticle{
		Context: "https://schema.org", Type: [2]string{"NewsArticle", "BackgroundNewsArticle"},
		ID: m.base.Address(e.Folder()), Headline: d.Title, Lang: d.Lang,
		Published: d.Published(), Modified: d.Modified(), Licence: d.Licence.URL,
	}
	if kind == Evidence {
		for _, s := range d.Sources {
			c := cited{Type: "CreativeWork", Name: s.Subject, URL: s.URL}
			if plain.MatchString(s.Date.ISO) {
				c.Published = s.Date.ISO
			}
			if s.Publisher != "" {
				c.Publisher = &namedThing{"Organization", s.Publisher}
			}
			a.Citations = append(a.Citations, c)
		}
	} else {
		a.About = d.Summary
		if picture := e.Pictures[""]; picture != "" {
			a.Image = m.base.Address(picture)
		}
		a.Events = a.events(d)
	}
	data, err := json.Marshal(a) // < and > are escaped, so that nothing ends the script
	if err != nil {
		return "", fmt.Errorf("writing linked data: %w", err)
	}
	return string(data), nil
}
