package main

import (
	"encoding/json"
	"maps"
	"strings"
	"testing"

	"sharh/app/page/reader/readertest"
	"sharh/app/story/address"
	"sharh/web/webtest"
)

// boot.js and Go understand an address in the same way: in the page, both get the test cases of reader.Parse.
func TestAddresses(t *testing.T) {
	t.Parallel()
	cases := readertest.Addresses()
	// given makes the page read another address, and resolves to what is then chosen and filtered.
	const given = `async (query, fragment, keys) => {
		history.replaceState(null, "", location.pathname + query + fragment);
		const live = document.documentElement.dataset.client === "live";
		const heard = live && new Promise(heard => {
			const {state} = sharh;
			sharh.state = query => { state(query); sharh.state = state; heard(); };
		});
		dispatchEvent(new PopStateEvent("popstate", {state: null}));
		await heard;
		const all = {...sharh.choice};
		if (live) for (const key of keys) {
			const field = document.getElementById(key);
			if (field) all[key] = field.value === "all" ? "" : field.value; // those of the ledger are on the evidence page
		}
		return Object.fromEntries(Object.entries(all).filter(([, value]) => value));
	}`
	filters := []string{address.CampKey, address.KindKey, address.SearchKey}
	keys, err := json.Marshal(filters)
	if err != nil {
		t.Fatal(err)
	}
	server := siteServer(t)
	browser := webtest.Start(t)
	for _, client := range []string{"off", "live"} {
		t.Run(client, func(t *testing.T) {
			t.Parallel()
			p := browser.Open(t, server.URL+"/eight-calls/?wasm="+strings.Replace(client, "live", "now", 1))
			p.Until(`document.documentElement.dataset.client === "` + client + `"`)
			for _, c := range cases {
				want := maps.Clone(c.Want)
				for _, key := range filters {
					if client == "off" || key == address.KindKey { // boot.js leaves filters to Go; the ledger's are on the evidence page
						delete(want, key)
					}
				}
				var got map[string]string
				p.Eval("("+given+")("+quoted(c.Query)+", "+quoted(c.Fragment)+", "+string(keys)+")", &got)
				if !maps.Equal(got, want) {
					t.Errorf("%s: %q, %q: got %v, want %v", c.Name, c.Query, c.Fragment, got, want)
				}
			}
			// A call that is chosen dims no other; once live an actor dims the calls that he had no part in.
			const dimmed = `[...document.querySelectorAll(".axis .wide .call")].filter(e => getComputedStyle(e).opacity !== "1").length`
			p.Eval("("+given+")('?call=3', '', [])", nil)
			p.Until(`document.querySelector(".axis .wide [aria-current]").getAttribute("href") === "#call-3" && ` + dimmed + ` === 0`)
			if client == "live" {
				p.Eval("("+given+")('?actor=orban', '', [])", nil)
				p.Type("\t")
				p.Until(dimmed + ` > 0`)
			}
			p.Quiet()
		})
	}
	t.Run("as pages are opened", func(t *testing.T) {
		t.Parallel()
		for _, c := range cases {
			if !strings.Contains(c.Name, "fragment") && !strings.Contains(c.Name, "zero") {
				continue
			}
			p := browser.Open(t, server.URL+"/eight-calls/?wasm=off&"+strings.TrimPrefix(c.Query, "?")+c.Fragment)
			p.Until(`document.documentElement.dataset.client === "off" && ` + placed)
			for _, kind := range address.Choices() {
				if got := p.Text(`sharh.choice[` + quoted(kind.String()) + `]`); got != c.Want[kind.String()] {
					t.Errorf("%s: %q, %q: got the %s %q, want %q", c.Name, c.Query, c.Fragment, kind, got, c.Want[kind.String()])
				}
			}
			p.Close()
		}
	})
}
