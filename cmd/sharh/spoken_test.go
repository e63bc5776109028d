package main

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/accessibility"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/rogpeppe/go-internal/diff"

	"sharh/web/webtest"
)

// heard is an element as assistive technology is told of it: a node of the accessibility tree without those that are
// passed over.
type heard struct {
	role, name  string
	description string
	states      []string // such as expanded, current=true; of a heading its level
	children    []*heard
}

// hear reads the accessibility tree of a page.
func (b *tab) hear(t *testing.T) *heard {
	t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, 5*time.Minute)
	defer cancel()
	tree, err := chromedp.Call(ctx, accessibility.GetFullAXTree, accessibility.GetFullAXTreeParams{})
	if err != nil {
		t.Fatal(err)
	}
	nodes := map[accessibility.NodeID]*accessibility.Node{}
	for _, n := range tree.Nodes {
		nodes[n.NodeID] = n
	}
	var walk func(n *accessibility.Node) []*heard
	walk = func(n *accessibility.Node) []*heard {
		var children []*heard
		for _, id := range n.ChildIDs {
			if child := nodes[id]; child != nil {
				children = append(children, walk(child)...)
			}
		}
		role := valueOf(n.Role)
		if n.Ignored || slices.Contains([]string{"generic", "none", "InlineTextBox", "ListMarker"}, role) {
			return children
		}
		return []*heard{{cmp.Or(plain[role], role), valueOf(n.Name), valueOf(n.Description), states(n), children}}
	}
	all := walk(tree.Nodes[0])
	if len(all) != 1 {
		t.Fatalf("the tree has %d roots", len(all))
	}
	return all[0]
}

// plain names the roles that have names of the browser's own, so that another version of it may call them otherwise.
var plain = map[string]string{
	"RootWebArea": "document", "StaticText": "text", "DescriptionList": "terms", "Figcaption": "caption",
	"LabelText": "label", "DisclosureTriangle": "summary", "sectionheader": "header",
}

// valueOf is a value of the tree as text.
func valueOf(v *accessibility.Value) string {
	if v == nil {
		return ""
	}
	var s string
	if err := json.Unmarshal(v.Value, &s); err != nil {
		return string(v.Value) // a number or a truth value
	}
	return s
}

// states are what else is told of an element, unless it is what is expected of every one.
func states(n *accessibility.Node) (all []string) {
	for _, p := range n.Properties {
		name, value := string(p.Name), valueOf(p.Value)
		switch name {
		case "focused", "disabled", "modal", "required", "selected", "busy", "readonly":
			if value == "true" {
				all = append(all, name)
			}
		case "level":
			if valueOf(n.Role) == "heading" {
				all = append(all, name+"="+value)
			}
		case "expanded", "checked", "pressed", "hasPopup", "invalid", "live":
			if value != "" && value != "false" || name == "expanded" || name == "pressed" {
				all = append(all, name+"="+value)
			}
		}
	}
	if value := valueOf(n.Value); value != "" {
		all = append(all, "value="+value)
	}
	slices.Sort(all)
	return all
}

// text is the tree as lines, an element each, indented as deep as it is in others. Texts that only repeat the name of
// the element that they are in are left out.
func (h *heard) text() string {
	var out strings.Builder
	var write func(h *heard, depth int)
	write = func(h *heard, depth int) {
		out.WriteString(strings.Repeat("  ", depth))
		if h.role == "text" {
			fmt.Fprintf(&out, "%q\n", h.name)
			return
		}
		out.WriteString(h.role)
		if h.name != "" {
			fmt.Fprintf(&out, " %q", h.name)
		}
		if h.description != "" {
			fmt.Fprintf(&out, ", described %q", h.description)
		}
		if len(h.states) > 0 {
			fmt.Fprintf(&out, " [%s]", strings.Join(h.states, " "))
		}
		out.WriteString("\n")
		if slices.Contains([]string{"link", "button", "image"}, h.role) && h.name != "" {
			return // what has a name of its own is called by that, whatever is in it
		}
		for _, c := range h.children {
			if c.role != "text" || strings.TrimSpace(c.name) != strings.TrimSpace(h.name) {
				write(c, depth+1)
			}
		}
	}
	write(h, 0)
	return out.String()
}

