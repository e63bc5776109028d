package compile

import (
	"sharh/app/desk/source"
	"sharh/app/story"
)

// picture compiles a picture; nil is none.
func (c *compiler) picture(p *source.Picture) story.Picture {
	if p == nil {
		return story.Picture{}
	}
	x := story.Picture{
		File: p.File.Value, Alt: p.Alt.In(c.lang), Credit: p.Credit.In(c.lang), Caption: c.rich(p.Caption),
		Licence: p.Licence.Value, Link: p.Link.Value, Video: p.Video.Value, Focus: story.Point{X: .5, Y: .5},
	}
	if len(p.Focus) == 2 {
		x.Focus = story.Point{X: float64(p.Focus[0].Value) / 100, Y: float64(p.Focus[1].Value) / 100}
	}
	return x
}

// illustrated puts the pictures of a section into its text: at the places that the text has for them, and the others at
// its begin.
func (c *compiler) illustrated(text []story.Block, pictures []source.Picture) []story.Block {
	placed := map[string]bool{}
	for i := range text {
		if text[i].Kind != "picture" {
			continue
		}
		for j := range pictures {
			if name := pictures[j].File.Value; name == text[i].Text.Plain() && !text[i].Picture.Given() {
				text[i].Picture, placed[name] = c.picture(&pictures[j]), true
			}
		}
		text[i].Text = nil
	}
	var first []story.Block
	for j := range pictures {
		if !placed[pictures[j].File.Value] {
			first = append(first, story.Block{Kind: "picture", Picture: c.picture(&pictures[j])})
		}
	}
	return append(first, text...)
}
