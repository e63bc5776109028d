package main

import (
	"cmp"
	"context"
	_ "embed"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"text/template"

	"github.com/rogpeppe/go-internal/txtar"
)

// licenceTool finds the licence of each package that a program is compiled from.
const licenceTool = "github.com/google/go-licenses@v1.6.0"

// found is the form in which the tool is asked to print what it found: a txtar archive.
const found = "{{range .}}-- {{.Name}} {{.Version}} {{.LicenseName}} --\n{{.LicenseText}}\n{{end}}"

//go:embed notice.tmpl
var noticeText string

// licence is that of a module, or of a folder in one that has its own.
type licence struct {
	Path, Version, Name, Text string
}

// notice writes NOTICE: the licences of what is in the archives and in the client.
func (r release) notice(ctx context.Context) error {
	work, err := os.MkdirTemp("", "sharh-notice-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	install := exec.CommandContext(ctx, "go", "install", licenceTool)
	install.Env = append(os.Environ(), "GOBIN="+work)
	if out, err := install.CombinedOutput(); err != nil {
		return fmt.Errorf("compiling %s: %w\n%s", licenceTool, err, out)
	}
	form := filepath.Join(work, "form")
	if err := os.WriteFile(form, []byte(found), 0o644); err != nil {
		return err
	}
	var all []licence
	for _, p := range r.programs() {
		report := exec.CommandContext(ctx, filepath.Join(work, "go-licenses"), "report", p.program, "--ignore=sharh",
			"--template="+form)
		report.Dir = r.dir
		report.Env = append(os.Environ(), environment(p.target)...)
		out, err := report.Output()
		if err != nil {
			var failed *exec.ExitError
			if errors.As(err, &failed) {
				err = fmt.Errorf("%w\n%s", err, failed.Stderr)
			}
			return fmt.Errorf("finding the licences of %s for %s: %w", p.program, p.target, err)
		}
		for _, f := range txtar.Parse(out).Files {
			words := strings.Fields(f.Name)
			if len(words) != 3 || words[2] == "Unknown" {
				return fmt.Errorf("the licence of %s is not known: find it, and decide whether it may be used", f.Name)
			}
			all = append(all, licence{words[0], words[1], words[2], strings.TrimRight(string(f.Data), "\n ")})
		}
	}
	slices.SortFunc(all, func(a, b licence) int {
		return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Name, b.Name))
	})
	all = slices.Compact(all)
	t, err := template.New("notice").Parse(noticeText)
	if err != nil {
		return err
	}
	var out strings.Builder
	if err := t.Execute(&out, all); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(r.dir, "NOTICE"), []byte(out.String()), 0o644)
}
