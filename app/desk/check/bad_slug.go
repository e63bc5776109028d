package check

import (
	"strings"

	"sharh/app/desk/diag"
	"sharh/app/story"
)

// badSlug checks the name of the explainer's folder, which is its address.
func badSlug(c *Content, list *diag.List) {
	pos := diag.Pos{File: c.File("explainer.yaml")} // explainer.yaml stands for the folder, because a problem needs a file
	switch story.FaultOf(c.Slug) {
	case story.SlugForm:
		p := list.Error(pos, "bad-slug", "form", c.Slug)
		if better := BetterSlug(c.Slug); better != "" {
			p.Advise("such-as", diag.Raw(better))
		} else {
			p.Advise("other")
		}
	case story.SlugLong:
		list.Error(pos, "bad-slug", "long", c.Slug, story.LongestSlug).Advise("other")
	case story.SlugReserved:
		list.Error(pos, "bad-slug", "reserved", c.Slug).Advise("other")
	case story.SlugDevice:
		list.Error(pos, "bad-slug", "device", c.Slug).Advise("other")
	}
}

// BetterSlug returns a valid slug that is similar to a name, or "".
func BetterSlug(name string) string {
	better := strings.Trim(notInID.ReplaceAllString(strings.ToLower(name), "-"), "-")
	if story.FaultOf(better) != "" {
		return ""
	}
	return better
}
