package check

import (
	"maps"
	"path"
	"slices"
	"strings"

	"sharh/app/desk/diag"
	"sharh/app/desk/source"
	"sharh/app/picture"
)

// badPicture finds pictures that cannot be shown.
func badPicture(c *Content, list *diag.List) {
	walk(c.Set, func(p *source.Picture) {
		if p.File.Value != "" {
			badFile(c, p.File, list)
		}
		for _, s := range []source.String{p.Link, p.Video} {
			switch faultOf(s.Value) {
			case notWeb:
				list.Error(s.Pos, "bad-picture", "not-https", s.Value).Advise("address")
			case broken:
				list.Error(s.Pos, "bad-picture", "broken-address", s.Value).Advise("address")
			case disguised:
				list.Error(s.Pos, "bad-picture", "disguised", s.Value).Advise("no-user")
			}
		}
		if p.Focus == nil {
			return
		}
		if len(p.Focus) != 2 {
			list.Error(p.Pos, "bad-picture", "focus").Advise("focus-form")
			return
		}
		for _, n := range p.Focus {
			if n.Value < 0 || n.Value > 100 {
				list.Error(n.Pos, "bad-picture", "percent", n.Value).Advise("focus-form")
			}
		}
	})
	for i := range c.Explainer.Sections {
		s := &c.Explainer.Sections[i]
		var listed []string
		for _, p := range s.Pictures {
			listed = append(listed, p.File.Value)
		}
		for _, t := range c.textsOf(s) {
			for _, at := range t.Pictures {
				if slices.Contains(listed, at.Target) {
					continue
				}
				d := list.Error(at.Pos, "bad-picture", "unlisted", s.ID.Value, at.Target).Suggest(diag.Nearest(at.Target, listed))
				if len(listed) == 0 {
					d.Advise("list", diag.Raw(at.Target))
				}
			}
		}
	}
	for _, t := range c.texts {
		for _, at := range t.Pictures {
			if strings.HasPrefix(path.Base(at.Pos.File), "method.") {
				list.Error(at.Pos, "bad-picture", "method")
			}
		}
	}
}

// badFile reports what is wrong with the file of a picture.
func badFile(c *Content, name source.String, list *diag.List) {
	m := c.Media[name.Value]
	if m == nil {
		missingPicture(c, name, list)
		return
	}
	if m.Fault == nil {
		return
	}
	file := diag.Raw(path.Join(source.MediaFolder, name.Value))
	switch m.Fault.Kind {
	case "empty":
		list.Error(name.Pos, "bad-picture", "empty", file)
	case "type":
		foreignType(name.Pos, file, m.Fault.Type, list)
	case "animated":
		list.Error(name.Pos, "bad-picture", "animated", file).Advise("still")
	case "printing":
		list.Error(name.Pos, "bad-picture", "printing", file).Advise("rgb")
	case "cut":
		list.Error(name.Pos, "bad-picture", "cut", file).Advise("again")
	case "pixels":
		list.Error(name.Pos, "bad-picture", "pixels", file, m.Fault.Width, m.Fault.Height, picture.MostPixels/1_000_000).
			Advise("reduce")
	case "bytes":
		list.Error(name.Pos, "bad-picture", "bytes", file, int(m.Bytes>>20), picture.MostBytes>>20).Advise("reduce")
	case "link":
		list.Error(name.Pos, "bad-picture", "link", file).Advise("copy")
	case "unreadable":
		list.Error(name.Pos, "bad-picture", "unreadable", file)
	default:
		list.Error(name.Pos, "bad-picture", "broken", file).Advise("save")
	}
}

