package site

import (
	"fmt"
	"slices"
	"strings"

	"sharh/app/story"
)

// faults are the messages for invalid slugs.
var faults = map[story.SlugFault]string{
	story.SlugForm:     "an address is lower-case letters, digits and hyphens between them",
	story.SlugLong:     fmt.Sprintf("an address has at most %d characters", story.LongestSlug),
	story.SlugReserved: "the site has that name for itself",
	story.SlugDevice:   "Windows lets no folder have that name",
}

// checkSlugs returns an error if explainers cannot have the addresses that they ask for. It checks again because the
// content may not have been checked, and slugs become paths and parts of HTML.
func checkSlugs(explainers []Explainer) error {
	for i, e := range explainers {
		if fault := story.FaultOf(e.Slug); fault != "" {
			return fmt.Errorf("the explainer %q cannot have that address: %s", e.Slug, faults[fault])
		}
		for _, other := range explainers[:i] {
			if other.Slug == e.Slug {
				return fmt.Errorf("two explainers have the address %s", e.Slug)
			}
		}
	}
	return nil
}

// checkFormer returns an error if an explainer cannot have an address that it had before: nobody else may have it now,
// or have had it.
func checkFormer(explainers []Explainer, parts []*published) error {
	of := map[string]string{}
	for _, e := range explainers {
		of[e.Slug] = e.Slug
	}
	for i, part := range parts {
		for _, former := range part.Former {
			if other, taken := of[former]; taken {
				return fmt.Errorf("%s was at the address %s before, which is of %s", explainers[i].Slug, former, other)
			}
			of[former] = explainers[i].Slug
		}
	}
	return nil
}

// roots returns an error if a part of the site has a file or folder at the root that is neither a reserved name nor
// a folder of its explainer. slugs are those that the explainer has and had; none for a part that is not an explainer.
func roots(part *Part, slugs ...string) error {
	paths := part.Files.Paths()
	for _, p := range part.Pages {
		paths = append(paths, p.Path)
	}
	for _, p := range paths {
		first, _, _ := strings.Cut(p, "/")
		if !slices.Contains(slugs, first) && !slices.Contains(story.RootNames, first) {
			return fmt.Errorf(
				"%s is at the root of the site, and %q is not in story.RootNames: an explainer could have that name", p, first)
		}
	}
	return nil
}
