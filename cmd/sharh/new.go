package main

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"sharh/app/desk/draft"
	"sharh/app/desk/locale"
	"sharh/app/desk/schema"
)

type newCommand struct {
	Slug      string            `arg:"" name:"folder" help:"Name of the folder, which becomes the address: lower-case letters, digits and hyphens."`
	Content   string            `help:"Folder that holds the explainers." default:"content" type:"path"`
	Languages []string          `help:"Languages of the explainer, the default one first." placeholder:"ar,en"`
	Title     map[string]string `help:"Title in each language." placeholder:"ar=…;en=…"`
	Axis      map[string]string `help:"Direction of time on the timeline in each language, rtl or ltr." placeholder:"ar=rtl;en=ltr"`
	languageFlag
}

var goodSlug = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// Run asks for what the command line does not say, if there is somebody to ask, and leaves a folder to write over.
func (c *newCommand) Run(m *Main) error {
	if !goodSlug.MatchString(c.Slug) {
		err := fmt.Errorf("%q cannot be an address: use lower-case letters, digits and hyphens", c.Slug)
		if better := slugOf(c.Slug); better != "" {
			err = fmt.Errorf("%w, such as %s", err, better)
		}
		return err
	}
	if c.Slug == "assets" {
		return fmt.Errorf("the site has a folder %q of its own; take another name", c.Slug)
	}
	folder := filepath.Join(c.Content, c.Slug)
	if _, err := os.Lstat(folder); err == nil {
		return fmt.Errorf("%s is there already; take another name, or delete it first", shown(folder))
	}
	lang := m.lang
	o, err := c.options(lang, person(), m.Stdout)
	if err != nil {
		return err
	}
	files, err := draft.Files(o)
	if err != nil {
		return err
	}
	if err := layOut(folder, files); err != nil {
		return err
	}
	if err := c.schemas(); err != nil {
		return err
	}
	say := func(name, about string) string { return draft.Ask(lang, name, about) }
	sharh := "sharh"
	if strings.Contains(os.Args[0], "go-build") {
		sharh = "go run ./cmd/sharh"
	}
	fmt.Fprintf(m.Stdout, "%s\n  %s serve %s   %s\n  %[2]s check %[3]s   %[5]s\n%s\n",
		say("made", shown(folder)), sharh, c.Slug, say("serve", ""), say("check", ""), say("listed", ""))
	return nil
}

// person returns where somebody can be asked, or nil.
func person() io.Reader {
	in, err := os.Stdin.Stat()
	if err != nil || in.Mode()&os.ModeCharDevice == 0 {
		return nil
	}
	if nobody, err := os.Stat(os.DevNull); err == nil && os.SameFile(in, nobody) {
		return nil
	}
	return os.Stdin
}

// options are what the flags say, what is answered, and defaults. With in nil nobody is asked.
func (c *newCommand) options(lang string, in io.Reader, out io.Writer) (draft.Options, error) {
	o := draft.Options{Languages: c.Languages, Titles: c.Title, Axis: c.Axis, Today: time.Now()}
	answers := bufio.NewScanner(cmp.Or[io.Reader](in, strings.NewReader("")))
	ask := func(name, about, otherwise string) string {
		if in == nil {
			return otherwise
		}
		fmt.Fprintf(out, "%s [%s]: ", draft.Ask(lang, name, about), otherwise)
		if answers.Scan() {
			if answer := strings.TrimSpace(answers.Text()); answer != "" {
				return answer
			}
		}
		return otherwise
	}
	if len(o.Languages) == 0 {
		all := []string{lang} // the editor's own first
		for _, l := range draft.Languages() {
			if l != lang {
				all = append(all, l)
			}
		}
		o.Languages = strings.FieldsFunc(ask("languages", "", strings.Join(all, ", ")), func(r rune) bool {
			return r == ',' || r == ' ' || r == '،'
		})
	}
	for flag, by := range map[string]map[string]string{"--title": c.Title, "--axis": c.Axis} {
		for _, l := range slices.Sorted(maps.Keys(by)) {
			if !slices.Contains(o.Languages, l) {
				return o, fmt.Errorf("%s: %q is not a language of this explainer, which has %s", flag, l, strings.Join(o.Languages, ", "))
			}
		}
	}
	for _, l := range o.Languages {
		own, err := locale.For(l, "")
		if err != nil {
			return o, err
		}
		if o.Titles[l] == "" {
			if title := ask("title", own.Name, "…"); title != "…" {
				o.Titles = with(o.Titles, l, title)
			}
		}
		if o.Axis[l] == "" {
			o.Axis = with(o.Axis, l, ask("axis", own.Name, own.Dir))
		}
	}
	return o, answers.Err()
}

func with(m map[string]string, key, value string) map[string]string {
	if m == nil {
		m = map[string]string{}
	}
	m[key] = value
	return m
}

// layOut writes a folder that was not there. It is complete before it has its name.
func layOut(folder string, files map[string][]byte) error {
	parent := filepath.Dir(folder)
	if err := os.MkdirAll(parent, 0o755); err != nil {
		return fmt.Errorf("making the folder: %w", err)
	}
	next, err := os.MkdirTemp(parent, ".new-")
	if err != nil {
		return fmt.Errorf("making the folder: %w", err)
	}
	defer os.RemoveAll(next)
	if err := os.Chmod(next, 0o755); err != nil {
		return fmt.Errorf("making the folder: %w", err)
	}
	if err := writeFiles(next, files); err != nil {
		return err
	}
	if err := os.Rename(next, folder); err != nil {
		return fmt.Errorf("making the folder: %w", err)
	}
	return nil
}

// schemas puts the schemas to which the new files refer beside them, unless they are there as they should be.
func (c *newCommand) schemas() error {
	files, err := schema.Files()
	if err != nil {
		return err
	}
	return writeFiles(filepath.Join(c.Content, schema.Folder), files)
}

func writeFiles(folder string, files map[string][]byte) error {
	for _, name := range slices.Sorted(maps.Keys(files)) {
		full := filepath.Join(folder, filepath.FromSlash(name))
		if there, err := os.ReadFile(full); err == nil && string(there) == string(files[name]) {
			continue
		} else if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("writing %s: %w", shown(full), err)
		}
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			return fmt.Errorf("writing %s: %w", shown(full), err)
		}
		if err := os.WriteFile(full, files[name], 0o644); err != nil {
			return fmt.Errorf("writing %s: %w", shown(full), err)
		}
	}
	return nil
}

// slugOf is a name that could be an address, or "".
func slugOf(name string) string {
	return strings.Trim(regexp.MustCompile(`[^a-z0-9]+`).ReplaceAllString(strings.ToLower(name), "-"), "-")
}

// systemLanguage is the language that the environment asks for, if there are questions in it, or English.
func systemLanguage(getenv func(string) string) string {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		value := getenv(name)
		if value == "" {
			continue
		}
		lang, _, _ := strings.Cut(value, "_")
		lang, _, _ = strings.Cut(lang, ".")
		if slices.Contains(draft.Languages(), lang) {
			return lang
		}
		break // the first that is set decides
	}
	return "en"
}
