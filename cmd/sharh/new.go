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
	"slices"
	"strings"
	"time"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"sharh/app/desk/check"
	"sharh/app/desk/diag"
	"sharh/app/desk/draft"
	"sharh/app/desk/locale"
	"sharh/app/desk/schema"
	"sharh/app/story"
)

type newCommand struct {
	Slug      string            `arg:"" name:"folder" help:"Name of the folder, which becomes the address: lower-case letters, digits and hyphens."`
	Content   string            `help:"Folder that holds the explainers." default:"content" type:"path"`
	Languages []string          `help:"Languages of the explainer, the default one first." placeholder:"ar,en"`
	Title     map[string]string `help:"Title in each language." placeholder:"ar=…;en=…"`
	Axis      map[string]string `help:"Direction of time on the timeline in each language, rtl or ltr." placeholder:"ar=rtl;en=ltr"`
	Calls     *bool             `help:"The story is told in telephone calls, one after the other." negatable:""`
	languageFlag
}

// slugFault returns an error that says what is wrong with a slug, or nil.
func slugFault(slug string) error {
	switch story.FaultOf(slug) {
	case story.SlugForm:
		err := usageError{diag.Say("no-address", slug)}
		if better := check.BetterSlug(slug); better != "" {
			err = append(err, diag.Say("such-as", diag.Raw(better)))
		}
		return err
	case story.SlugLong:
		return usageError{diag.Say("long-address", slug, story.LongestSlug), diag.Say("other-name")}
	case story.SlugReserved:
		return usageError{diag.Say("own-folder", slug), diag.Say("other-name")}
	case story.SlugDevice:
		return usageError{diag.Say("device-name", slug), diag.Say("other-name")}
	}
	return nil
}

// Run asks for the options that the command line does not set, if the program runs in a terminal, and writes the
// folder of a new explainer.
func (c *newCommand) Run(m *Main) error {
	if err := slugFault(c.Slug); err != nil {
		return err
	}
	folder := filepath.Join(c.Content, c.Slug)
	others, err := os.ReadDir(c.Content)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("looking for what is there: %w", err)
	}
	for _, other := range others {
		if strings.EqualFold(other.Name(), c.Slug) { // file systems of macOS and Windows ignore case
			there := shown(filepath.Join(c.Content, other.Name()))
			return usageError{diag.Say("there-already", diag.Raw(there)), diag.Say("other-name")}
		}
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
	if err := writeSchemas(c.Content); err != nil {
		return err
	}
	say := speak(o.Locales, lang)
	sharh := program()
	fmt.Fprintf(m.Stdout, "%s\n  %s serve %s   %s\n  %[2]s check %[3]s   %[5]s\n%s\n",
		say("made", shown(folder)), sharh, c.Slug, say("serve"), say("check"), say("listed"))
	return nil
}

// locales are the languages that the new explainer can have.
func (c *newCommand) locales() *locale.Set { return locale.Beside(os.DirFS(c.Content)) }

// speak says the sentences of the dialogue in a language, in English if there is none of it.
func speak(locales *locale.Set, lang string) func(name string, about ...string) string {
	l, err := locales.For(lang, "")
	if err != nil {
		if l, err = locales.For("en", ""); err != nil {
			panic(err) // it is shipped
		}
	}
	return func(name string, about ...string) string { return draft.Ask(l, name, about...) }
}

// person returns the terminal in which questions can be asked, or nil.
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

