package prerender

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// Element is an element of a tree before it is written.
type Element struct{ n *node }

// Tag is the name of the element.
func (e *Element) Tag() string { return e.n.tag }

// Get returns the value of an attribute, and whether there is one.
func (e *Element) Get(name string) (string, bool) {
	if value := e.n.attr(name); value != nil {
		return *value, true
	}
	return "", false
}

// Has tells whether the element has an attribute.
func (e *Element) Has(name string) bool { return e.n.attr(name) != nil }

// Value is the value of an attribute, "" if there is none.
func (e *Element) Value(name string) string {
	value, _ := e.Get(name)
	return value
}

// Set changes the value of an attribute that the element has.
func (e *Element) Set(name, value string) {
	if at := e.n.attr(name); at != nil {
		*at = value
	}
}

// Drop removes attributes.
func (e *Element) Drop(names ...string) {
	e.n.attrs = slices.DeleteFunc(e.n.attrs, func(a attr) bool { return slices.Contains(names, a.name) })
}

// Edit changes an element; it is called before the elements inside it. If it returns false, the element is left out.
type Edit func(e *Element) bool

// Lean edits a tree and returns its HTML in the shortest form that parses to the same tree. It is a tenth smaller.
func Lean(v app.UI, edit Edit) ([]byte, error) {
	tree, err := read(v)
	if err != nil {
		return nil, fmt.Errorf("prerendering: %w", err)
	}
	if !edit(&Element{tree}) {
		return nil, fmt.Errorf("prerendering: nothing is left of <%s>", tree.tag)
	}
	tree.edit(edit)
	var b bytes.Buffer
	tree.lean(&b, nil, nil, false)
	if err := same(tree, b.Bytes()); err != nil {
		return nil, fmt.Errorf("prerendering: %w", err)
	}
	return b.Bytes(), nil
}

// edit edits the elements inside n.
func (n *node) edit(edit Edit) {
	var kept []*node
	for _, c := range n.children {
		if c.tag != "" {
			if !edit(&Element{c}) {
				continue
			}
			c.edit(edit)
		}
		if last := len(kept) - 1; c.tag == "" && last >= 0 && kept[last].tag == "" {
			kept[last] = &node{text: kept[last].text + c.text} // the element between two texts was left out
			continue
		}
		kept = append(kept, c)
	}
	n.children = kept
}

var (
	unquoted = regexp.MustCompile(`^[^\s"'=<>` + "`" + `&]+$`)
	leanText = strings.NewReplacer("&", "&amp;", "<", "&lt;", "\r", "&#13;")
	leanAttr = strings.NewReplacer("&", "&amp;", `"`, "&#34;", "\r", "&#13;")
)

// closing are the elements that end an open paragraph, so that </p> before them can be left out.
var closing = map[string]bool{
	"article": true, "aside": true, "blockquote": true, "details": true, "div": true, "dl": true, "figure": true,
	"h2": true, "h3": true, "h4": true, "ol": true, "p": true, "section": true, "ul": true,
}

// lean writes n; parent is the element around it and next the node after it. In SVG, an element without content is
// written as self-closing, which only foreign (not HTML) elements may be.
func (n *node) lean(b *bytes.Buffer, parent, next *node, foreign bool) {
	if n.tag == "" {
		b.WriteString(leanText.Replace(n.text))
		return
	}
	foreign = foreign || n.tag == "svg"
	b.WriteString("<" + n.tag)
	for _, a := range n.attrs {
		b.WriteString(" " + a.name)
		switch {
		case a.value == "":
		case unquoted.MatchString(a.value):
			b.WriteString("=" + a.value)
		default:
			b.WriteString(`="` + leanAttr.Replace(a.value) + `"`)
		}
	}
	if foreign && len(n.children) == 0 {
		b.WriteString(" />")
		return
	}
	b.WriteByte('>')
	if n.void {
		return
	}
	if (n.tag == "pre" || n.tag == "textarea") && len(n.children) > 0 && strings.HasPrefix(n.children[0].text, "\n") {
		b.WriteByte('\n') // a parser drops the first newline
	}
	for i, c := range n.children {
		var after *node
		if i+1 < len(n.children) {
			after = n.children[i+1]
		}
		c.lean(b, n, after, foreign)
	}
	if !n.closesItself(parent, next) {
		b.WriteString("</" + n.tag + ">")
	}
}

// closesItself reports whether a parser can tell from the following element that this one ends.
func (n *node) closesItself(parent, next *node) bool {
	last, after := next == nil, ""
	if !last {
		after = next.tag
	}
	switch n.tag {
	case "li":
		return last || after == "li"
	case "dt", "dd":
		return after == "dt" || after == "dd" || last && n.tag == "dd"
	case "p":
		return closing[after] || last && parent != nil && parent.tag != "a"
	}
	return false
}
