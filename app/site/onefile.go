package site

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"net/url"
	"path"
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"sharh/app/story"
	"sharh/web"
)

// oneFileName is the name of an explainer in one file, in the folder of the explainer.
func oneFileName(d *story.Document) string { return d.Slug + "." + d.Lang + ".html" }

// oneFile adds the page of a story as one file with everything in it but the client: styles, fonts, the script of the still
// page; and its checksum beside it. For messengers, archives and blocked networks: it opens from a disk, and asks for
// nothing. Links to other pages of the site are whole addresses where the site's is known, and else taken out.
func (p *plan) oneFile(d *story.Document, folder string, body []byte, style, alone string) error {
	tree, err := fragment(body)
	if err != nil {
		return err
	}
	p.detach(tree, folder)
	var lean bytes.Buffer
	for c := tree.FirstChild; c != nil; c = c.NextSibling {
		writeLean(&lean, c)
	}
	again, err := fragment(lean.Bytes())
	if err != nil {
		return err
	}
	if a, b := canonical(tree), canonical(again); !bytes.Equal(a, b) {
		return fmt.Errorf("in one file: the HTML parses to another tree")
	}
	icon, err := web.Files.ReadFile("icons/icon.svg")
	if err != nil {
		return err
	}
	paper := string(p.files[p.print])
	script := string(p.files[p.boot])
	css := p.embedded(d, lean.Len()+len(style)+len(p.evidence)+len(alone)+len(paper)+len(script)+reserve) + p.evidence + style
	policy := policyOf(inline("script-src", script), inline("style-src", css, alone, paper), "font-src data:", "img-src data:")

	var b bytes.Buffer
	w := begin(&b, d.Lang, d.Dir, policy, d.Title, d.Summary)
	w(`<link rel="icon" href="%s">`, "data:image/svg+xml;base64,"+base64.StdEncoding.EncodeToString(icon))
	if p.published() {
		w(`<link rel="canonical" href="%s">`, p.address(folder))
	}
	b.WriteString("<style>" + css + "</style><noscript><style>" + alone + `</style></noscript><style media="print">` + paper + "</style>")
	b.WriteString("<script>" + script + "</script></head><body>")
	b.Write(lean.Bytes())
	b.WriteString("</body></html>\n")
	name := oneFileName(d)
	p.files[d.Slug+"/"+name] = b.Bytes()
	sum := sha256.Sum256(b.Bytes())
	p.files[d.Slug+"/"+name+".sha256"] = []byte(hex.EncodeToString(sum[:]) + "  " + name + "\n")
	return nil
}

var (
	fontFace = regexp.MustCompile(`@font-face\{[^}]*url\("?([^")]+)"?\)[^}]*\}`)
	loose    = regexp.MustCompile(`^[^\s"'=<>` + "`" + `]+$`)
)

// reserve is for the head of a page in one file, in bytes.
const reserve = 4000

// embedded is style.css with as many fonts of the language inside as the budget has room for beside other bytes, the text's
// first. What is small, labels and tools, is else in the system's font.
func (p *plan) embedded(d *story.Document, other int) string {
	style := string(p.files[p.style])
	left := BudgetWhole - other - len(fontFace.ReplaceAllString(style, ""))
	in := map[string]string{}
	for _, font := range readingFonts(d.Dir) {
		file := p.fonts[font]
		data := "data:font/woff2;base64," + base64.StdEncoding.EncodeToString(p.files[file])
		if left -= len(data) + 400; left < 0 { // with what the face says besides
			break
		}
		in[path.Base(file)] = data
	}
	return fontFace.ReplaceAllStringFunc(style, func(face string) string {
		name := fontFace.FindStringSubmatch(face)[1]
		if in[name] == "" {
			return ""
		}
		return strings.Replace(strings.Replace(face, name, in[name], 1), "font-display:optional", "font-display:block", 1)
	})
}

// fragment parses the inside of a body.
func fragment(body []byte) (*html.Node, error) {
	root := &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body}
	nodes, err := html.ParseFragment(bytes.NewReader(body), root)
	if err != nil {
		return nil, fmt.Errorf("in one file: parsing the page: %w", err)
	}
	for _, n := range nodes {
		root.AppendChild(n)
	}
	return root, nil
}

// detach takes out of a page what needs the site or the client, and makes links to the site whole addresses.
func (p *plan) detach(n *html.Node, folder string) {
	get := func(n *html.Node, name string) (string, bool) {
		for _, a := range n.Attr {
			if a.Key == name {
				return a.Val, true
			}
		}
		return "", false
	}
	var next *html.Node
	for c := n.FirstChild; c != nil; c = next {
		next = c.NextSibling
		class, _ := get(c, "class")
		_, saves := get(c, "data-save")
		_, shares := get(c, "data-dialog") // an address that the file has not
		href, link := get(c, "href")
		away := link && !strings.HasPrefix(href, "#") && !strings.Contains(href, ":")
		downloads := strings.Contains(class, "downloads")
		if saves || shares || c.Data == "form" || !p.published() && (away || downloads) {
			n.RemoveChild(c)
			continue
		}
		kept := c.Attr[:0]
		for _, a := range c.Attr {
			switch {
			case a.Key == "data-settled" || a.Key == "data-go" || a.Key == "data-wish":
				continue
			case a.Key == "href" && away:
				to, err := url.Parse(href)
				if err != nil {
					continue // no address: a text then
				}
				a.Val = (&url.URL{Path: "/" + folder}).ResolveReference(to).String()
				a.Val = p.address(strings.TrimPrefix(a.Val, "/"))
			}
			kept = append(kept, a)
		}
		c.Attr = kept
		p.detach(c, folder)
	}
}

// closes are the elements before which the end of a paragraph need not be written.
var closes = map[string]bool{
	"article": true, "aside": true, "blockquote": true, "details": true, "div": true, "dl": true, "figure": true, "h2": true,
	"h3": true, "h4": true, "ol": true, "p": true, "section": true, "ul": true,
}

// writeLean writes HTML with no more than a parser needs: the page is a tenth smaller so. Whether it parses to the same
// tree is checked.
func writeLean(b *bytes.Buffer, n *html.Node) {
	if n.Type == html.TextNode {
		b.WriteString(strings.NewReplacer("&", "&amp;", "<", "&lt;").Replace(n.Data))
		return
	}
	b.WriteString("<" + n.Data)
	for _, a := range n.Attr {
		b.WriteString(" " + a.Key)
		switch {
		case a.Val == "":
		case loose.MatchString(a.Val) && !strings.Contains(a.Val, "&"):
			b.WriteString("=" + a.Val)
		default:
			b.WriteString(`="` + strings.NewReplacer("&", "&amp;", `"`, "&#34;").Replace(a.Val) + `"`)
		}
	}
	if n.Namespace != "" && n.FirstChild == nil {
		b.WriteString(" />")
		return
	}
	b.WriteByte('>')
	switch n.Data {
	case "br", "hr", "img", "input", "wbr":
		return
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		writeLean(b, c)
	}
	last, after := n.NextSibling == nil, ""
	if !last {
		after = n.NextSibling.Data
	}
	switch n.Data {
	case "li":
		if last || after == "li" {
			return
		}
	case "dt", "dd":
		if after == "dt" || after == "dd" || last && n.Data == "dd" {
			return
		}
	case "p":
		if closes[after] || last && n.Parent.Data != "a" {
			return
		}
	}
	b.WriteString("</" + n.Data + ">")
}

// canonical writes a tree in one way.
func canonical(n *html.Node) []byte {
	var b bytes.Buffer
	_ = html.Render(&b, n) // into memory
	return b.Bytes()
}
