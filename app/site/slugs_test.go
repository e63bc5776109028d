package site

import (
	"path"
	"slices"
	"strings"
	"testing"

	"sharh/app/story"
)

func TestPlanRefusesAddresses(t *testing.T) {
	all := explainers(t)[:1]
	with := func(slug string) Explainer {
		e := Explainer{Slug: slug}
		for _, d := range all[0].Stories {
			other := *d
			other.Slug = slug
			e.Stories = append(e.Stories, &other)
		}
		return e
	}
	another := with("bridge")
	another.Slug = "fire"
	for want, explainers := range map[string][]Explainer{
		`planning the site: the explainer "../outside" cannot have that address: an address is lower-case letters`: {with("../outside")},
		`the explainer "" cannot have that address: an address is`:                                                 {with("")},
		`the explainer "Bridge" cannot have that address: an address is`:                                           {with("bridge"), with("Bridge")},
		`the explainer "a\"b" cannot have that address: an address is`:                                             {with(`a"b`)},
		`the explainer "assets" cannot have that address: the site has that name for itself`:                       {with("assets")},
		`the explainer "demo" cannot have that address: the site has that name for itself`:                         {with("demo")},
		`the explainer "aux" cannot have that address: Windows`:                                                    {with("aux")},
		`cannot have that address: an address has at most 64 characters`:                                           {with(strings.Repeat("a", 65))},
		`two explainers have the address bridge`:                                                                   {with("bridge"), with("fire"), with("bridge")},
		`the story of explainer fire in ar is of another explainer, "bridge"`:                                      {another},
	} {
		for _, o := range []Options{{Plain: true}, {Plain: true, Only: []string{}}} {
			if files, err := Plan(explainers, Client{}, o); err == nil || !strings.Contains(err.Error(), want) || files != nil {
				t.Errorf("got %d files, %v; want an error with %q", len(files), err, want)
			}
		}
	}
}

// Names that the site has at its root are reserved, and no others are.
func TestRootOfTheSiteIsReserved(t *testing.T) {
	all := explainers(t)[:1]
	seen := map[string]bool{}
	for _, o := range []Options{{App: AppExplainer, Single: true}, {App: AppSite}, {App: AppOff}} {
		o.Base = "/"
		for p := range plan1(t, all, o) {
			first, _, inside := strings.Cut(p, "/")
			if !inside && (path.Ext(first) == ".br" || path.Ext(first) == ".gz") {
				first = strings.TrimSuffix(first, path.Ext(first))
			}
			if first == all[0].Slug {
				continue
			}
			seen[first] = true
			if story.FaultOf(first) != story.SlugReserved {
				t.Errorf("%s is at the root, and %q is not reserved", p, first)
			}
		}
	}
	for _, name := range story.RootNames {
		if !seen[name] {
			t.Errorf("%q is reserved, and no site has it", name)
		}
	}
	if err := (Files{"news/index.html": nil}).roots(nil); err == nil || !strings.Contains(err.Error(), "news") {
		t.Errorf("got %v for a folder that is not reserved", err)
	}
	if slices.Contains(story.RootNames, all[0].Slug) {
		t.Errorf("%s is an explainer", all[0].Slug)
	}
}
