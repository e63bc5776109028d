package importer

import (
	"encoding/json"
	"errors"
	"fmt"
	"sort"
	"strconv"
	"strings"
	"unicode/utf8"

	"sharh/app/desk/diag"
)

// node is a value of JSON that knows its place.
type node struct {
	text   string // of a text, a number or a truth value
	keys   []string
	values []node // of a list, or of an object in the order of its keys
	offset int
}

// get returns the value of a key, or the zero node.
func (n node) get(keys ...string) node {
	for _, key := range keys {
		found := node{offset: n.offset}
		for i, k := range n.keys {
			if k == key {
				found = n.values[i]
			}
		}
		n = found
	}
	return n
}

func (n node) has(key string) bool {
	for _, k := range n.keys {
		if k == key {
			return true
		}
	}
	return false
}

func (n node) list() []node { return n.values }

const deepest = 200

// readJSON reads JSON into a tree.
func readJSON(name, text string) (node, error) {
	var whole json.RawMessage
	var wrong *json.SyntaxError
	switch err := json.Unmarshal([]byte(text), &whole); {
	case errors.As(err, &wrong) && int(wrong.Offset) >= len(text) && strings.Contains(wrong.Error(), "unexpected end"):
		return node{}, Fault{lineOf(name, text, len(text)), diag.Say("import-json-end"), diag.Phrase{}}
	case errors.As(err, &wrong):
		// The offset is that after the character that is wrong.
		return node{}, Fault{
			lineOf(name, text, int(wrong.Offset)-1), diag.Say("import-json", diag.Raw(wrong.Error())), diag.Phrase{}}
	case err != nil:
		return node{}, fmt.Errorf("reading %s: %w", name, err)
	}
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	return readNode(d, name, text, 0)
}

// readNode reads the next value of valid JSON.
func readNode(d *json.Decoder, name, text string, depth int) (node, error) {
	token, err := d.Token()
	if err != nil {
		return node{}, fmt.Errorf("reading %s: %w", name, err)
	}
	n := node{offset: int(d.InputOffset())}
	if depth > deepest {
		return n, Fault{lineOf(name, text, n.offset), diag.Say("import-json-deep", deepest), diag.Phrase{}}
	}
	switch t := token.(type) {
	case json.Delim:
		n.offset--
		for d.More() {
			if t == '{' {
				key, err := d.Token()
				if err != nil {
					return n, fmt.Errorf("reading %s: %w", name, err)
				}
				n.keys = append(n.keys, key.(string)) // valid JSON has no other
			}
			v, err := readNode(d, name, text, depth+1)
			if err != nil {
				return n, err
			}
			n.values = append(n.values, v)
		}
		if _, err := d.Token(); err != nil {
			return n, fmt.Errorf("reading %s: %w", name, err)
		}
	case string:
		n.text = t
	case json.Number:
		n.text = t.String()
	case bool:
		n.text = strconv.FormatBool(t)
	}
	return n, nil
}

// placed returns a function that tells where a value of a text stands.
func placed(name, text string) func(node) diag.Pos {
	lines := []int{0} // offsets of the lines
	for i := range len(text) {
		if text[i] == '\n' {
			lines = append(lines, i+1)
		}
	}
	return func(n node) diag.Pos {
		line := sort.SearchInts(lines, n.offset+1)
		return diag.Pos{File: name, Line: line, Column: 1 + utf8.RuneCountInString(text[lines[line-1]:n.offset])}
	}
}

// json reads JSON of TimelineJS or Oligrapher.
func (r *reading) json(name, text string) error {
	root, err := readJSON(name, text)
	if err != nil {
		return err
	}
	at := placed(name, text)
	graph := root
	for _, key := range []string{"graph", "data", "graph_data"} {
		if !graph.has("nodes") && graph.has(key) {
			graph = graph.get(key)
		}
	}
	switch {
	case graph.has("nodes"):
		if n := len(graph.get("nodes").list()) + len(graph.get("edges").list()); n > maxRows {
			return Fault{at(root), diag.Say("import-rows", maxRows), diag.Say("import-rows-way")}
		}
		r.oligrapher(root, graph, at)
	case root.has("events"), root.get("timeline").has("date"):
		if n := len(root.get("events").list()) + len(root.get("timeline", "date").list()); n > maxRows {
			return Fault{at(root), diag.Say("import-rows", maxRows), diag.Say("import-rows-way")}
		}
		r.timelineJSON(root, at)
	default:
		return Fault{at(root), diag.Say("import-json-shape"), diag.Say("import-kinds")}
	}
	return nil
}