// options returns the options of the draft: from flags, then from answers, then defaults. If in is nil, it asks
// nothing, and says what it assumed. An invalid answer is asked for again at once, so that the user need not repeat the
// valid ones.
func (c *newCommand) options(lang string, in io.Reader, out io.Writer) (draft.Options, error) {
	o := draft.Options{Locales: c.locales(), Languages: c.Languages, Titles: c.Title, Axis: c.Axis, Today: time.Now()}
	answers := bufio.NewScanner(cmp.Or[io.Reader](in, strings.NewReader("")))
	say := speak(o.Locales, lang)
	assumed := false
	ask := func(flag, question, otherwise string, take func(answer string) error) error {
		if in == nil {
			if !assumed {
				fmt.Fprintln(out, say("assumed"))
			}
			assumed = true
			fmt.Fprintf(out, "  %s: %s   %s\n", question, strings.Replace(otherwise, "…", say("example"), 1), flag)
		}
		for in != nil {
			fmt.Fprintf(out, "%s [%s]: ", question, otherwise)
			if !answers.Scan() {
				break
			}
			answer := strings.TrimSpace(answers.Text())
			if answer == "" {
				break
			}
			err := take(answer)
			if err == nil {
				return nil
			}
			fmt.Fprintln(out, "  "+err.Error())
		}
		return take(otherwise)
	}
	if len(o.Languages) == 0 {
		all := []string{lang} // the user's own language first, then the others that messages are in
		for _, l := range diag.Languages() {
			if l != lang {
				all = append(all, l)
			}
		}
		err := ask("--languages", say("languages"), strings.Join(all, ", "), func(answer string) error {
			known, unknown := languagesOf(answer, o.Locales.Languages())
			if unknown != "" {
				return errors.New(say("no_language", unknown, strings.Join(o.Locales.Languages(), ", ")))
			}
			o.Languages = known
			return nil
		})
		if err != nil {
			return o, err
		}
	}
	for flag, by := range map[string]map[string]string{"--title": c.Title, "--axis": c.Axis} {
		for _, l := range slices.Sorted(maps.Keys(by)) {
			if !slices.Contains(o.Languages, l) {
				return o, fmt.Errorf("%s: %q is not a language of this explainer, which has %s",
					flag, l, strings.Join(o.Languages, ", "))
			}
		}
	}
	for _, l := range o.Languages {
		own, err := o.Locales.For(l, "")
		if err != nil {
			return o, err
		}
		name := languageName(l, lang)
		if o.Titles[l] == "" {
			err := ask("--title", say("title", name), "…", func(answer string) error {
				if answer != "…" {
					o.Titles = with(o.Titles, l, answer)
				}
				return nil
			})
			if err != nil {
				return o, err
			}
		}
		if o.Axis[l] == "" {
			err := ask("--axis", say("axis", name), own.Dir, func(answer string) error {
				if answer = strings.ToLower(answer); answer != "rtl" && answer != "ltr" {
					return errors.New(say("rtl_or_ltr"))
				}
				o.Axis = with(o.Axis, l, answer)
				return nil
			})
			if err != nil {
				return o, err
			}
		}
	}
	if c.Calls != nil {
		o.Calls = *c.Calls
		return o, answers.Err()
	}
	err := ask("--calls", say("calls"), say("no"), func(answer string) error {
		switch answer = strings.ToLower(answer); {
		case answer == say("yes"), answer == "yes", answer == "y":
			o.Calls = true
		case answer == say("no"), answer == "no", answer == "n":
		default:
			return errors.New(say("yes_or_no"))
		}
		return nil
	})
	return o, cmp.Or(err, answers.Err())
}

// languageName returns the name of language l, written in the language in.
func languageName(l, in string) string {
	return display.Languages(language.Make(in)).Name(language.Make(l))
}

// languagesOf reads language codes, or names of languages in any known language. unknown is the first word that is
// neither.
func languagesOf(answer string, there []string) (all []string, unknown string) {
	for _, word := range strings.FieldsFunc(answer, func(r rune) bool { return r == ',' || r == ' ' || r == '،' }) {
		code := ""
		for _, l := range there {
			for _, in := range there {
				if strings.EqualFold(word, l) || strings.EqualFold(word, languageName(l, in)) {
					code = l
				}
			}
		}
		if code == "" {
			return nil, word
		}
		if !slices.Contains(all, code) {
			all = append(all, code)
		}
	}
	return all, ""
}

func with(m map[string]string, key, value string) map[string]string {
	if m == nil {
		m = map[string]string{}
	}
	m[key] = value
	return m
}

// layOut writes a new folder. It writes to a temporary folder and renames it, so that an incomplete folder never has
// the final name.
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

// writeSchemas writes the schemas that new files refer to, unless they are there already and up to date.
func writeSchemas(content string) error {
	files, err := schema.Files(locale.Beside(os.DirFS(content)))
	if err != nil {
		return err
	}
	return writeFiles(filepath.Join(content, schema.Folder), files)
}

// program is how this program was called.
func program() string {
	if strings.Contains(os.Args[0], "go-build") {
		return "go run ./cmd/sharh"
	}
	return "sharh"
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

// systemLanguage is the language that the environment asks for, if there are messages in it; otherwise English.
func systemLanguage(getenv func(string) string) string {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		value := getenv(name)
		if value == "" {
			continue
		}
		lang, _, _ := strings.Cut(value, "_")
		lang, _, _ = strings.Cut(lang, ".")
		if slices.Contains(diag.Languages(), lang) {
			return lang
		}
		break // the first variable that is set decides
	}
	return "en"
}
