package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"sharh/app/site"
	"sharh/app/site/wasm"
)

type sizeCommand struct {
	Dist  string `arg:"" optional:"" help:"The built site." default:"dist" type:"path"`
	Work  string `help:"Folder for the client that is taken apart." default:"build/weigh" type:"path"`
	Stock bool   `help:"Weigh the client with go-app as it comes." env:"SHARH_STOCK"`
}

// Run prints what a built site weighs, and what each package costs the client; over budget is a failure.
func (c *sizeCommand) Run(m *Main) error {
	weights, err := site.Weigh(os.DirFS(c.Dist))
	if err != nil {
		return err
	}
	packages, err := wasm.Weigh(context.Background(), wasm.Options{
		Out: filepath.Join(c.Work, "client.wasm"), Work: filepath.Join(c.Work, "slim"), Stock: c.Stock,
	})
	if err != nil {
		return err
	}
	const least = 10_000 // what costs less is summed up
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
	if over := site.PrintWeights(m.Stdout, weights); over > 0 {
		return fmt.Errorf("%d over budget", over)
	}
	return nil
}
