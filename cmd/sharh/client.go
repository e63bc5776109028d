package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"sharh/app/site/wasm"
)

// compiledClient is where the client goes that is compiled from this source.
const compiledClient = "build/client.wasm"

type clientCommand struct {
	Out   string `help:"Where the program goes; the script that runs it goes beside it." default:"${compiled}" type:"path"`
	Work  string `help:"Folder for the slim copy of go-app." default:"build/slim" type:"path"`
	Stock bool   `help:"Compile with go-app as it comes." env:"SHARH_STOCK"`
}

// Run compiles the client.
func (c *clientCommand) Run(m *Main) error { return c.compile(context.Background()) }

func (c *clientCommand) compile(ctx context.Context) error {
	if err := os.MkdirAll(filepath.Dir(c.Out), 0o755); err != nil {
		return fmt.Errorf("compiling the client: %w", err)
	}
	if err := wasm.Compile(ctx, wasm.Options{Out: c.Out, Work: c.Work, Stock: c.Stock}); err != nil {
		return err
	}
	script, err := wasm.Script(ctx)
	if err != nil {
		return err
	}
	data, err := os.ReadFile(script)
	if err != nil {
		return fmt.Errorf("reading the client's script: %w", err)
	}
	if err := os.WriteFile(filepath.Join(filepath.Dir(c.Out), "wasm_exec.js"), data, 0o644); err != nil {
		return fmt.Errorf("writing the client's script: %w", err)
	}
	return nil
}
