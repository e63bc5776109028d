// Package prerender writes the HTML of a go-app component tree.
//
// go-app has an HTML writer of its own, but it cannot be trusted with content: it quotes attributes like Go strings,
// puts white space between inline siblings, and drops and reorders attributes. This package writes HTML that parses
// to exactly the tree, node for node and attribute for attribute, that go-app mounts for the same components. If
// that is impossible for a tree, it returns an error and no page.
//
//	html, err := prerender.HTML(&ui.Page{Doc: doc})
//	html, err := prerender.Part(item.Page(), up, item.Where, "") // links to missing fragments lead to another page
//	html, err := prerender.Lean(&ui.Page{Doc: doc}, edit) // as short as possible, for a page in one file
//
// The tree is read by reflection, without mounting it; a test pins the fields of go-app v10.1.11 that are read.
package prerender

import (
	"bytes"
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"
	"unsafe"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"sharh/app/story"
)

// HTML returns the HTML of v. The same tree always gives the same bytes: attributes are in order (see [order]), no
// white space is added.
func HTML(v app.UI) ([]byte, error) {
	return Part(v, "", func(fragment string) string { return fragment }, "")
}

// Part returns the HTML of a page that shows a part of another page. Links to fragments that are not on the page,
// such as "#source-2", get the address that elsewhere returns, and open in target ("_blank") unless target is empty.
// Pictures are named by their path in the site, "assets/…"; up leads from the page to the site's root.
func Part(v app.UI, up string, elsewhere func(fragment string) string, target string) ([]byte, error) {
	tree, err := read(v)
	if err != nil {
		return nil, fmt.Errorf("prerendering: %w", err)
	}
	ids := map[string]bool{}
	tree.each(func(n *node) {
		if id := n.attr("id"); id != nil {
			ids["#"+*id] = true
		}
	})
	tree.each(func(n *node) {
		for _, name := range []string{"src", "srcset"} {
			if value := n.attr(name); value != nil && strings.HasPrefix(*value, assets) {
				*value = up + strings.ReplaceAll(*value, ", "+assets, ", "+up+assets)
			}
		}
		if href := n.attr("href"); href != nil && strings.HasPrefix(*href, "#") && !ids[*href] {
			*href = elsewhere(*href)
			if target != "" {
				n.attrs = append(n.attrs, attr{"target", target})
				slices.SortFunc(n.attrs, order)
			}
		}
	})
	var b bytes.Buffer
	tree.write(&b)
	if err := same(tree, b.Bytes()); err != nil {
		return nil, fmt.Errorf("prerendering: %w", err)
	}
	return b.Bytes(), nil
}

// assets is the folder of the site's hashed files.
const assets = "assets/"

// node is an element, or a text if its tag is empty.
type node struct {
	tag      string
	void     bool
	text     string
	attrs    []attr // in order
	children []*node
}

type attr struct{ name, value string }

// Shape returns a tree as data, for a client that does not have the components which draw it.
func Shape(v app.UI) (story.Shape, error) {
	tree, err := read(v)
	if err != nil {
		return story.Shape{}, fmt.Errorf("prerendering: %w", err)
	}
	return tree.shape(), nil
}

func (n *node) shape() story.Shape {
	s := story.Shape{Tag: n.tag, Text: n.text}
	for _, a := range n.attrs {
		s.Attributes = append(s.Attributes, a.name, a.value)
	}
	for _, c := range n.children {
		s.Body = append(s.Body, c.shape())
	}
	return s
}

// order is the one, of some hundred tried on the first story, in which its pages compress best: backwards by name, with
// those that begin a shape or a foreign phrase before all others.
func order(a, b attr) int {
	begins := func(name string) int {
		if name == "d" || name == "dir" {
			return 0
		}
		return 1
	}
	return cmp.Or(cmp.Compare(begins(a.name), begins(b.name)), cmp.Compare(b.name, a.name))
}

// attr returns the value of an attribute, nil if n has none of that name.
func (n *node) attr(name string) *string {
	for i := range n.attrs {
		if n.attrs[i].name == name {
			return &n.attrs[i].value
		}
	}
	return nil
}

// each visits n and all nodes inside it.
func (n *node) each(visit func(*node)) {
	visit(n)
	for _, c := range n.children {
		c.each(visit)
	}
}

// booleans are the attributes that go-app sets as properties in the browser: with the value false they are absent.
var booleans = map[string]bool{
	"async": true, "autofocus": true, "autoplay": true, "checked": true, "default": true, "defer": true,
	"disabled": true, "hidden": true, "ismap": true, "loop": true, "multiple": true, "muted": true, "open": true,
	"readonly": true, "required": true, "reversed": true, "selected": true,
}

// fields are the indices of the fields in which an element type holds its attributes and children.
type fields struct{ attributes, children []int }

// known caches the fields of element types. Looking them up by name takes longer than all other work of reading.
var known sync.Map

// fieldsOf returns the fields of an element type, nil if it does not have them.
func fieldsOf(t reflect.Type) *fields {
	if f, ok := known.Load(t); ok {
		return f.(*fields)
	}
	var f *fields
	attributes, hasAttributes := t.FieldByName("attributes")
	children, hasChildren := t.FieldByName("children")
	if hasAttributes && attributes.Type.ConvertibleTo(reflect.TypeFor[map[string]string]()) &&
		hasChildren && children.Type == reflect.TypeFor[[]app.UI]() {
		f = &fields{attributes.Index, children.Index}
	}
	known.Store(t, f)
	return f
}

