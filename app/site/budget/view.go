package budget

import (
	"sharh/app/site/file"
	"sharh/app/site/page"
)

// Traffic are requests and the bytes that answer them.
type Traffic struct {
	Requests, Bytes float64
}

// Plus adds traffic, n times.
func (t Traffic) Plus(n float64, more Traffic) Traffic {
	return Traffic{t.Requests + n*more.Requests, t.Bytes + n*more.Bytes}
}

// View is what a first view of a page transfers, by how long browsers keep it.
type View struct {
	Page   Traffic // the page itself, about which browsers ask again at each view
	Own    Traffic // what only this explainer has, kept for good: its story
	Fonts  Traffic // what all explainers share, kept for good, and needed to read
	Client Traffic // the same, for the client
}

// ViewOf returns what a first view of a page transfers, with the client and without what readers must ask for. files
// are those of the site, compressed.
func ViewOf(files file.Set, p *page.Page) View {
	of := func(paths ...string) (t Traffic) {
		for _, path := range paths {
			if path != "" {
				t = t.Plus(1, Traffic{1, float64(travel(files, path))})
			}
		}
		return t
	}
	v := View{
		Page:  of(p.Path),
		Fonts: of(append([]string{p.Style.Path, p.Script.Path, p.Print.Path, p.Icon}, p.Fonts...)...),
	}
	if p.Client != nil && p.Story != "" {
		v.Own = of(p.Story, p.Depth)
		v.Client = of(p.Client.Wasm, p.Client.Exec, p.Client.Style)
	}
	return v
}

// travel is the size of a file as it travels.
func travel(files file.Set, path string) int64 {
	if packed, ok := files[path+".br"]; ok {
		return int64(len(packed))
	}
	return int64(len(files[path]))
}
