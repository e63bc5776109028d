package compile

import (
	"fmt"
	"slices"
	"strings"

	"sharh/app/story"
)

// marks are the attributions found so far, each once.
type marks struct {
	all    []story.Attribution
	number map[string]int // by a key of all fields of an attribution
}

// mark returns the number of the mark for an attribution, or 0 if it has neither sources nor statements. It sets the
// label.
func (c *compiler) mark(a story.Attribution) int {
	if len(a.Sources)+len(a.Statements) == 0 {
		return 0
	}
	key := fmt.Sprintf("%q %q %q %q %q", a.Kind, a.By, a.Date, a.Sources, a.Statements)
	if n := c.marks.number[key]; n > 0 {
		return n
	}
	carried := slices.Clone(a.Sources) // ids of its own sources, and of its statements' sources
	for _, id := range a.Statements {
		carried = append(carried, ids(c.set.Ledger.Statements[c.statements[id]].Sources)...)
	}
	slices.Sort(carried)
	label := []string{c.locale.Words.Kinds[a.Kind]}
	if a.Kind == "source" {
		label = nil // the number of sources, added below, says enough
	}
	for _, part := range []string{c.names[a.By], a.Date} {
		if part != "" {
			label = append(label, part)
		}
	}
	if n := len(slices.Compact(carried)); n > 0 {
		label = append(label, c.locale.Count("sources", n))
	}
	if len(label) == 0 {
		label = []string{c.locale.Words.CiteStatement}
	}
	a.Label = strings.Join(label, c.locale.Words.Comma+" ")
	c.marks.all = append(c.marks.all, a)
	if c.marks.number == nil {
		c.marks.number = map[string]int{}
	}
	c.marks.number[key] = len(c.marks.all)
	return len(c.marks.all)
}

// sourced returns the mark of a text that only names its sources or statements.
func (c *compiler) sourced(sources, statements []string) int {
	return c.mark(story.Attribution{Kind: "source", Sources: sources, Statements: statements})
}
