// Package peers makes the page that Sharh is measured against: what a newsroom assembles today from npm packages,
// TimelineJS 3 for the timeline and Cytoscape.js for the graph, with the article under them. It is for the benchmark
// only.
//
// It is meant to be a good page: it uses the packages' published minified files, deferred scripts, text and data in
// the HTML (so that data costs no request), figures with reserved height, no requests to other hosts, and
// compression like Sharh's files. Its content is the same as Sharh's, because it is made from the same story.
//
//	modules, err := peers.Install(ctx, "build/peers")
//	err = peers.Write("build/peers/site", modules, doc)
package peers

import (
	"bytes"
	"context"
	_ "embed"
	"fmt"
	"html"
	"html/template"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/andybalholm/brotli"

	"sharh/app/story"
	"sharh/web/webtest/npm"
)

//go:embed package.json
var manifest []byte

//go:embed package-lock.json
var lock []byte

//go:embed index.html
var page string

//go:embed page.js
var script []byte

// Install installs the packages, at the locked versions, into the folder node_modules of dir, and returns that
// folder. Packages that are already there in these versions are left as they are.
func Install(ctx context.Context, dir string) (fs.FS, error) {
	return npm.Install(ctx, dir, manifest, lock)
}

// Write writes the page and its files to dir, replacing what was there, with a .br file beside every file that gets
// smaller by compression. modules is a node_modules folder.
func Write(dir string, modules fs.FS, doc *story.Document) error {
	files, err := assemble(modules, doc)
	if err != nil {
		return fmt.Errorf("making the peers' page: %w", err)
	}
	if err := os.RemoveAll(dir); err != nil {
		return fmt.Errorf("making the peers' page: %w", err)
	}
	for name, data := range files {
		to := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
			return fmt.Errorf("making the peers' page: %w", err)
		}
		if err := os.WriteFile(to, data, 0o644); err != nil {
			return fmt.Errorf("making the peers' page: %w", err)
		}
		switch path.Ext(name) {
		case ".html", ".js", ".css", ".json", ".svg":
			packed, err := compress(data)
			if err != nil {
				return fmt.Errorf("making the peers' page: compressing %s: %w", name, err)
			}
			if err := os.WriteFile(to+".br", packed, 0o644); err != nil {
				return fmt.Errorf("making the peers' page: %w", err)
			}
		}
	}
	return nil
}

func compress(data []byte) ([]byte, error) {
	var b bytes.Buffer
	w := brotli.NewWriterLevel(&b, brotli.BestCompression)
	if _, err := w.Write(data); err != nil {
		return nil, err
	}
	err := w.Close()
	return b.Bytes(), err
}

// assemble returns the page's files by path.
func assemble(modules fs.FS, doc *story.Document) (map[string][]byte, error) {
	const timelinejs = "@knight-lab/timelinejs/dist/"
	files := map[string][]byte{"assets/page.js": script}
	wanted := map[string]string{
		"assets/cytoscape.min.js":                           "cytoscape/dist/cytoscape.min.js",
		"assets/timelinejs/js/timeline.js":                  timelinejs + "js/timeline.js",
		"assets/timelinejs/css/timeline.css":                timelinejs + "css/timeline.css",
		"assets/timelinejs/js/locale/" + doc.Lang + ".json": timelinejs + "js/locale/" + doc.Lang + ".json",
	}
	icons, err := fs.ReadDir(modules, timelinejs+"css/icons")
	if err != nil {
		return nil, err
	}
	for _, icon := range icons {
		wanted["assets/timelinejs/css/icons/"+icon.Name()] = timelinejs + "css/icons/" + icon.Name()
	}
	for to, from := range wanted {
		data, err := fs.ReadFile(modules, from)
		if err != nil {
			return nil, err
		}
		files[to] = data
	}
	d, err := newData(doc)
	if err != nil {
		return nil, err
	}
	t, err := template.New("page").Funcs(template.FuncMap{"rich": rich}).Parse(page)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if err := t.Execute(&b, struct {
		Doc  *story.Document
		Data data
	}{doc, d}); err != nil {
		return nil, err
	}
	files["index.html"] = b.Bytes()
	return files, nil
}

// data is the input of page.js, in the formats that the two packages read.
type data struct {
	Timeline struct {
		Events []event `json:"events"`
	} `json:"timeline"`
	Graph []element `json:"graph"`
}

// event is an event in TimelineJS's form.
type event struct {
	ID    string         `json:"unique_id"`
	Start map[string]int `json:"start_date"`
	Date  string         `json:"display_date"`
	Text  struct {
		Headline string `json:"headline"`
		Text     string `json:"text"` // HTML
	} `json:"text"`
}

// element is a node or an edge in Cytoscape's form.
type element struct {
	Data map[string]string `json:"data"`
}

func newData(doc *story.Document) (data, error) {
	var d data
	for _, c := range doc.Calls {
		e := event{ID: "call-" + strconv.Itoa(c.ID), Date: c.Date.Text}
		var year, month, day int
		if _, err := fmt.Sscanf(c.Date.ISO, "%d-%d-%d", &year, &month, &day); err != nil {
			return d, fmt.Errorf("date %q of call %d: %w", c.Date.ISO, c.ID, err)
		}
		e.Start = map[string]int{"year": year, "month": month, "day": day}
		e.Text.Headline = html.EscapeString(c.Name + ": " + c.Short)
		var b strings.Builder
		say := func(sentences ...story.Sentence) {
			for _, s := range sentences {
				b.WriteString("<p>" + string(rich(s.Text)) + "</p>")
			}
		}
		if c.Length != "" {
			b.WriteString("<p>" + html.EscapeString(c.Length) + "</p>")
		}
		say(c.Initiator, c.Topics)
		for _, a := range c.Accounts {
			say(a.Sentences...)
		}
		say(c.Followed...)
		say(c.Disagreements...)
		e.Text.Text = b.String()
		d.Timeline.Events = append(d.Timeline.Events, e)
	}
	tones := map[string]string{}
	for _, c := range doc.Camps {
		tones[c.ID] = c.Tone
	}
	for _, a := range doc.Actors {
		d.Graph = append(d.Graph, element{map[string]string{
			"id": a.ID, "label": a.Label, "tone": tones[a.Camp], "about": a.Name + ": " + a.Role,
		}})
	}
	for _, r := range doc.Relations {
		d.Graph = append(d.Graph, element{map[string]string{
			"id": r.ID, "source": r.From, "target": r.To, "label": r.Label, "polarity": r.Polarity, "about": r.Said.Text.Plain(),
		}})
	}
	return d, nil
}

// rich returns rich text as HTML.
func rich(r story.Rich) template.HTML {
	var b strings.Builder
	for _, run := range r {
		inner := html.EscapeString(run.Text) + string(rich(run.Runs))
		switch run.Style {
		case "em", "strong":
			inner = "<" + run.Style + ">" + inner + "</" + run.Style + ">"
		case "foreign":
			inner = fmt.Sprintf("<span lang=%q dir=%q>%s</span>", run.Lang, run.Dir, inner)
		}
		b.WriteString(inner)
	}
	return template.HTML(b.String())
}
