package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"sharh/app/desk/check"
	"sharh/app/desk/diag"
	"sharh/app/desk/importer"
	"sharh/app/desk/locale"
	"sharh/app/desk/source"
	"sharh/app/story"
)

type importCommand struct {
	Files    []string `arg:"" name:"file" help:"Files or folders to read: CSV, JSON or ArchieML." type:"path"`
	Content  string   `help:"Folder that holds the explainers." default:"content" type:"path"`
	Slug     string   `help:"Name of the explainer's folder, which becomes the address; otherwise that of the first file."`
	Into     string   `help:"Folder of the explainer, in place of --content and --slug." type:"path" placeholder:"content/SLUG"`
	Language string   `help:"Language of the texts; otherwise that of messages." placeholder:"en"`
	Source   string   `help:"Address of the page that carries all that names no source of its own." placeholder:"https://…"`
	Shape    string   `help:"What actors are of whom the files do not say it: person, institution, state …" placeholder:"person"`
	Replace  bool     `help:"Add to an explainer that is there already, and write its files anew."`
	languageFlag
}

// Run reads the files and writes a new explainer or, if told so, into one that is there.
func (c *importCommand) Run(m *Main) error {
	if c.Into != "" {
		c.Content, c.Slug = filepath.Dir(c.Into), filepath.Base(c.Into)
	}
	files, err := c.files()
	if err != nil {
		return err
	}
	if c.Slug == "" && files[0].About != nil {
		c.Slug = files[0].About.Slug
	}
	if c.Slug == "" {
		name := filepath.Base(files[0].Name)
		if c.Slug = check.BetterSlug(strings.TrimSuffix(name, filepath.Ext(name))); c.Slug == "" {
			return usageError{diag.Say("no-address", name), diag.Say("import-slug")}
		}
	}
	if err := slugFault(c.Slug); err != nil {
		return err
	}
	locales := locale.Beside(os.DirFS(c.Content))
	say := speak(locales, m.lang)
	o := importer.Options{Locales: locales, Language: cmp.Or(c.Language, m.lang), Source: c.Source, Shape: c.Shape}
	if c.Shape != "" && !slices.Contains(story.Shapes, c.Shape) {
		return usageError{diag.Say("import-shape", c.Shape, story.Shapes)}
	}
	spoken := []string{o.Language}
	for _, f := range files {
		if f.About != nil {
			spoken = append(spoken, f.About.Language)
		}
	}
	for _, lang := range spoken {
		if there := locales.Languages(); !slices.Contains(there, lang) {
			return errors.New(say("no_language", lang, strings.Join(there, ", ")))
		}
	}
	folder := filepath.Join(c.Content, c.Slug)
	there, err := inhabited(folder)
	switch {
	case err != nil:
		return err
	case there && !c.Replace:
		return usageError{
			diag.Say("there-already", diag.Raw(shown(folder))), diag.Say("import-replace", diag.Raw("--replace"))}
	case there:
		if o.Into, err = c.present(m); err != nil {
			return err
		}
	}
	read, err := importer.Read(files, o)
	var fault importer.Fault
	if errors.As(err, &fault) {
		m.fault(fault)
		return errContent
	}
	if err != nil {
		return err
	}
	written := read.Files()
	if there {
		err = writeFiles(folder, written)
	} else if err = layOut(folder, written); err == nil {
		err = writeSchemas(c.Content)
	}
	if err != nil {
		return err
	}
	m.remarks(read)
	return c.report(m, folder, read)
}

// files reads the files, and of a folder those that can be imported; of an explainer's folder in a site, its tables in
// each language. Tables from a site know what they are of.
func (c *importCommand) files() (files []importer.File, err error) {
	var names []string
	for _, name := range c.Files {
		if info, err := os.Stat(name); err != nil || !info.IsDir() {
			names = append(names, name) // what cannot be read is reported below
			continue
		}
		folders := []string{name}
		if tables := ofSite(name); len(tables) > 0 {
			folders = tables
		}
		before := len(names)
		for _, folder := range folders {
			entries, err := os.ReadDir(folder)
			if err != nil {
				return nil, fmt.Errorf("importing: %w", err)
			}
			for _, e := range entries {
				if e.Type().IsRegular() && importer.Readable(e.Name()) {
					names = append(names, filepath.Join(folder, e.Name()))
				}
			}
		}
		if len(names) == before {
			return nil, usageError{diag.Say("import-nothing", diag.Raw(shown(name))), diag.Say("import-kinds")}
		}
	}
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("importing: %w", err)
		}
		folder := filepath.Dir(name)
		f := importer.File{Name: shown(name), Data: data, Beside: func(other string) ([]byte, error) {
			root, err := os.OpenRoot(folder) // a link must not lead out of the folder
			if err != nil {
				return nil, err
			}
			defer root.Close()
			return root.ReadFile(other)
		}}
		if about, err := os.ReadFile(filepath.Join(folder, importer.AboutName)); err == nil {
			// A description of other tables is none.
			if a, err := importer.ReadAbout(about); err == nil && a != nil && slices.Contains(a.Tables, filepath.Base(name)) {
				f.About = a
			}
		}
		files = append(files, f)
	}
	return files, nil
}