// timelineJSON reads the JSON of TimelineJS 3, or of TimelineJS 2, which has all of it in `timeline`.
func (r *reading) timelineJSON(root node, at func(node) diag.Pos) {
	var all []slide
	add := func(n node, kind string) { all = append(all, jsonSlide(n, kind, at)) }
	if root.has("timeline") {
		old := root.get("timeline")
		all = append(all, oldSlide(old, "title", at))
		for _, n := range old.get("date").list() {
			all = append(all, oldSlide(n, "", at))
		}
		for _, n := range old.get("era").list() {
			all = append(all, oldSlide(n, "era", at))
		}
	} else {
		if root.has("title") && (len(root.get("title", "text").keys) > 0 || root.get("title").has("media")) {
			add(root.get("title"), "title")
		}
		for _, n := range root.get("events").list() {
			add(n, "")
		}
		for _, n := range root.get("eras").list() {
			add(n, "era")
		}
		for i, key := range root.keys {
			switch key {
			case "title", "events", "eras":
			case "scale":
				if root.values[i].text != "human" {
					r.lost(at(root.values[i]), "scale", root.values[i].text)
				}
			default:
				r.remark(at(root.values[i]), diag.Say("import-column", key))
			}
		}
	}
	if len(all) > 0 && all[0].kind == "title" && all[0].headline == "" && all[0].text == "" {
		all = all[1:]
	}
	r.slides(all)
}

func jsonDate(n node) string {
	second := n.get("hour").text
	if second != "" {
		second += ":" + two(atoi(n.get("minute").text))
	}
	return dateOf(n.get("year").text, n.get("month").text, n.get("day").text, second)
}

func atoi(text string) int {
	n, _ := strconv.Atoi(text)
	return n
}

func jsonSlide(n node, kind string, at func(node) diag.Pos) slide {
	media, display := n.get("media"), n.get("display_date").text
	if display == "" {
		display = n.get("start_date", "display_date").text
	}
	background := n.get("background", "url").text
	if background == "" {
		background = n.get("background", "color").text
	}
	return slide{
		kind: kind, from: jsonDate(n.get("start_date")), to: jsonDate(n.get("end_date")), display: display,
		headline: n.get("text", "headline").text, text: n.get("text", "text").text, group: n.get("group").text,
		id: n.get("unique_id").text, background: background,
		media: map[string]string{
			"url": media.get("url").text, "credit": media.get("credit").text, "caption": media.get("caption").text,
			"thumbnail": media.get("thumbnail").text, "alt": media.get("alt").text, "link": media.get("link").text,
		},
		place: func(what string) diag.Pos {
			switch what {
			case "url", "credit", "caption", "thumbnail":
				if v := media.get(what); v.text != "" {
					return at(v)
				}
			case "headline", "text":
				if v := n.get("text", what); v.text != "" {
					return at(v)
				}
			case "group", "background":
				return at(n.get(what))
			case "date":
				return at(n.get("start_date"))
			}
			return at(n)
		},
	}
}

func oldSlide(n node, kind string, at func(node) diag.Pos) slide {
	asset := n.get("asset")
	return slide{
		kind: kind, from: commas(n.get("startDate").text), to: commas(n.get("endDate").text),
		headline: n.get("headline").text, text: n.get("text").text, group: n.get("tag").text,
		media: map[string]string{
			"url": asset.get("media").text, "credit": asset.get("credit").text, "caption": asset.get("caption").text,
			"thumbnail": asset.get("thumbnail").text,
		},
		place: func(what string) diag.Pos { return at(n) },
	}
}

// commas reads a date of the JSON of TimelineJS 2: 2011,12,10.
func commas(text string) string {
	parts := append(strings.Split(text, ","), "", "", "", "")
	if !strings.Contains(text, ",") && !year.MatchString(text) {
		return american(text)
	}
	clock := ""
	if parts[3] != "" {
		clock = parts[3] + ":" + two(atoi(parts[4]))
	}
	return dateOf(parts[0], parts[1], parts[2], clock)
}
