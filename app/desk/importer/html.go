package importer

import (
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"sharh/app/desk/diag"
	"sharh/app/desk/markup"
	"sharh/app/story"
)

// link is an address that a text leads to.
type link struct{ url, text string }

// prose is a text that was HTML.
type prose struct {
	paragraphs []story.Rich
	links      []link   // in the order of the text
	in         [][]link // those of each paragraph
	lost       []string // elements of which nothing could be kept
}

// fromHTML reads a text that may be HTML. Emphasis and links stay; the text of other elements stays without its form.
// A link to another site becomes a link to its source, whose id cite returns; if it is "", its text stays.
func fromHTML(text string, cite func(link) (id string)) prose {
	nodes, err := html.ParseFragment(strings.NewReader(text),
		&html.Node{Type: html.ElementNode, Data: "div", DataAtom: atom.Div})
	if err != nil {
		return prose{paragraphs: []story.Rich{{{Text: text}}}, in: [][]link{nil}} // a string has no errors
	}
	p := &proseReader{cite: cite}
	whole := &html.Node{Type: html.ElementNode, Data: "div", DataAtom: atom.Div}
	for _, n := range nodes {
		whole.AppendChild(n)
	}
	p.node(whole, nil)
	p.end()
	return p.prose
}

type proseReader struct {
	prose
	cite  func(link) string
	runs  story.Rich // of the paragraph that is open
	links []link     // likewise
	depth int
}

// end ends a paragraph.
func (p *proseReader) end() {
	runs := trimmed(p.runs)
	if runs.Plain() != "" {
		p.paragraphs = append(p.paragraphs, runs)
		p.in = append(p.in, p.links)
	}
	p.runs, p.links = nil, nil
}

// node reads a node. into collects the runs of a style; nil is the paragraph itself.
func (p *proseReader) node(n *html.Node, into *story.Rich) {
	switch n.Type {
	case html.TextNode:
		p.add(into, story.Run{Text: n.Data})
		return
	case html.ElementNode:
	default:
		return
	}
	children := func(into *story.Rich) {
		if p.depth++; p.depth < 200 {
			for c := n.FirstChild; c != nil; c = c.NextSibling {
				p.node(c, into)
			}
		}
		p.depth--
	}
	switch n.DataAtom {
	case atom.Script, atom.Style, atom.Iframe, atom.Img, atom.Video, atom.Audio,
		atom.Object, atom.Embed, atom.Svg, atom.Picture,
		atom.Input, atom.Button, atom.Form, atom.Canvas, atom.Noscript, atom.Template:
		p.lose(n.Data)
	case atom.Br:
		// One line break is a space, as people use it to have the lines that they want; two end a paragraph.
		for next := n.NextSibling; next != nil; next = next.NextSibling {
			if next.Type == html.TextNode && strings.TrimSpace(next.Data) == "" {
				continue
			}
			if next.DataAtom == atom.Br && into == nil {
				p.end()
				return
			}
			break
		}
		p.add(into, story.Run{Text: " "})
	case atom.P, atom.Div, atom.Li, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6,
		atom.Blockquote, atom.Tr, atom.Ul, atom.Ol,
		atom.Table, atom.Figure, atom.Figcaption, atom.Section, atom.Article, atom.Hr, atom.Dt, atom.Dd, atom.Pre:
		if into != nil { // within a style: a paragraph cannot end here
			p.add(into, story.Run{Text: " "})
			children(into)
			p.add(into, story.Run{Text: " "})
			return
		}
		p.end()
		children(nil)
		p.end()
	case atom.B, atom.Strong, atom.Em, atom.I, atom.Cite:
		style := "em"
		if n.DataAtom == atom.B || n.DataAtom == atom.Strong {
			style = "strong"
		}
		p.styled(into, story.Run{Style: style}, children)
	case atom.A:
		var inner story.Rich
		children(&inner)
		l := link{attribute(n, "href"), strings.TrimSpace(inner.Plain())}
		id := ""
		if l.url != "" {
			id = p.cite(l)
		}
		if id == "" {
			for _, run := range inner {
				p.add(into, run)
			}
			return
		}
		p.prose.links, p.links = append(p.prose.links, l), append(p.links, l)
		p.styled(into, story.Run{Style: "link", Href: "#source-" + id}, func(into *story.Rich) { *into = plain(inner) })
	case atom.Td, atom.Th:
		children(into)
		p.add(into, story.Run{Text: " "})
	default:
		children(into)
	}
}

