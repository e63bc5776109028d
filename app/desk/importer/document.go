package importer

import (
	"bytes"
	"path/filepath"
	"slices"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/renderer/html"

	"sharh/app/desk/diag"
	"sharh/app/desk/source"
)

// toHTML makes HTML of Markdown. It leaves HTML as it is, because newsrooms write both into ArchieML, and fromHTML is
// what decides of either.
var toHTML = goldmark.New(goldmark.WithRendererOptions(html.WithUnsafe()))

func htmlOf(text string) string {
	var b bytes.Buffer
	if err := toHTML.Convert([]byte(text), &b); err != nil {
		return text // a buffer takes everything
	}
	return b.String()
}

// The keys of a document of ArchieML that say something of the explainer as a whole, by their folded names.
var (
	kickerKeys     = []string{"kicker", "eyebrow", "supertitle", "slugline"}
	standfirstKeys = []string{"standfirst", "subtitle", "dek", "deck", "subhed", "subhead", "leadin", "lede", "lead",
		"intro", "chatter", "summary", "excerpt", "description"}
	bodyKeys = []string{"body", "article", "story", "content", "text", "sections"}
)

// archieML reads a document of ArchieML: single keys say what it is about, an array with the name of a kind of table
// holds such rows, and body, mostly a freeform array, is the article.
func (r *reading) archieML(name, text string) error {
	root, err := readArchieML(name, text)
	if err != nil {
		return err
	}
	at := placed(name, text)
	if len(root.keys) == 0 {
		return Fault{lineOf(name, text, 0), diag.Say("import-aml-empty"), diag.Say("import-aml-way")}
	}
	if n := count(root); n > 10*maxRows {
		return Fault{at(root), diag.Say("import-rows", 10*maxRows), diag.Say("import-rows-way")}
	}
	e := &r.set.Explainer
	for i, key := range root.keys {
		value, fold := root.values[i], folded(key)
		switch {
		case value.text == "" && len(value.values) == 0:
		case slices.Contains(bodyKeys, fold):
			r.article(value, at)
		case len(value.values) > 0:
			r.array(name, key, value, at)
		case !r.fresh:
			r.lost(at(value), key, value.text)
		case slices.Contains(titleColumns, fold):
			e.Title = r.said(r.plainText(at(value), htmlOf(value.text)))
		case slices.Contains(kickerKeys, fold):
			e.Kicker = r.said(r.plainText(at(value), htmlOf(value.text)))
		case slices.Contains(standfirstKeys, fold) && len(e.Standfirst.ByLang) == 0:
			p := fromHTML(htmlOf(value.text), r.citing(at(value), ""))
			r.lostElements(at(value), p)
			e.Standfirst = r.said(markdown(joined(p.paragraphs)))
		default:
			r.lost(at(value), key, value.text)
		}
	}
	return nil
}

func count(n node) int {
	all := 1
	for _, v := range n.values {
		all += count(v)
	}
	return all
}

// array reads an array of the document as a table.
func (r *reading) array(name, key string, value node, at func(node) diag.Pos) {
	t := &table{file: name, marked: true}
	t.head(nil)
	for _, entry := range value.list() {
		if len(value.keys) > 0 { // an object, not an array
			break
		}
		row := row{table: t}
		put := func(column string, cell node, text string) {
			i, there := t.of[folded(column)]
			if !there {
				i = len(t.columns)
				t.columns, t.of[folded(column)] = append(t.columns, column), i
			}
			for len(row.cells) <= i {
				row.cells, row.places = append(row.cells, ""), append(row.places, [2]int{at(entry).Line, at(entry).Column})
			}
			row.cells[i], row.places[i] = text, [2]int{at(cell).Line, at(cell).Column}
		}
		put("value", entry, entry.text)
		for i, k := range entry.keys {
			r.flat(k, entry.values[i], at, put)
		}
		t.rows = append(t.rows, row)
	}
	if len(t.rows) > 0 && r.table(key, t) {
		return
	}
	r.nothing(key, value, at)
}

// nothing remarks on each text of a value of which nothing is taken along.
func (r *reading) nothing(key string, value node, at func(node) diag.Pos) {
	if value.get("type").text == "text" { // a line of a freeform array
		value = value.get("value")
	}
	r.lost(at(value), key, value.text)
	for i, inner := range value.values {
		name := key
		if len(value.keys) > 0 {
			name += "." + value.keys[i]
		}
		r.nothing(name, inner, at)
	}
}

// flat puts what an entry has under a key into cells: the keys of an object each into its own, a list into one.
func (r *reading) flat(
	key string, value node, at func(node) diag.Pos, put func(column string, cell node, text string),
) {
	switch {
	case len(value.keys) > 0:
		for i, k := range value.keys {
			r.flat(key+"."+k, value.values[i], at, put)
		}
	case len(value.values) > 0:
		var parts []string
		for _, v := range value.values {
			switch text := v.get("value").text; {
			case v.text != "":
				parts = append(parts, v.text)
			case v.get("type").text == "text":
				parts = append(parts, text)
			case v.has("url"): // a list of sources
				parts = append(parts, v.get("url").text)
				r.cite(link{v.get("url").text, v.get("title").text})
			default:
				r.nothing(key, v, at)
			}
		}
		put(key, value, strings.Join(parts, "\n\n"))
	default:
		put(key, value, value.text)
	}
}