// ofSite returns the folders of tables of an explainer in a site, the default language first.
func ofSite(folder string) (tables []string) {
	languages := []string{"."}
	entries, _ := os.ReadDir(folder) // what cannot be read has none
	for _, e := range entries {
		languages = append(languages, e.Name())
	}
	for _, lang := range languages {
		data := filepath.Join(folder, lang, "data")
		if _, err := os.Stat(filepath.Join(data, importer.AboutName)); err == nil {
			tables = append(tables, data)
		}
	}
	return tables
}

// inhabited tells whether there is a folder that has anything in it.
func inhabited(folder string) (bool, error) {
	entries, err := os.ReadDir(folder)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("looking for what is there: %w", err)
	}
	if len(entries) == 0 {
		return false, os.Remove(folder) // layOut makes it
	}
	return true, nil
}

// present reads the explainer that items are to be added to.
func (c *importCommand) present(m *Main) (*source.Set, error) {
	var list diag.List
	set, err := contentFlags{Content: c.Content}.set(c.Slug, &list)
	if err != nil {
		return nil, err
	}
	if len(set.Failed) > 0 { // what could not be read would be lost
		return nil, m.problems(&list)
	}
	return set, nil
}

// fault says why a file cannot be read.
func (m *Main) fault(f importer.Fault) {
	fmt.Fprintf(m.Stderr, "%s: %s\n", f.Pos, diag.Isolated(m.lang, f.Said.In(m.lang)))
	if way := f.Way.In(m.lang); way != "" {
		fmt.Fprintf(m.Stderr, "    %s\n", diag.Isolated(m.lang, way))
	}
}

// remarks says, item by item, what was not taken along as it is.
func (m *Main) remarks(read *importer.Result) {
	for _, r := range read.Remarks {
		if r.Pos.File == "" {
			fmt.Fprintln(m.Stdout, r.Said.In(m.lang))
			continue
		}
		fmt.Fprintf(m.Stdout, "%s: %s\n", r.Pos, diag.Isolated(m.lang, r.Said.In(m.lang)))
	}
}

// report says what was made, and how much a person still has to decide.
func (c *importCommand) report(m *Main, folder string, read *importer.Result) error {
	var list diag.List
	content := contentFlags{Content: c.Content}
	set, err := content.set(c.Slug, &list)
	if err != nil {
		return err
	}
	check.Run(set, &list)
	list.Sort()
	tally(m.Stdout, m.lang, shown(folder), set, diag.Phrase{})
	sharh := program()
	if n := list.Count(diag.Error); n > 0 {
		fmt.Fprintln(m.Stdout, diag.Say("import-open", n, diag.Raw(sharh+" check "+c.Slug)).In(m.lang))
	}
	say := speak(locale.Beside(os.DirFS(c.Content)), m.lang)
	fmt.Fprintf(m.Stdout, "  %s serve %s   %s\n", sharh, c.Slug, say("serve"))
	if set.Explainer.Unlisted() {
		fmt.Fprintln(m.Stdout, say("listed"))
	}
	return nil
}

// tally says what an explainer has, and a result.
func tally(w io.Writer, lang, folder string, set *source.Set, result diag.Phrase) {
	var counts []string
	for _, said := range []struct {
		n    int
		said diag.Phrase
	}{
		{len(set.Timeline.Calls), diag.Say("calls", len(set.Timeline.Calls))},
		{len(set.Timeline.Events), diag.Say("events", len(set.Timeline.Events))},
		{len(set.Actors.Actors), diag.Say("actors", len(set.Actors.Actors))},
		{len(set.Actors.Relations), diag.Say("relations", len(set.Actors.Relations))},
		{len(set.Ledger.Statements), diag.Say("statements", len(set.Ledger.Statements))},
		{len(set.Views.Views), diag.Say("views", len(set.Views.Views))},
		{len(set.Sources.Sources), diag.Say("sources", len(set.Sources.Sources))},
	} {
		if said.n > 0 {
			counts = append(counts, said.said.In(lang))
		}
	}
	if result.Variant == "" {
		fmt.Fprintln(w, diag.Say("import-made", diag.Raw(folder), counts).In(lang))
		return
	}
	fmt.Fprintln(w, diag.Say("tally", diag.Raw(folder), counts, result).In(lang))
}
