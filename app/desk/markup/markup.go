// Package markup reads the small Markdown of content files into blocks and inline runs.
//
// The set is closed: paragraphs, *emphasis*, **strong**, links, lists, quotations, and notes, which are quotations that
// begin with [!note]. Anything else, HTML and pictures
// and headings among it, is a problem with its position. What links may point at is checked by package check and
// resolved by package compile; here a link is only a target and its text.
//
//	doc := markup.Parse("**Eight** [calls](#statement-s6)", pos, &list)
package markup

import (
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"

	"sharh/app/desk/diag"
	"sharh/app/story"
)

// Document is parsed Markdown. Links are in reading order; runs of style "link" carry the target as written.
type Document struct {
	Blocks []story.Block
	Links  []Link
}

// Link is a link as written.
type Link struct {
	Target string
	Pos    diag.Pos
}

// Inline returns the runs of a document that is one paragraph, which is what YAML texts are.
func (d Document) Inline() story.Rich {
	if len(d.Blocks) == 0 {
		return nil
	}
	return d.Blocks[0].Text
}

var parser = goldmark.DefaultParser()

// Parse reads source, whose first character stands at pos.
func Parse(source string, pos diag.Pos, list *diag.List) Document {
	p := &pass{source: []byte(source), pos: pos, list: list}
	root := parser.Parse(text.NewReader(p.source))
	for n := root.FirstChild(); n != nil; n = n.NextSibling() {
		p.block(n)
	}
	return p.doc
}

// ParseInline is Parse for texts that must be a single paragraph.
func ParseInline(source string, pos diag.Pos, list *diag.List) Document {
	doc := Parse(source, pos, list)
	if len(doc.Blocks) > 1 || len(doc.Blocks) == 1 && doc.Blocks[0].Kind != "p" {
		list.Errorf(pos, "markdown", "this text must be a single paragraph")
	}
	return doc
}

type pass struct {
	source []byte
	pos    diag.Pos
	list   *diag.List
	doc    Document
}

// at turns a byte offset into a place. Offsets inside a YAML text of several lines are given as its first character:
// folding has lost where they stood.
func (p *pass) at(offset int) diag.Pos {
	if offset < 0 || offset > len(p.source) {
		return p.pos
	}
	before := string(p.source[:offset])
	line := strings.Count(before, "\n")
	column := utf8.RuneCountInString(before[strings.LastIndexByte(before, '\n')+1:])
	pos := p.pos
	if line == 0 {
		pos.Column += column
	} else {
		pos.Line += line
		pos.Column = 1 + column
	}
	return pos
}

// start is the first byte of n that the parser kept, or -1.
func (p *pass) start(n ast.Node) int {
	if t, ok := n.(*ast.Text); ok {
		return t.Segment.Start
	}
	if r, ok := n.(*ast.RawHTML); ok && r.Segments.Len() > 0 {
		return r.Segments.At(0).Start
	}
	if n.Type() == ast.TypeBlock && n.Lines() != nil && n.Lines().Len() > 0 {
		return n.Lines().At(0).Start
	}
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if at := p.start(c); at >= 0 {
			return at
		}
	}
	return -1
}

func (p *pass) refuse(n ast.Node, what string) {
	pos := p.pos
	if at := p.start(n); at >= 0 {
		pos = p.at(at)
	}
	p.list.Errorf(pos, "markdown", "%s cannot be used here", what).
		Hintf("texts may have paragraphs, *emphasis*, **strong**, links, lists, quotations and notes; put \\ before a character that is meant as itself")
}

