// Package markup reads the small Markdown of content files into blocks and inline runs.
//
// Only these are allowed: paragraphs, *emphasis*, **strong**, links, lists, quotations, and notes, which are quotations
// that begin with [!note]; in sections also subheadings, tables and the places of pictures. Anything else is reported
// with its position. Here a link is only a target and its text: package check checks the targets and package compile
// resolves them.
//
//	doc := markup.Parse("**Eight** [calls](#statement-s6)", pos, &list)
package markup

import (
	"net/url"
	"regexp"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	tables "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"sharh/app/desk/diag"
	"sharh/app/story"
)

// Document is parsed Markdown. Links and Texts are in reading order. A run of style "link" has the target as it was
// written.
type Document struct {
	Blocks   []story.Block
	Links    []Link
	Pictures []Link // of a block "picture", whose name is its only text
	Texts    []Text
}

// Link is a link as written.
type Link struct {
	Target string
	Pos    diag.Pos
}

// Text is a paragraph or a list entry as a reader sees it, for rules about words and punctuation.
type Text struct {
	Value  string
	pieces []piece
	at     func(offset int) diag.Pos
}

// piece says that the part of a Text from offset on comes from this offset of the source.
type piece struct{ offset, source int }

// Foreign replaces, in a Text, words marked as being in another language, because the rules of this language do not
// apply to them.
const Foreign = '\ufffc'

// At returns the position of the character that begins at a byte offset of Value.
func (t Text) At(offset int) diag.Pos { return t.at(t.source(offset)) }

// source returns the offset in the source.
func (t Text) source(offset int) int {
	i := sort.Search(len(t.pieces), func(i int) bool { return t.pieces[i].offset > offset }) - 1
	if i < 0 {
		return 0
	}
	return t.pieces[i].source + offset - t.pieces[i].offset
}

// Inline returns the runs of a document that is a single paragraph, as YAML texts are.
func (d Document) Inline() story.Rich {
	if len(d.Blocks) == 0 {
		return nil
	}
	return d.Blocks[0].Text
}

// reader is the parser of CommonMark, with tables.
var reader = parser.NewParser(
	parser.WithBlockParsers(parser.DefaultBlockParsers()...),
	parser.WithInlineParsers(parser.DefaultInlineParsers()...),
	parser.WithParagraphTransformers(append(parser.DefaultParagraphTransformers(),
		util.Prioritized(extension.NewTableParagraphTransformer(), 200))...),
)

// Parse reads source. Its first character is at pos, and its lines follow one another in the file.
func Parse(source string, pos diag.Pos, list *diag.List) Document {
	return ParseAt(source, func(offset int) diag.Pos {
		before := source[:offset]
		if n := strings.LastIndexByte(before, '\n'); n >= 0 {
			line, column := pos.Line+strings.Count(before, "\n"), 1+utf8.RuneCountInString(before[n+1:])
			return diag.Pos{File: pos.File, Line: line, Column: column}
		}
		return diag.Pos{File: pos.File, Line: pos.Line, Column: pos.Column + utf8.RuneCountInString(before)}
	}, list)
}

// ParseAt is like Parse, but at returns the position of each byte offset of the source.
func ParseAt(source string, at func(offset int) diag.Pos, list *diag.List) Document {
	p := &pass{source: []byte(source), at: at, list: list}
	if p.bearable(source) {
		root := reader.Parse(text.NewReader(p.source))
		for n := root.FirstChild(); n != nil; n = n.NextSibling() {
			p.block(n)
		}
	}
	return p.doc
}

// ParseInline is like Parse, for texts that must be a single paragraph.
func ParseInline(source string, pos diag.Pos, list *diag.List) Document {
	return inline(Parse(source, pos, list), pos, list)
}

// ParseInlineAt is like ParseAt, for texts that must be a single paragraph.
func ParseInlineAt(source string, at func(offset int) diag.Pos, list *diag.List) Document {
	return inline(ParseAt(source, at, list), at(0), list)
}

func inline(d Document, pos diag.Pos, list *diag.List) Document {
	for _, b := range d.Blocks {
		switch b.Kind {
		case "picture":
			list.Error(pos, "markdown", "refused", diag.Say("md-picture")).Advise("picture")
			return d
		case "table":
			list.Error(pos, "markdown", "refused", diag.Say("md-table")).Advise("html-table")
			return d
		case "h":
			list.Error(pos, "markdown", "refused", diag.Say("md-heading")).Advise("no-heading")
			return d
		}
	}
	if len(d.Blocks) > 1 || len(d.Blocks) == 1 && d.Blocks[0].Kind != "p" {
		list.Error(pos, "markdown", "paragraph")
	}
	return d
}

type pass struct {
	source []byte
	at     func(offset int) diag.Pos
	list   *diag.List
	doc    Document
	text   Text           // the paragraph being read
	seen   []byte         // its text so far
	depth  int            // number of open styles and links
	opened map[string]int // HTML elements that were reported and not closed
	alien  int            // number of open links that mark another language
}

