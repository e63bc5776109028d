package site_test

import (
	"path"
	"slices"
	"strings"
	"testing"

	"sharh/app/site"
	"sharh/app/site/sitetest"
	"sharh/app/story"
)

func TestPlanRefusesAddresses(t *testing.T) {
	all := sitetest.Explainers(t)[:1]
	with := func(slug string) site.Explainer {
		e := site.Explainer{Slug: slug}
		for _, d := range all[0].Stories {
			other := *d
			other.Slug = slug
			e.Stories = append(e.Stories, &other)
		}
		return e
	}
	another := with("bridge")
	another.Slug = "fire"
	for want, explainers := range map[string][]site.Explainer{
		`planning the site: the explainer "../outside" cannot have that address: an address is lower-case letters`: {with("../outside")},
		`the explainer "" cannot have that address: an address is`:                                                 {with("")},
		`the explainer "Bridge" cannot have that address: an address is`:                                           {with("bridge"), with("Bridge")},
		`the explainer "a\"b" cannot have that address: an address is`:                                             {with(`a"b`)},
		`the explainer "assets" cannot have that address: the site has that name for itself`:                       {with("assets")},
		`the explainer "demo" cannot have that address: the site has that name for itself`:                         {with("demo")},
		`the explainer "aux" cannot have that address: Windows`:                                                    {with("aux")},
		`cannot have that address: an address has at most 64 characters`:                                           {with(strings.Repeat("a", 65))},
		`two explainers have the address bridge`:                                                                   {with("bridge"), with("fire"), with("bridge")},
		`planning explainer fire: the story in ar is of another explainer, "bridge"`:                               {another},
	} {
		if planned, err := site.Plan(explainers, sitetest.Client, site.Options{}); err == nil || !strings.Contains(err.Error(), want) || planned != nil {
			t.Errorf("got %v, %v; want an error with %q", planned, err, want)
		}
	}
}

// Names that the site has at its root are reserved, and no others are.
func TestRootOfTheSiteIsReserved(t *testing.T) {
	all := sitetest.Explainers(t)[:1]
	seen := map[string]bool{}
	for _, o := range []site.Options{{App: site.AppExplainer, Single: true}, {App: site.AppSite}, {App: site.AppOff}} {
		o.Base, o.NoPictures = "https://news.example/", true
		for p := range sitetest.Plan(t, all, o).Files {
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
	if slices.Contains(story.RootNames, all[0].Slug) {
		t.Errorf("%s is an explainer", all[0].Slug)
	}
}
