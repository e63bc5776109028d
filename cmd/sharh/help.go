package main

import (
	"sharh/app/desk/diag"
	"sharh/app/desk/rulebook"
)

type helpCommand struct {
	languageFlag
	Topic string `arg:"" optional:"" help:"Code of a rule, such as unknown-id; all are listed if none is named."`
}

// Run explains a rule, or lists them.
func (c *helpCommand) Run(m *Main) error {
	if c.Topic == "" {
		rulebook.Topics(m.Stdout, m.lang)
		return nil
	}
	if !rulebook.Explain(m.Stdout, c.Topic, m.lang) {
		return usageError{diag.Say("help-unknown", c.Topic), nearest(c.Topic)}
	}
	return nil
}
