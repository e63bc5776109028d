package source

import (
	"io/fs"
	"path"
	"slices"
	"strings"

	"sharh/app/desk/diag"
)

// Others are the explainers beside one. They are read when they are asked for, as they are then.
type Others struct {
	content fs.FS
	slug    string // of the one
	dir     string // of all explainers, as messages name it
}

const explainerFile = "explainer.yaml"

// Slugs lists them, sorted.
func (o *Others) Slugs() []string {
	all, err := Slugs(o.content)
	if err != nil {
		return nil // whoever reads explainers says so
	}
	return slices.DeleteFunc(all, func(slug string) bool { return slug == o.slug })
}

// Explainer reads the explainer.yaml of another explainer; nil if there is none that can be read. What is wrong with it
// is reported when that explainer is read.
func (o *Others) Explainer(slug string) *Explainer {
	if !slices.Contains(o.Slugs(), slug) {
		return nil
	}
	l, text := o.text(slug)
	var e Explainer
	if !decode(l.set.File(explainerFile), text, &e, l.exists, l.list) {
		return nil
	}
	return &e
}

// Former finds another explainer whose folder had a name before, and where it says so; "" if there is none.
func (o *Others) Former(name string) (slug string, at diag.Pos) {
	for _, slug := range o.Slugs() {
		// Few files have the name, and parsing them takes a hundred times as long.
		if _, text := o.text(slug); !strings.Contains(text, name) {
			continue
		}
		if e := o.Explainer(slug); e != nil {
			for _, former := range e.Formerly {
				if former.Value == name {
					return slug, former.Pos
				}
			}
		}
	}
	return "", diag.Pos{}
}

// text reads the explainer.yaml of an explainer; "" if it cannot be read.
func (o *Others) text(slug string) (loader, string) {
	l := loader{o.content, &Set{Slug: slug, Dir: path.Join(o.dir, slug)}, &diag.List{}}
	text, _ := l.read(explainerFile)
	return l, text
}
