package importer

import (
	"bytes"
	"cmp"
	"net/url"
	"path"
	"path/filepath"
	"strconv"
	"strings"

	"sharh/app/desk/diag"
	"sharh/app/desk/source"
	"sharh/app/picture"
)

// medium is a picture as a file of another tool names it.
type medium struct {
	file                       string // a path beside that file, or an address
	credit, caption, alt, link string
	marked                     bool // the caption may be Markdown or HTML
	at                         func(what string) diag.Pos
}

// picture takes a picture along, if its file lies beside the file that is read, or below. Nothing is fetched: an
// address is a thing to decide, and is said with what belongs to it.
func (r *reading) picture(m medium) *source.Picture {
	at := m.at("url")
	if m.file == "" {
		r.lost(m.at("credit"), "credit", m.credit)
		r.lost(m.at("caption"), "caption", m.caption)
		r.lost(m.at("alt"), "alt", m.alt)
		return nil
	}
	name, fault := r.local(m.file)
	if fault.Variant != "" {
		r.remark(at, fault)
		var with []string
		for i, text := range []string{m.credit, m.caption, m.alt, m.link} {
			if text != "" {
				with = append(with, []string{"credit", "caption", "alt", "link"}[i]+": "+first(text))
			}
		}
		if len(with) > 0 {
			r.remark(at, diag.Say("import-picture-with", with))
		}
		return nil
	}
	p := &source.Picture{File: str(name), Credit: r.said(r.plainText(at, m.credit)), Alt: r.said(r.plainText(at, m.alt))}
	if m.caption != "" {
		text := m.caption
		if m.marked {
			text = htmlOf(text)
		}
		caption := fromHTML(text, r.citing(m.at("caption"), ""))
		r.lostElements(m.at("caption"), caption)
		p.Caption = r.said(markdown(joined(caption.paragraphs)))
	}
	if link := webAddress(m.link); link != "" {
		p.Link = str(link)
	} else {
		r.lost(m.at("link"), "link", m.link)
	}
	return p
}

// local takes the file of a picture into the folder media/, and returns its name there, or why it cannot.
func (r *reading) local(file string) (name string, fault diag.Phrase) {
	if webAddress(file) != "" || r.file.Beside == nil {
		return "", diag.Say("import-picture", first(file))
	}
	clean := path.Clean(strings.ReplaceAll(file, `\`, "/"))
	if unescaped, err := url.PathUnescape(clean); err == nil && strings.Contains(file, "%") {
		clean = path.Clean(unescaped)
	}
	if !filepath.IsLocal(filepath.FromSlash(clean)) {
		return "", diag.Say("import-picture-elsewhere", first(file))
	}
	data, err := r.file.Beside(clean)
	if err != nil {
		return "", diag.Say("import-picture-missing", first(file))
	}
	if len(data) > picture.MostBytes {
		return "", diag.Say("import-picture-large", first(file), picture.MostBytes>>20)
	}
	if _, err := picture.Look(data); err != nil { // also what is no picture at all stays where it is
		return "", diag.Say("import-picture-unfit", first(file))
	}
	// Another picture of the same name gets a number.
	ext := path.Ext(clean)
	stem := cmp.Or(asID(strings.TrimSuffix(path.Base(clean), ext)), "picture")
	for n := 1; ; n++ {
		name = stem + strings.ToLower(ext)
		if n > 1 {
			name = stem + "-" + strconv.Itoa(n) + strings.ToLower(ext)
		}
		if there, taken := r.photos[name]; !taken || bytes.Equal(there, data) {
			r.photos[name] = data
			return name, diag.Phrase{}
		}
	}
}

// pictured reads the picture of a row.
func (r *reading) pictured(row row, into **source.Picture) {
	file := row.get(pictureColumns...)
	m := medium{
		file: file, credit: row.get(creditColumns...), caption: row.get(captionColumns...),
		alt: row.get(pictureAltNames...), marked: row.table.marked,
		at: func(what string) diag.Pos {
			switch what {
			case "credit":
				return row.at(creditColumns...)
			case "caption":
				return row.at(captionColumns...)
			}
			return row.at(pictureColumns...)
		},
	}
	if p := r.picture(m); p != nil {
		if *into == nil {
			*into = &source.Picture{}
		}
		source.Merge(*into, p)
	}
}
