// Command sharh is the editor's tool: it checks explainers, builds the static site and serves it.
//
//	sharh check                every problem in content/, with file, line and column
//	sharh help [<code>]        the rules that check applies, and why; --lang ar answers in Arabic
//	sharh build                content/ -> dist/
//	sharh publish TARGET       put dist/ where it is served: a folder, or a store that speaks S3
//	sharh serve                serve the site while it is being written; --compile compiles the client meanwhile
//	sharh new                  make a folder for a new explainer, with examples to replace
//	sharh locale               the languages and what each lacks; sharh locale new <language> begins one
//	sharh import FILE…         make it from a timeline, a network or a table of other tools
//	sharh client               compile the client; for those who have Go and the source
//	sharh cost                 what views of the site cost, at prices that are given
//	sharh size                 the sizes of what a build with the same flags writes, against their budgets
//
// A release of the program (cmd/release) has the client inside, and needs no Go.
//
// Exit codes: 0 done; 1 the content has problems, or the work failed; 2 the command line is wrong.
package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
	"slices"
	"strings"

	"github.com/alecthomas/kong"

	"sharh/app/desk/diag"
)

func main() {
	m := Main{Stdout: os.Stdout, Stderr: os.Stderr}
	os.Exit(m.Run(os.Args[1:]))
}

// Main is the program. Tests run it inside their own process.
type Main struct {
	Stdout io.Writer
	Stderr io.Writer

	lang string // language of messages; empty means English
}

// released is the name of the release, which cmd/release writes here.
var released = "unreleased"

// defaults are those of the flags, where they differ in a release, and what --version prints.
var defaults = kong.Vars{
	"version": "sharh " + released, "client": defaultClient, "exec": defaultExec, "compiled": compiledClient,
}

type commandLine struct {
	Version kong.VersionFlag `help:"Print the version."`

	Build   buildCommand   `cmd:"" help:"Build the static site from content."`
	Check   checkCommand   `cmd:"" help:"Report every problem in the content."`
	Help    helpCommand    `cmd:"" help:"List the rules of content, or explain one."`
	Serve   serveCommand   `cmd:"" help:"Serve the site on this machine, and again after each save."`
	Client  clientCommand  `cmd:"" help:"Compile the client (needs Go and the source)."`
	New     newCommand     `cmd:"" help:"Begin an explainer: a folder with examples to write over."`
	Locale  localeCommand  `cmd:"" help:"List the languages that pages can have, or begin the file of one."`
	Import  importCommand  `cmd:"" help:"Make an explainer from files of other tools."`
	Publish publishCommand `cmd:"" help:"Put the built site where it is served: a folder, or a store that speaks S3."`
	Cost    costCommand    `cmd:"" help:"Print what views of the site would transfer and cost."`
	Size    sizeCommand    `cmd:"" help:"Print what a build with the same flags would weigh, against its budgets."`
}

// errContent says that the content has problems, which were printed.
var errContent = errors.New("the content has problems")

// wrongLine says in the user's language what is wrong with a command line. The command-line library reports it in
// English.
func wrongLine(err error) usageError {
	how := diag.Say("see-help", diag.Raw("sharh --help"))
	for _, known := range []struct {
		pattern *regexp.Regexp
		say     func(string) diag.Phrase
	}{
		{regexp.MustCompile(`^unexpected argument ([^,]+)`),
			func(s string) diag.Phrase { return diag.Say("no-argument", s) }},
		{regexp.MustCompile(`^unknown flag (--?[^,]+)`),
			func(s string) diag.Phrase { return diag.Say("no-flag", diag.Raw(s)) }},
		{regexp.MustCompile(`^expected "(.+)"$`), func(s string) diag.Phrase { return diag.Say("no-word", diag.Raw(s)) }},
	} {
		found := known.pattern.FindStringSubmatch(err.Error())
		if found == nil {
			continue
		}
		said := usageError{known.say(found[1]), how}
		if near := regexp.MustCompile(`did you mean "([^"]+)"\?$`).FindStringSubmatch(err.Error()); near != nil {
			said = append(said, diag.Say("near", near[1]))
		}
		return said
	}
	return usageError{diag.Say("wrong-line", diag.Raw(err.Error())), how}
}

// languageIn returns the language for messages about a command line that cannot be parsed.
func languageIn(args []string) string {
	for i, a := range args {
		lang, ok := strings.CutPrefix(a, "--lang=")
		if !ok && a == "--lang" && i+1 < len(args) {
			lang = args[i+1]
		}
		if slices.Contains(diag.Languages(), lang) {
			return lang
		}
	}
	return systemLanguage(os.Getenv)
}

// Run runs the command line and returns the exit code.
func (m *Main) Run(args []string) int {
	var line commandLine
	exited := -1
	parser, err := kong.New(&line, kong.Name("sharh"), kong.Writers(m.Stdout, m.Stderr),
		kong.Description("Turns content files into interactive explainers."),
		kong.Exit(func(code int) { exited = code }),
		kong.UsageOnError(), kong.ConfigureHelp(kong.HelpOptions{Compact: true}),
		defaults,
		kong.Bind(m))
	if err != nil {
		fmt.Fprintf(m.Stderr, "sharh: %v\n", err)
		return 2
	}
	if len(args) == 0 {
		args = []string{"--help"}
	}
	ctx, err := parser.Parse(args)
	if exited >= 0 {
		return exited // --help was asked for and printed
	}
	if err != nil {
		lang := languageIn(args)
		fmt.Fprintf(m.Stderr, "sharh: %s\n", diag.Isolated(lang, wrongLine(err).in(lang)))
		return 2
	}
	var usage usageError
	switch err := ctx.Run(); {
	case errors.Is(err, errContent):
		return 1
	case errors.As(err, &usage):
		fmt.Fprintf(m.Stderr, "sharh: %s\n", diag.Isolated(m.lang, usage.in(m.lang)))
		return 2
	case err != nil:
		fmt.Fprintf(m.Stderr, "sharh: %v\n", err)
		return 1
	}
	return 0
}
