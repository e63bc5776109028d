package main

import (
	"fmt"
	"os"

	"sharh/app/site"
)

type sizeCommand struct {
	Dist string `arg:"" optional:"" help:"The built site." default:"dist" type:"path"`
}

// Run prints what a built site weighs; over budget is a failure.
func (c *sizeCommand) Run(m *Main) error {
	weights, err := site.Weigh(os.DirFS(c.Dist))
	if err != nil {
		return err
	}
	if over := site.PrintWeights(m.Stdout, weights); over > 0 {
		return fmt.Errorf("%d over budget", over)
	}
	return nil
}