const (
	// maxText is far longer than people write one text, in bytes. It is needed because parsing can take quadratic time.
	maxText = 128 << 10
	// maxNesting is deeper than anybody needs. Browsers must handle the same depth.
	maxNesting = 10
)

var nested = regexp.MustCompile(`(?m)^([ \t]*(>|([-+*]|[0-9]{1,9}[.)])[ \t])){11,}`)

// bearable reports whether the source is safe for the parser. If not, it adds a problem to the list.
func (p *pass) bearable(source string) bool {
	if len(source) > maxText {
		p.list.Error(p.at(0), "markdown", "long", maxText>>10)
		return false
	}
	if deep := nested.FindStringIndex(source); deep != nil {
		p.list.Error(p.at(deep[0]), "markdown", "deep", maxNesting)
		return false
	}
	return true
}

func (p *pass) refuse(n ast.Node, what string) {
	p.refuseAt(n.Pos(), what)
}

func (p *pass) refuseAt(offset int, what string) {
	d := p.list.Error(p.at(max(0, offset)), "markdown", "refused", diag.Say(what)).Advise("set")
	switch what {
	case "md-heading":
		d.Advise("heading")
	case "md-picture":
		d.Advise("picture")
	}
}

// html reports HTML that begins at an offset, with what to write in its place. It skips the closing tag of an element
// that it has reported.
func (p *pass) html(tag string, offset int) {
	name := strings.ToLower(tagName.FindString(tag))
	if open, ok := strings.CutPrefix(name, "</"); ok && p.opened["<"+open] > 0 {
		p.opened["<"+open]--
		return
	}
	if p.opened == nil {
		p.opened = map[string]int{}
	}
	p.opened[name]++
	d := p.list.Error(p.at(max(0, offset)), "markdown", "refused", diag.Say("md-html"))
	switch name {
	case "<b", "<strong", "<h1", "<h2", "<h3", "<h4":
		d.Advise("html-as", diag.Raw("**…**"))
	case "<i", "<em", "<cite", "<u":
		d.Advise("html-as", diag.Raw("*…*"))
	case "<blockquote", "<q":
		d.Advise("html-as", diag.Raw("> …"))
	case "<ul", "<ol", "<li":
		d.Advise("html-as", diag.Raw("- …"))
	case "<br", "<p", "<hr", "<div":
		d.Advise("html-break")
	case "<table", "<tr", "<td", "<th":
		d.Advise("html-table")
	case "<a":
		d.Advise("html-link")
	case "<img", "<picture", "<video", "<iframe", "<figure", "<embed", "<object", "<audio":
		d.Advise("picture")
	case "<span", "<font", "<center", "<sup", "<sub", "<small", "<style", "<script":
		d.Advise("html-none")
	default:
		d.Advise("set")
	}
}

// tagName matches the beginning of a tag.
var tagName = regexp.MustCompile(`^</?[A-Za-z][A-Za-z0-9]*`)

func (p *pass) block(n ast.Node) {
	switch n := n.(type) {
	case *ast.Paragraph, *ast.TextBlock:
		if picture, ok := n.FirstChild().(*ast.Image); ok && n.ChildCount() == 1 {
			p.picture(picture)
			return
		}
		p.doc.Blocks = append(p.doc.Blocks, story.Block{Kind: "p", Text: p.paragraph(n)})
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
						p.refuse(c, "md-second-paragraph")
						continue
					}
					runs = p.paragraph(c)
				default:
					p.refuse(c, "md-in-list")
				}
			}
			b.Items = append(b.Items, runs)
		}
		p.doc.Blocks = append(p.doc.Blocks, b)
	case *ast.Blockquote:
		for c := n.FirstChild(); c != nil; c = c.NextSibling() {
			if _, ok := c.(*ast.Paragraph); !ok {
				p.refuse(c, "md-in-quotation")
				continue
			}
			p.doc.Blocks = append(p.doc.Blocks, note(story.Block{Kind: "quote", Text: p.paragraph(c)}))
		}
	case *ast.Heading:
		// A line of hyphens under a paragraph would make it a heading too; it is rarely meant so.
		if n.Level != 2 || !strings.HasPrefix(string(p.source[max(0, n.Pos()):]), "##") {
			p.refuse(n, "md-heading")
			return
		}
		if text := p.paragraph(n); len(text) > 0 {
			p.doc.Blocks = append(p.doc.Blocks, story.Block{Kind: "h", Text: text})
		}
	case *tables.Table:
		p.doc.Blocks = append(p.doc.Blocks, p.table(n))
	case *ast.CodeBlock, *ast.FencedCodeBlock:
		p.refuse(n, "md-code-block")
	case *ast.HTMLBlock:
		p.html(string(n.Lines().Value(p.source)), n.Pos())
	case *ast.ThematicBreak:
		p.refuse(n, "md-line")
	case *ast.LinkReferenceDefinition:
		p.refuse(n, "md-definition")
	default:
		p.refuse(n, "md-other")
	}
}