// plain is a text without styles, in one run.
func plain(r story.Rich) story.Rich {
	if text := r.Plain(); text != "" {
		return story.Rich{{Text: text}}
	}
	return nil
}

// styled adds a run with a style. Space at its ends moves out of it, because Markdown has none there.
func (p *proseReader) styled(into *story.Rich, run story.Run, children func(*story.Rich)) {
	var inner story.Rich
	children(&inner)
	text := inner.Plain()
	before, after := text != "" && isSpace(text[0]), text != "" && isSpace(text[len(text)-1])
	if before {
		p.add(into, story.Run{Text: " "})
	}
	if inner = trimmed(inner); len(inner) > 0 {
		run.Runs = inner
		p.add(into, run)
	}
	if after {
		p.add(into, story.Run{Text: " "})
	}
}

func isSpace(c byte) bool { return strings.IndexByte(" \n\t\r\f", c) >= 0 }

// add adds a run; adjacent texts become one, with single spaces.
func (p *proseReader) add(into *story.Rich, run story.Run) {
	if into == nil {
		into = &p.runs
	}
	if run.Style == "" {
		if n := len(*into); n > 0 && (*into)[n-1].Style == "" {
			run.Text = (*into)[n-1].Text + run.Text
			*into = (*into)[:n-1]
		}
		run.Text = spaces(run.Text)
		if run.Text == "" {
			return
		}
	}
	*into = append(*into, run)
}

// spaces makes one space of each stretch of white space.
func spaces(text string) string {
	var b strings.Builder
	space := false
	for _, r := range text {
		if strings.ContainsRune(" \n\t\r\f\u00a0", r) {
			if !space {
				b.WriteByte(' ')
			}
			space = true
			continue
		}
		space = false
		b.WriteRune(r)
	}
	return b.String()
}

// trimmed is a text without space at its ends.
func trimmed(r story.Rich) story.Rich {
	r = slices.Clone(r)
	for len(r) > 0 && r[0].Style == "" {
		if r[0].Text = strings.TrimLeft(r[0].Text, " "); r[0].Text != "" {
			break
		}
		r = r[1:]
	}
	for len(r) > 0 && r[len(r)-1].Style == "" {
		last := &r[len(r)-1]
		if last.Text = strings.TrimRight(last.Text, " "); last.Text != "" {
			break
		}
		r = r[:len(r)-1]
	}
	return r
}

func (p *proseReader) lose(element string) {
	if !slices.Contains(p.lost, element) {
		p.lost = append(p.lost, element)
	}
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return strings.TrimSpace(a.Val)
		}
	}
	return ""
}

// joined makes one paragraph of several.
func joined(paragraphs []story.Rich) (all story.Rich) {
	for _, runs := range paragraphs {
		if n := len(all); n > 0 && all[n-1].Style == "" {
			all[n-1].Text += " "
		} else if n > 0 {
			all = append(all, story.Run{Text: " "})
		}
		for _, run := range runs {
			if n := len(all); n > 0 && run.Style == "" && all[n-1].Style == "" {
				all[n-1].Text += run.Text
				continue
			}
			all = append(all, run)
		}
	}
	return all
}

// markdown writes a text in the Markdown of content. If its styles cannot be written, as in a**"b"**c, they are left
// out.
func markdown(r story.Rich) string {
	text := markup.Write(r)
	var list diag.List
	if got := markup.ParseInline(text, diag.Pos{}, &list); list.Len() == 0 && got.Inline().Plain() == r.Plain() {
		return text
	}
	return markup.Write(plain(r))
}

// webAddress returns an address of the web as it is written in content, or "".
func webAddress(text string) string {
	text = strings.TrimSpace(text)
	if strings.HasPrefix(text, "//") {
		text = "https:" + text
	}
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" ||
		strings.ContainsAny(text, " \n\"") {
		return ""
	}
	return text
}