// What the lines of an article can be, by the name of their key.
var (
	headingKeys = []string{"heading", "header", "subhed", "subhead", "subheading", "section", "hed", "h1", "h2", "h3",
		"title"}
	quoteKeys = []string{"quote", "blockquote", "pullquote"}
	textKeys  = []string{"text", "p", "paragraph", "body", "copy", "value"}
)

// article reads the text of the article. A heading begins a section.
func (r *reading) article(body node, at func(node) diag.Pos) {
	if !r.fresh {
		r.nothing("body", body, at)
		return
	}
	if body.text != "" {
		r.paragraph(at(body), body.text, "")
		return
	}
	for _, line := range body.list() {
		kind, value := folded(line.get("type").text), line.get("value")
		switch {
		case line.text != "": // of a list of texts
			r.paragraph(at(line), line.text, "")
		case len(body.keys) == 0 && !line.has("type"): // of an array of objects: sections
			for i, k := range line.keys {
				r.articleLine(folded(k), k, line.values[i], at)
			}
		default:
			r.articleLine(kind, line.get("type").text, value, at)
		}
	}
}

// articleLine reads a line of an article, which is of a kind.
func (r *reading) articleLine(kind, written string, value node, at func(node) diag.Pos) {
	text := value.text
	for i, k := range value.keys { // of an object, what it says
		if f := folded(k); text == "" && (slices.Contains(textKeys, f) || slices.Contains(headingKeys, f) ||
			slices.Contains(quoteKeys, f)) {
			text = value.values[i].text
		} else if slices.Contains(pictureKinds, kind) {
			continue
		} else {
			r.nothing(written+"."+k, value.values[i], at)
		}
	}
	switch {
	case slices.Contains(headingKeys, kind) && text != "":
		title := r.plainText(at(value), htmlOf(text))
		r.newSection(title)
	case slices.Contains(quoteKeys, kind) && text != "":
		r.paragraph(at(value), text, "> ")
	case slices.Contains(textKeys, kind) && text != "":
		r.paragraph(at(value), text, "")
	case slices.Contains(pictureKinds, kind):
		r.articlePicture(value, at)
	case slices.Contains(textKeys, kind) && len(value.values) > 0:
		r.article(value, at)
	case len(value.keys) == 0:
		r.nothing(written, value, at)
	}
}

// newSection begins a section of the article.
func (r *reading) newSection(title string) *source.Section {
	all := &r.set.Explainer.Sections
	*all = append(*all, source.Section{ID: str(r.id("section", title, "section")), Title: r.said(title)})
	return &(*all)[len(*all)-1]
}

// lastSection is the section that is being read.
func (r *reading) lastSection() *source.Section {
	if all := r.set.Explainer.Sections; len(all) > 0 {
		return &all[len(all)-1]
	}
	return r.newSection("")
}

// paragraph adds a text to the article. before stands at the begin of each paragraph.
func (r *reading) paragraph(at diag.Pos, text, before string) {
	p := fromHTML(htmlOf(text), r.citing(at, ""))
	r.lostElements(at, p)
	s := r.lastSection()
	var all []string
	if s.Body.In(r.Language) != "" {
		all = append(all, s.Body.In(r.Language))
	}
	for _, runs := range p.paragraphs {
		all = append(all, before+markdown(runs))
	}
	source.MergeText(&s.Body, r.said(strings.Join(all, "\n\n")))
}

// pictureKinds are the names of pictures among the lines of an article.
var pictureKinds = []string{"image", "photo", "picture", "img", "graphic"}

// articlePicture reads a picture of the article: a file, or an object with its file, credit and caption.
func (r *reading) articlePicture(value node, at func(node) diag.Pos) {
	get := func(names ...string) string {
		for i, k := range value.keys {
			if slices.Contains(names, folded(k)) {
				return value.values[i].text
			}
		}
		return ""
	}
	shown := medium{
		file: get(append([]string{"file", "filename", "src", "url"}, pictureColumns...)...), credit: get(creditColumns...),
		caption: get(captionColumns...), alt: get(pictureAltNames...), marked: true,
		at: func(string) diag.Pos { return at(value) },
	}
	if shown.file == "" {
		shown.file = value.text
	}
	if p := r.picture(shown); p != nil {
		s := r.lastSection()
		s.Pictures = append(s.Pictures, *p)
	}
}

// isPicture tells whether an address or a path is that of a picture.
func isPicture(name string) bool {
	name, _, _ = strings.Cut(name, "?")
	return slices.Contains(pictures, strings.ToLower(filepath.Ext(name)))
}
