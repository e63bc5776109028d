package main

import (
	"context"
	"fmt"
)

// Lengths compares the page as it is, where every length is laid out, with what it would be if sections far below were
// left out until they are near, at a guessed length (content-visibility). Links and Back then lead to wrong places, so
// the page does without; this is what that costs. Both are visited without the client, one after the other.
type Lengths struct {
	Profile  string   `json:"profile"`
	Laid     []*Visit `json:"laid"`
	Guessed  []*Visit `json:"guessed"`
	Elements int      `json:"elements"` // of the page
}

// guessJS leaves sections out from before the page is parsed.
const guessJS = `;new MutationObserver((_, o) => {
	if (!document.head) return;
	o.disconnect();
	const s = new CSSStyleSheet();
	s.replaceSync("main>section:not(#steps){content-visibility:auto;contain-intrinsic-size:auto 1500px}");
	document.adoptedStyleSheets = [s];
}).observe(document, {childList: true, subtree: true});`

// lengths measures both on a profile.
func lengths(ctx context.Context, s Site, p Profile, runs int) (*Lengths, error) {
	l := &Lengths{Profile: p.Name}
	look := func(t *tab, v *Visit) error {
		if err := t.until("the page is loaded and its largest paint is a second old",
			`document.readyState === "complete" && window.__bench?.seen.lcp && `+
				`performance.now() - __bench.seen.lcp > 1000`); err != nil {
			return err
		}
		if err := t.eval(`document.querySelectorAll("*").length`, &l.Elements); err != nil {
			return err
		}
		return t.collect(v)
	}
	for n := range runs {
		for _, guessed := range []bool{false, true} {
			v := &Visit{Page: s.Title, Profile: p.Name, Run: n + 1}
			page := Site{Title: s.Title, URL: s.URL + "?wasm=off", js: s.js}
			if guessed {
				page.js += guessJS
			}
			if err := v.part(ctx, p, page, look, ""); err != nil {
				return nil, fmt.Errorf("measuring what guessed lengths save on the %s: %w", p.Name, err)
			}
			if guessed {
				l.Guessed = append(l.Guessed, v)
			} else {
				l.Laid = append(l.Laid, v)
			}
		}
	}
	return l, nil
}

func (l *Lengths) String() string {
	of := func(visits []*Visit, key string) float64 {
		for _, m := range measures {
			if m.Key != key {
				continue
			}
			var all []float64
			for _, v := range visits {
				all = append(all, m.Of(v))
			}
			return median(all)
		}
		return absent
	}
	line := fmt.Sprintf("no guessed lengths among %d elements, %s:", l.Elements, l.Profile)
	for i, key := range []string{"fcp", "lcp", "blocking", "longest"} {
		if i > 0 {
			line += ","
		}
		name := []string{"first paint", "largest", "blocking", "longest task"}[i]
		line += fmt.Sprintf(" %s %.0f ms, with them %.0f", name, of(l.Laid, key), of(l.Guessed, key))
	}
	return line
}
