package file

import (
	"cmp"
	"slices"
)

// Share is one of several parts of a site that are built by themselves, on several machines, and published to the same
// place. Explainers take turns: the first is in the first share, the second in the second. What is of the site as a
// whole is in the first. What all pages need is in each. The zero Share is the whole site.
type Share struct {
	Number     int      `json:"number"` // from 1
	Of         int      `json:"of"`
	Explainers []string `json:"explainers"` // of the whole site, in its order
	// Former are the addresses that explainers had before, with the present ones. The first share knows all, another one
	// its own.
	Former map[string]string `json:"former,omitempty"`
	Base   string            `json:"base"` // the path for which the site was built
}

// ShareFile is the file of a built share that says which one it is.
const ShareFile = ".sharh-share"

// Has reports whether the explainer with a number from 0 is in the share.
func (s Share) Has(explainer int) bool { return s.Of <= 1 || explainer%s.Of == s.Number-1 }

// Owns reports whether a file is in no other share, or is what all pages need and the first share answers for.
func (s Share) Owns(file string) bool {
	owner := Owner(file)
	return s.Has(max(0, slices.Index(s.Explainers, cmp.Or(s.Former[owner], owner))))
}