// picture reads the place of a picture, ![](bridge.jpg). What is said of it stands where it is listed.
func (p *pass) picture(n *ast.Image) {
	name := string(n.Destination)
	if unescaped, err := url.PathUnescape(name); err == nil {
		name = unescaped // Markdown has no spaces in addresses
	}
	if n.HasChildren() || len(n.Title) > 0 {
		p.list.Error(p.at(n.Pos()), "markdown", "picture-words").Advise("picture-place", diag.Raw(string(n.Destination)))
	}
	p.doc.Pictures = append(p.doc.Pictures, Link{name, p.at(n.Pos())})
	p.doc.Blocks = append(p.doc.Blocks, story.Block{Kind: "picture", Text: story.Rich{{Text: name}}})
}

func (p *pass) table(n *tables.Table) story.Block {
	b := story.Block{Kind: "table"}
	for row := n.FirstChild(); row != nil; row = row.NextSibling() {
		var cells []story.Rich
		for cell := row.FirstChild(); cell != nil; cell = cell.NextSibling() {
			cells = append(cells, p.paragraph(cell))
		}
		if _, ok := row.(*tables.TableHeader); ok {
			b.Items = cells
		} else {
			b.Rows = append(b.Rows, cells)
		}
	}
	if slices.Contains(n.Alignments, tables.AlignRight) {
		for _, a := range n.Alignments {
			b.Ends = append(b.Ends, a == tables.AlignRight)
		}
	}
	return b
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

// paragraph reads the children of n. It also stores their text as readers see it, for the rules.
func (p *pass) paragraph(n ast.Node) story.Rich {
	p.text, p.seen = Text{at: p.at}, nil
	runs := p.inline(n)
	p.text.Value = string(p.seen)
	p.doc.Texts = append(p.doc.Texts, p.text)
	if strings.HasPrefix(p.text.Value, "|") && strings.Count(p.text.Value, "|") > 2 {
		p.list.Error(p.text.At(0), "markdown", "pipes").Advise("table-form")
	}
	// Markdown that was meant but did not work: a link in a link, or ** with a space on the wrong side.
	for _, mark := range []string{"](", "**"} {
		for i := 0; ; i++ {
			next := strings.Index(p.text.Value[i:], mark)
			if next < 0 {
				break
			}
			i += next
			if at := p.text.source(i); strings.HasPrefix(string(p.source[at:min(len(p.source), at+len(mark))]), mark) {
				p.list.Error(p.at(at), "markdown", "left-over", diag.Raw(mark)).Advise("escape")
			}
		}
	}
	return runs
}

func (p *pass) inline(parent ast.Node) story.Rich {
	var runs story.Rich
	see := func(s string, offset int) {
		if p.alien == 0 {
			p.text.pieces = append(p.text.pieces, piece{len(p.seen), offset})
			p.seen = append(p.seen, s...)
		}
	}
	// Adjacent texts become one run, because a page has no empty and no adjacent text nodes.
	var plain []byte
	add := func(s string, offset int) {
		if s != "" {
			see(s, offset)
			plain = append(plain, s...)
		}
	}
	flush := func() {
		if len(plain) > 0 {
			runs = append(runs, story.Run{Text: string(plain)})
			plain = nil
		}
	}
	styled := func(n ast.Node, r story.Run) {
		if p.depth == maxNesting {
			p.list.Error(p.at(n.Pos()), "markdown", "deep", maxNesting)
			return
		}
		p.depth++
		r.Runs = p.inline(n)
		p.depth--
		if len(r.Runs) > 0 {
			flush()
			runs = append(runs, r)
		}
	}
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		switch n := n.(type) {
		case *ast.Text:
			if value := string(n.Segment.Value(p.source)); n.IsRaw() {
				add(value, n.Segment.Start)
			} else {
				unescape(value, func(piece string, offset int) { add(piece, n.Segment.Start+offset) })
			}
			if n.SoftLineBreak() && n.NextSibling() != nil {
				add(" ", n.Segment.Stop)
			}
			if n.HardLineBreak() {
				p.refuseAt(n.Segment.Stop, "md-break")
			}
		case *ast.String:
			add(string(n.Value), max(0, n.Pos()))
		case *ast.Emphasis:
			style := "em"
			if n.Level == 2 {
				style = "strong"
			}
			styled(n, story.Run{Style: style})
		case *ast.Link:
			target := string(n.Destination)
			pos := p.at(n.Pos())
			p.doc.Links = append(p.doc.Links, Link{target, pos})
			if len(n.Title) > 0 {
				p.refuse(n, "md-title")
			}
			alien := strings.HasPrefix(target, "lang:")
			if alien {
				see(string(Foreign), n.Pos())
				p.alien++
			}
			before := len(runs)
			styled(n, story.Run{Style: "link", Href: target})
			if alien {
				p.alien--
			}
			if len(runs) == before {
				p.list.Error(pos, "markdown", "empty-link", target)
			}
		case *ast.AutoLink:
			p.refuse(n, "md-address")
		case *ast.Image:
			p.refuse(n, "md-picture")
		case *ast.CodeSpan:
			p.refuse(n, "md-code")
		case *ast.RawHTML:
			p.html(string(n.Segments.Value(p.source)), n.Pos())
		default:
			p.refuse(n, "md-other")
		}
	}
	flush()
	return runs
}
