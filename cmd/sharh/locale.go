package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"sharh/app/desk/diag"
	"sharh/app/desk/locale"
	"sharh/app/desk/source"
)

type localeCommand struct {
	List localeListCommand `cmd:"" default:"withargs" help:"List the languages, and what each lacks."`
	New  localeNewCommand  `cmd:"" help:"Write the file of a language to fill in; of one that is there, list what it lacks."`
}

type localeFlags struct {
	Content string `help:"Folder that holds the explainers; the files of languages are in its folder locale." default:"content" type:"path"`
	languageFlag
}

// longList is how many missing words are listed by name; more are counted by the part of the file.
const longList = 20

type localeListCommand struct{ localeFlags }

// Run lists the languages that an explainer can have.
func (c *localeListCommand) Run(m *Main) error {
	var list diag.List
	for _, lang := range c.locales().Languages() {
		if err := c.report(m, lang, &list); err != nil {
			return err
		}
	}
	return m.problems(&list)
}

type localeNewCommand struct {
	Language string `arg:"" help:"Code of the language, such as de or pt-BR."`
	localeFlags
}

// Run writes the file of a language, unless it is there, and lists what it lacks.
func (c *localeNewCommand) Run(m *Main) error {
	if !locale.IsLanguage(c.Language) {
		return usageError{diag.Say("no-language", c.Language), diag.Say("language-code")}
	}
	name := filepath.Join(c.Content, filepath.FromSlash(locale.FileOf(c.Language)))
	_, err := os.Stat(name)
	if there := err == nil; !there && !locale.Shipped(c.Language) {
		data, err := locale.Template(c.Language)
		if err != nil {
			return err
		}
		files := map[string][]byte{filepath.Base(name): data}
		if err := writeFiles(filepath.Dir(name), files); err != nil {
			return err
		}
		m.say(diag.Say("locale-made", diag.Raw(shown(name))))
	}
	var list diag.List
	if err := c.report(m, c.Language, &list); err != nil {
		return err
	}
	return m.problems(&list)
}

func (c localeFlags) locales() *locale.Set { return locale.Beside(os.DirFS(c.Content)) }

// report prints what a language lacks. What is wrong with its file goes into list.
func (c localeFlags) report(m *Main, lang string, list *diag.List) error {
	var wrong diag.List
	source.Language(os.DirFS(c.Content), filepath.ToSlash(shown(c.Content)), lang, &wrong)
	list.Merge(wrong)
	l, err := c.locales().For(lang, "")
	if err != nil && wrong.Len() == 0 {
		return err
	}
	what := diag.Say("locale-wrong")
	if err == nil {
		what = diag.Say("locale-complete")
		if n := len(l.Missing); n > 0 {
			what = diag.Say("locale-lacks", n, diag.Raw(strings.Join(locale.Parts(l.Missing, longList), ", ")))
		}
	}
	where := diag.Say("locale-shipped")
	if _, err := os.Stat(filepath.Join(c.Content, filepath.FromSlash(locale.FileOf(lang)))); err == nil {
		where = diag.Say("locale-beside", diag.Raw(shown(filepath.Join(c.Content, filepath.FromSlash(locale.FileOf(lang))))))
	}
	m.say(diag.Say("locale-line", diag.Raw(lang), diag.Raw(languageName(lang, m.lang)), where, what))
	return nil
}

// say prints a sentence in the language of messages.
func (m *Main) say(p diag.Phrase) { fmt.Fprintln(m.Stdout, diag.Isolated(m.lang, p.In(m.lang))) }