// What is spoken on a reader's way through the explainer, in both languages, stands in testdata/spoken: the page as it
// is met, then what each act changes in it, as role, name and state, in order. So a change of a word or of a role is
// seen in review. make golden writes the files again.
func TestSpoken(t *testing.T) {
	t.Parallel()
	server := siteServer(t)
	browser := webtest.Start(t)
	for _, l := range []struct{ lang, path, query string }{
		{"ar", "/eight-calls/", "بودابست"}, {"en", "/eight-calls/en/", "Budapest"},
	} {
		for _, way := range []struct {
			name, path string
			width      int64
			acts       []act
		}{
			{"explainer", "?wasm=off", 1280, []act{
				{"follows the link to call 3", func(p *webtest.Page) {
					p.Click(`.axis .wide a[href="#call-3"]`)
					p.Until(visible("call-3") + " && !(" + visible("call-8") + ")")
				}},
				{"chooses Zelensky on the map", func(p *webtest.Page) {
					p.Click(`.core .wide a[href="#actor-zelensky"]`)
					p.Until(visible("actor-zelensky"))
				}},
				{"closes the card", func(p *webtest.Page) {
					p.Click(`#actor-zelensky .close`)
					p.Until(`!document.querySelector(".card[aria-current]")`)
				}},
				{"opens an analyst's view", func(p *webtest.Page) {
					p.Click("#view-why-that-day summary")
					p.Until(`document.querySelector("#view-why-that-day").open`)
				}},
			}},
			{"live", "?wasm=now", 360, []act{
				{"opens the first mark of the steps", func(p *webtest.Page) {
					p.Click("#steps a.m")
					p.Until(markCard)
				}},
				{"closes it with Escape", func(p *webtest.Page) {
					p.Type(kb.Escape)
					p.Until(markClosed)
				}},
				{"searches", func(p *webtest.Page) {
					p.Click("#q")
					p.Type(l.query)
					p.Until(`!!document.querySelector("#finds:not([hidden]) a mark")`)
				}},
				{"goes down to the first that was found", func(p *webtest.Page) {
					p.Type(kb.ArrowDown)
					p.Until(`document.activeElement.id === "find-1"`)
				}},
			}},
			{"embed", "embed/?wasm=off", 700, nil},
			{"step", "step/2/", 360, nil},
		} {
			t.Run(way.name+" "+l.lang, func(t *testing.T) {
				t.Parallel()
				var b tab
				p := browser.Open(t, server.URL+l.path+way.path, webtest.Size(way.width, 900), b.option)
				p.Until(settled)
				file := filepath.Join("testdata", "spoken", way.name+"."+l.lang+".txt")
				written, err := os.ReadFile(file)
				if err != nil && !*golden {
					t.Fatalf("%v: make golden writes it", err)
				}
				want := append(strings.SplitAfter(string(written), "\n\n"), make([]string, len(way.acts)+1)...)
				heard, got := b.spoken(t, func(now string) string { return now + "\n" }, want[0])
				for i, a := range way.acts {
					a.do(p)
					before, part := heard, ""
					heard, part = b.spoken(t, func(now string) string {
						return fmt.Sprintf("== the reader %s ==\n%s\n", a.name, changes(before, now))
					}, want[i+1])
					got += part
				}
				p.Quiet()
				if *golden {
					if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
						t.Fatal(err)
					}
					if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
						t.Fatal(err)
					}
				} else if d := diff.Diff("spoken before", written, "spoken now", []byte(got)); d != nil {
					t.Errorf("make golden writes %s again; read the difference:\n%s", file, d)
				}
			})
		}
	}
}

// act is what a reader does. It is done when what it leads to is there.
type act struct {
	name string
	do   func(*webtest.Page)
}

// spoken hears the page until what is written of it is what is wanted. What comes a moment after the act, such as a
// message, may still be on its way; what never becomes what is wanted is returned as it is after a while.
func (b *tab) spoken(t *testing.T, write func(now string) string, want string) (now, written string) {
	t.Helper()
	wait := 20 * time.Second
	if *golden { // nothing is known yet to wait for
		wait = 2 * time.Second
	}
	for end := time.Now().Add(wait); ; time.Sleep(50 * time.Millisecond) {
		now = b.hear(t).text()
		if written = write(now); written == want && !*golden || time.Now().After(end) {
			return now, written
		}
	}
}

// changes are the lines that differ, with those around them.
func changes(before, after string) string {
	d := string(diff.Diff("before", []byte(before), "after", []byte(after)))
	if d == "" {
		return "nothing changes\n"
	}
	// Where in the file it is says nothing, and would change with all that stands before.
	var kept []string
	for i, line := range strings.Split(strings.TrimSuffix(d, "\n"), "\n") {
		switch {
		case i < 3: // names of files
		case strings.HasPrefix(line, "@@"):
			kept = append(kept, "…")
		default:
			kept = append(kept, strings.TrimRight(line, " "))
		}
	}
	return strings.Join(kept, "\n") + "\n"
}
