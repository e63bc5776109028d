package check

import (
	"regexp"
	"strconv"
	"strings"

	"sharh/app/desk/diag"
	"sharh/app/story"
)

var notInID = regexp.MustCompile(`[^a-z0-9]+`)

func badID(c *Content, list *diag.List) {
	for _, d := range definitions(c.Set) {
		if d.kind == speaker && c.index.has(actor, d.Value) {
			continue // the same id is reported as an actor's
		}
		if d.kind == call {
			if n, err := strconv.Atoi(d.Value); err != nil || n < 1 {
				list.Error(d.Pos, "bad-id", "call", diag.Raw(d.Value))
			}
			continue
		}
		if !story.IsID(d.Value) {
			p := list.Error(d.Pos, "bad-id", "id", d.kind.word(), d.Value)
			if better := strings.Trim(notInID.ReplaceAllString(strings.ToLower(d.Value), "-"), "-"); better != "" {
				p.Advise("such-as", diag.Raw(better))
			}
		}
	}
}
