package main

import (
	"context"
	"fmt"
	"path/filepath"

	"sharh/app/site"
	"sharh/app/site/budget"
	"sharh/app/site/page"
	"sharh/app/site/wasm"
)

type sizeCommand struct {
	siteFlags
	Work  string `help:"Folder for the client that is taken apart." default:"build/weigh" type:"path"`
	Stock bool   `help:"Weigh the client with go-app as it comes." env:"SHARH_STOCK"`
}

// weighable plans the site as a build with the same flags would, and returns its pages and files.
func (m *Main) weighable(f siteFlags) ([]*page.Page, site.Files, error) {
	explainers, err := m.publishable(f)
	if err != nil {
		return nil, nil, err
	}
	planned, err := f.plan(explainers, false, site.Share{}, nil)
	if err != nil {
		return nil, nil, err
	}
	files, err := planned.Files()
	if err != nil {
		return nil, nil, err
	}
	pages, err := planned.Pages()
	return pages, files, err
}

// Run prints the sizes of the files that a build with the same flags would write, and the size of each package in
// the client. It fails if something is over its budget.
func (c *sizeCommand) Run(m *Main) error {
	pages, files, err := m.weighable(c.siteFlags)
	if err != nil {
		return err
	}
	weights, err := budget.Weigh(files, pages)
	if err != nil {
		return err
	}
	packages, err := wasm.Weigh(context.Background(), wasm.Options{
		Out: filepath.Join(c.Work, "client.wasm"), Work: filepath.Join(c.Work, "slim"), Stock: c.Stock,
	})
	if err != nil {
		return err
	}
	const least = 10_000 // smaller packages are summed up
	var rest, total int64
	fmt.Fprintln(m.Stdout, "the client by package, bytes of code before compression:")
	for _, p := range packages {
		total += p.Bytes
		if p.Bytes < least {
			rest += p.Bytes
			continue
		}
		fmt.Fprintf(m.Stdout, "%9d  %s\n", p.Bytes, p.Path)
	}
	fmt.Fprintf(m.Stdout, "%9d  packages of less than %d each\n%9d  in all\n\n", rest, least, total)
	fmt.Fprintln(m.Stdout, "the site, bytes as they travel:")
	if over := budget.Print(m.Stdout, weights); over > 0 {
		return fmt.Errorf("%d over budget", over)
	}
	return nil
}