// foreignType reports a file of a type that is not taken.
func foreignType(pos diag.Pos, file diag.Raw, kind string, list *diag.List) {
	switch kind {
	case "":
		list.Error(pos, "bad-picture", "unknown-type", file).Advise("save")
	case "video":
		list.Error(pos, "bad-picture", "video", file).Advise("poster")
	case "SVG":
		list.Error(pos, "bad-picture", "type", file, diag.Raw(kind)).Advise("draw")
	case "GIF":
		list.Error(pos, "bad-picture", "type", file, diag.Raw(kind)).Advise("gif")
	default:
		list.Error(pos, "bad-picture", "type", file, diag.Raw(kind)).Advise("save")
	}
}

// missingPicture reports a picture whose file is not there.
func missingPicture(c *Content, name source.String, list *diag.List) {
	there := slices.Sorted(maps.Keys(c.Media))
	inside := strings.TrimPrefix(strings.ReplaceAll(name.Value, `\`, "/"), source.MediaFolder+"/")
	switch {
	case strings.Contains(name.Value, "://"):
		list.Error(name.Pos, "bad-picture", "elsewhere", name.Value).Advise("download")
		return
	case inside != name.Value && c.Media[inside] != nil:
		list.Error(name.Pos, "bad-picture", "path", name.Value).Suggest(inside)
		return
	case strings.ContainsAny(name.Value, `/\`):
		list.Error(name.Pos, "bad-picture", "path", name.Value).Advise("into-media")
		return
	}
	for _, other := range there {
		if strings.EqualFold(other, name.Value) {
			list.Error(name.Pos, "bad-picture", "case", name.Value).Suggest(other)
			return
		}
	}
	d := list.Error(name.Pos, "bad-picture", "missing", name.Value)
	if near := diag.Nearest(name.Value, there); near != "" {
		d.Suggest(near)
	} else {
		d.Advise("into-media")
	}
}

// The least widths, in pixels, at which a picture is not blurred.
const (
	leastWidth    = 700
	leastPortrait = 200
)

// smallPicture finds pictures that would be blurred, since none is enlarged.
func smallPicture(c *Content, list *diag.List) {
	small := func(p *source.Picture, width, least int) {
		if m := c.Media[p.File.Value]; m != nil && m.Fault == nil && width > 0 && width < least {
			list.Warn(p.File.Pos, "small-picture", "small", p.File.Value, width, least).Advise("larger")
		}
	}
	portraits := map[*source.Picture]bool{}
	for _, a := range c.Actors.Actors {
		if p := a.Portrait; p != nil {
			portraits[p] = true
			if m := c.Media[p.File.Value]; m != nil {
				small(p, min(m.Width, m.Height), leastPortrait)
			}
		}
	}
	walk(c.Set, func(p *source.Picture) {
		if m := c.Media[p.File.Value]; m != nil && !portraits[p] {
			small(p, m.Width, leastWidth)
		}
	})
}

// mostPictures is how many pictures an explainer may have. Whoever saves it saves all of them, each of at most 100 KB
// (site/media), so that this is 2 MB.
const mostPictures = 20

// manyPictures finds explainers whose pictures are too many to be saved.
func manyPictures(c *Content, list *diag.List) {
	files := map[string]bool{}
	walk(c.Set, func(p *source.Picture) {
		if c.Media[p.File.Value] == nil || files[p.File.Value] {
			return
		}
		files[p.File.Value] = true
		if len(files) == mostPictures+1 {
			list.Warn(p.File.Pos, "many-pictures", "many", mostPictures).Advise("fewer")
		}
	})
}

// unusedPictures finds files in the folder of pictures that no picture names.
func unusedPictures(c *Content, list *diag.List) {
	used := map[string]bool{}
	walk(c.Set, func(p *source.Picture) {
		used[strings.ToLower(path.Base(p.File.Value))] = true // report a mistyped name only once, as missing
	})
	for _, name := range slices.Sorted(maps.Keys(c.Media)) {
		if !used[strings.ToLower(name)] {
			list.Warn(diag.Pos{File: c.File(path.Join(source.MediaFolder, name))}, "unused-id", "picture").Advise("name-picture")
		}
	}
}