func read(v app.UI) (*node, error) {
	if v == nil {
		return nil, fmt.Errorf("a nil element in the tree")
	}
	p := reflect.ValueOf(v)
	if p.Kind() != reflect.Pointer || p.IsNil() || p.Elem().Kind() != reflect.Struct {
		return nil, fmt.Errorf("%T is neither an element nor a component, or there is none", v)
	}
	if c, ok := v.(app.Composer); ok {
		root := app.FilterUIElems(c.Render())
		if len(root) != 1 {
			return nil, fmt.Errorf("%T renders %d roots, not one", v, len(root))
		}
		return read(root[0])
	}
	e := p.Elem()
	h, isHTML := v.(app.HTML)
	if !isHTML {
		value := e.FieldByName("value")
		if e.Type().Name() != "text" || !value.IsValid() || value.Kind() != reflect.String {
			return nil, fmt.Errorf("%T cannot be prerendered", v)
		}
		return &node{text: value.String()}, nil
	}
	fields := fieldsOf(e.Type())
	if fields == nil {
		return nil, fmt.Errorf("%T does not hold its attributes and children as go-app v10.1.11 has it", v)
	}
	n := &node{tag: h.Tag(), void: h.SelfClosing()}
	for it := e.FieldByIndex(fields.attributes).MapRange(); it.Next(); {
		name, value := it.Key().String(), it.Value().String()
		// hidden has a third value that go-app does not know, so the client never renders such an element itself.
		if booleans[name] && value != "until-found" {
			if value != "true" {
				continue
			}
			value = ""
		}
		n.attrs = append(n.attrs, attr{name, value})
	}
	if n.tag == "img" && n.attr("alt") == nil {
		// Readers who do not see a picture without a text must not hear the name of its file. go-app leaves out what is
		// empty; the client mounts no pictures.
		n.attrs = append(n.attrs, attr{"alt", ""})
	}
	slices.SortFunc(n.attrs, order)
	children := *(*[]app.UI)(unsafe.Pointer(e.FieldByIndex(fields.children).UnsafeAddr())) // unexported, read only
	for _, child := range children {
		c, err := read(child)
		if err != nil {
			return nil, fmt.Errorf("%w in <%s>", err, n.tag)
		}
		n.children = append(n.children, c)
	}
	return n, nil
}

var (
	escapeText = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "\r", "&#13;")
	escapeAttr = strings.NewReplacer("&", "&amp;", `"`, "&#34;", "<", "&lt;", "\r", "&#13;")
)

func (n *node) write(b *bytes.Buffer) {
	if n.tag == "" {
		b.WriteString(escapeText.Replace(n.text))
		return
	}
	b.WriteByte('<')
	b.WriteString(n.tag)
	for _, a := range n.attrs {
		b.WriteByte(' ')
		b.WriteString(a.name)
		b.WriteString(`="`)
		b.WriteString(escapeAttr.Replace(a.value))
		b.WriteByte('"')
	}
	b.WriteByte('>')
	if n.void {
		return
	}
	if n.tag == "pre" || n.tag == "textarea" {
		b.WriteByte('\n') // a parser drops the first newline
	}
	for _, c := range n.children {
		c.write(b)
	}
	b.WriteString("</")
	b.WriteString(n.tag)
	b.WriteByte('>')
}

// same parses the written HTML and compares the result with the tree.
func same(tree *node, written []byte) error {
	body := &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body}
	nodes, err := html.ParseFragment(bytes.NewReader(written), body)
	if err != nil {
		return err
	}
	if len(nodes) != 1 {
		return fmt.Errorf("the page parses to %d roots, not one", len(nodes))
	}
	return tree.compare(nodes[0], "")
}

func (n *node) compare(p *html.Node, path string) error {
	if n.tag == "" {
		if p.Type != html.TextNode || p.Data != n.text {
			return fmt.Errorf("in %s the text %.60q parses to %.60q: "+
				"texts must not be empty or stand next to each other, and must not hold NUL", path, n.text, p.Data)
		}
		return nil
	}
	path += "/" + n.tag
	if p.Type != html.ElementNode || p.Data != n.tag {
		return fmt.Errorf("%s parses to %q: that element cannot stand there", path, p.Data)
	}
	var attrs []attr
	for _, a := range p.Attr {
		if a.Namespace != "" {
			a.Key = a.Namespace + ":" + a.Key
		}
		attrs = append(attrs, attr{a.Key, a.Val})
	}
	slices.SortFunc(attrs, order)
	if len(attrs) != len(n.attrs) {
		return fmt.Errorf("%s has %d attributes and parses to %d", path, len(n.attrs), len(attrs))
	}
	for i, a := range attrs {
		if a != n.attrs[i] {
			return fmt.Errorf("%s: %s=%.60q parses to %s=%.60q", path, n.attrs[i].name, n.attrs[i].value, a.name, a.value)
		}
	}
	c := p.FirstChild
	for _, child := range n.children {
		if c == nil {
			return fmt.Errorf("%s has %d children and parses to fewer: "+
				"texts must not be empty or stand next to each other", path, len(n.children))
		}
		if err := child.compare(c, path); err != nil {
			return err
		}
		c = c.NextSibling
	}
	if c != nil {
		return fmt.Errorf("%s has %d children and parses to more", path, len(n.children))
	}
	return nil
}