func (p *pass) block(n ast.Node) {
	switch n := n.(type) {
	case *ast.Paragraph, *ast.TextBlock:
		p.doc.Blocks = append(p.doc.Blocks, story.Block{Kind: "p", Text: p.inline(n)})
	case *ast.List:
		b := story.Block{Kind: "ul"}
		if n.IsOrdered() {
			b.Kind = "ol"
		}
		for item := n.FirstChild(); item != nil; item = item.NextSibling() {
			var runs story.Rich
			for c := item.FirstChild(); c != nil; c = c.NextSibling() {
				switch c.(type) {
				case *ast.Paragraph, *ast.TextBlock:
					if len(runs) > 0 {
						p.refuse(c, "a second paragraph in a list entry")
						continue
					}
					runs = p.inline(c)
				default:
					p.refuse(c, "anything but text in a list entry")
				}
			}
			b.Items = append(b.Items, runs)
		}
		p.doc.Blocks = append(p.doc.Blocks, b)
	case *ast.Blockquote:
		for c := n.FirstChild(); c != nil; c = c.NextSibling() {
			if _, ok := c.(*ast.Paragraph); !ok {
				p.refuse(c, "anything but text in a quotation")
				continue
			}
			p.doc.Blocks = append(p.doc.Blocks, note(story.Block{Kind: "quote", Text: p.inline(c)}))
		}
	case *ast.Heading:
		p.refuse(n, "a heading")
	case *ast.CodeBlock, *ast.FencedCodeBlock:
		p.refuse(n, "a block of code")
	case *ast.HTMLBlock:
		p.refuse(n, "HTML")
	case *ast.ThematicBreak:
		p.refuse(n, "a line across")
	case *ast.LinkReferenceDefinition:
		p.refuse(n, "a link definition")
	default:
		p.refuse(n, n.Kind().String())
	}
}

// note makes a quotation that begins with [!note] a note.
func note(b story.Block) story.Block {
	if len(b.Text) == 0 || b.Text[0].Style != "" {
		return b
	}
	if text, ok := strings.CutPrefix(b.Text[0].Text, "[!note]"); ok {
		b.Kind = "note"
		if b.Text[0].Text = strings.TrimLeft(text, " "); b.Text[0].Text == "" {
			b.Text = b.Text[1:]
		}
	}
	return b
}

func (p *pass) inline(parent ast.Node) story.Rich {
	var runs story.Rich
	// Neighbouring texts are one run: a page has no empty and no adjacent text nodes.
	add := func(s string) {
		if s == "" {
			return
		}
		if n := len(runs); n > 0 && runs[n-1].Style == "" {
			runs[n-1].Text += s
			return
		}
		runs = append(runs, story.Run{Text: s})
	}
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		switch n := n.(type) {
		case *ast.Text:
			value := string(n.Segment.Value(p.source))
			if !n.IsRaw() {
				value = unescape(value)
			}
			add(value)
			if n.SoftLineBreak() && n.NextSibling() != nil {
				add(" ")
			}
			if n.HardLineBreak() {
				p.refuse(n, "a forced line break")
			}
		case *ast.String:
			add(string(n.Value))
		case *ast.Emphasis:
			style := "em"
			if n.Level == 2 {
				style = "strong"
			}
			if inner := p.inline(n); len(inner) > 0 {
				runs = append(runs, story.Run{Style: style, Runs: inner})
			}
		case *ast.Link:
			target := string(n.Destination)
			at := p.start(n)
			pos := p.pos
			if at >= 0 {
				pos = p.at(at)
			}
			p.doc.Links = append(p.doc.Links, Link{target, pos})
			if inner := p.inline(n); len(inner) > 0 {
				runs = append(runs, story.Run{Style: "link", Href: target, Runs: inner})
			} else {
				p.list.Errorf(pos, "markdown", "a link to %q has no text", target)
			}
		case *ast.AutoLink:
			p.refuse(n, "a bare address")
		case *ast.Image:
			p.refuse(n, "a picture")
		case *ast.CodeSpan:
			p.refuse(n, "code")
		case *ast.RawHTML:
			p.refuse(n, "HTML")
		default:
			p.refuse(n, n.Kind().String())
		}
	}
	return runs
}
