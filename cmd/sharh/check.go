package main

import (
	"fmt"
	"os"
	"slices"
	"strings"

	"sharh/app/desk/check"
	"sharh/app/desk/diag"
)

type checkCommand struct {
	contentFlags
	JSON bool `help:"Print the problems as JSON."`
}

// Run checks the content.
func (c *checkCommand) Run(m *Main) error {
	var list diag.List
	sets, err := c.load(&list)
	if err != nil {
		return err
	}
	if c.JSON {
		list.Sort()
		if err := m.printer().JSON(m.Stdout, &list); err != nil {
			return err
		}
		if list.Count(diag.Error) > 0 {
			return errContent
		}
		return nil
	}
	if err := m.problems(&list); err != nil {
		return err
	}
	result := diag.Say("no-problems")
	if list.Len() > 0 {
		result = diag.Say("no-errors")
	}
	for _, set := range sets {
		tally(m.Stdout, m.lang, set.Dir, set, result)
	}
	return nil
}

// mutable returns an error if a code given to --mute is not the code of a warning.
func (f contentFlags) mutable() error {
	for _, code := range f.Mute {
		switch {
		case slices.Contains(check.Warnings(), code):
		case slices.Contains(diag.Codes(), code):
			return usageError{diag.Say("mute-error", code, check.Warnings())}
		default:
			return usageError{diag.Say("mute-unknown", code), nearest(code)}
		}
	}
	return nil
}

// nearest suggests the code that was probably meant.
func nearest(code string) diag.Phrase {
	if near := diag.Nearest(code, diag.Codes()); near != "" {
		return diag.Say("near", near)
	}
	return diag.Phrase{}
}

// usageError is an invalid command line, described in the language of the messages.
type usageError []diag.Phrase

func (e usageError) Error() string { return e.in("en") }

func (e usageError) in(lang string) string {
	var all diag.Phrase
	for _, p := range e {
		switch {
		case p.Variant == "":
		case all.Variant == "":
			all = p
		default:
			all = diag.Say("and-then", all, p)
		}
	}
	return all.In(lang)
}

// problems prints the problems of the content, if there are any. Only errors make it fail, not warnings.
func (m *Main) problems(list *diag.List) error {
	if list.Len() == 0 {
		return nil
	}
	list.Sort()
	m.printer().Text(m.Stderr, list)
	fmt.Fprintln(m.Stderr, m.printer().Summary(list))
	if list.Count(diag.Error) > 0 {
		return errContent
	}
	return nil
}

// printer returns a printer that shows each problem with its line of the file. File names are relative to the
// current folder.
func (m *Main) printer() diag.Printer {
	files := map[string][]string{}
	return diag.Printer{Lang: m.lang, Line: func(file string, line int) (string, bool) {
		lines, read := files[file]
		if !read {
			data, err := os.ReadFile(file)
			if err == nil {
				text := strings.TrimPrefix(string(data), "\ufeff")
				lines = strings.Split(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text), "\n")
			}
			files[file] = lines
		}
		if line > len(lines) {
			return "", false
		}
		return lines[line-1], true
	}}
}

// languageFlag is the language of messages.
type languageFlag struct {
	Lang string `help:"Language of messages, ar or en; otherwise the one that LC_ALL, LC_MESSAGES or LANG name." placeholder:"LANG"`
}

// AfterApply is called when the flags have been read.
func (f languageFlag) AfterApply(m *Main) error {
	if f.Lang != "" && !slices.Contains(diag.Languages(), f.Lang) {
		return fmt.Errorf("--lang: there are no messages in %q; there are in %s",
			f.Lang, strings.Join(diag.Languages(), ", "))
	}
	if m.lang = f.Lang; m.lang == "" {
		m.lang = systemLanguage(os.Getenv)
	}
	return nil
}
