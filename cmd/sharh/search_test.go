package main

import (
	"fmt"
	"testing"

	"sharh/web/webtest"
)

// Pasted text finds the same as typed text, and stays in the field unchanged, with the caret where it was.
func TestSearchTakesWhatIsPasted(t *testing.T) {
	t.Parallel()
	server := siteServer(t)
	browser := webtest.Start(t)
	for _, c := range []struct {
		path   string
		typed  string
		pasted []string
	}{
		{"", "بوتين", []string{"\u200fبوتين", "بو\u200cتين", "\u202bبوتين\u202c", "بُوتِين", "بوتـــين", " بوتين  ", "پوتین", "«بوتين»", "Putin", "Poutine"}},
		{"", "ترامب", []string{"ﺗﺮﺍﻣﺐ", "ترمب", "ترامب،", "\u2067ترامب\u2069", "TRUMP"}},
		{"", "١٦", []string{"۱۶", "16", "１６"}},
		{"", "ترامب زيلينسكي", []string{"زيلينسكي ترامب", "زيلنسكي   ترمب", "زيلينسكى\u00a0ترامب"}},
		{"", "", []string{"\u200f", "\u064e\u0651", "  ", "«»"}},
		{"en/", "kremlin trump", []string{"Trump Kremlin", "kremlin  trump", "KREMLIN\u200e “Trump”", "\u202akremlin\u202c trump", "krémlin trump"}},
		{"en/", "zelensky", []string{"Zelenskyy", "Zelenskiy", "زيلينسكي"}},
	} {
		t.Run(c.path+c.typed, func(t *testing.T) {
			t.Parallel()
			p := browser.Open(t, server.URL+"/eight-calls/"+c.path+"evidence/")
			p.Until(live)
			type shown struct {
				IDs, Said, Value string
				Caret            int
			}
			look := func(q string) (s shown) {
				p.Eval(fmt.Sprintf(`(async () => {
					const q = document.querySelector("#q");
					q.focus();
					q.value = %q;
					const caret = Math.min(1, q.value.length);
					q.setSelectionRange(caret, caret);
					q.dispatchEvent(new Event("input", {bubbles: true}));
					for (let i = 0; i < 4; i++) await new Promise(r => requestAnimationFrame(r));
					for (let i = 0; i < 2; i++) await new Promise(r => requestIdleCallback(r));
					return {ids: [...document.querySelectorAll(".entry:not([hidden])")].map(e => e.id).join(" "),
						said: document.querySelector("output").textContent, value: q.value, caret: q.selectionStart - caret};
				})()`, q), &s)
				return s
			}
			want := look(c.typed)
			if want.IDs == "" {
				t.Fatalf("%q finds nothing", c.typed)
			}
			for _, q := range c.pasted {
				look("zzz")
				got := look(q)
				if got.IDs != want.IDs || got.Said != want.Said {
					t.Errorf("%+q finds %q, want %q as %q does: %s", q, got.Said, want.Said, c.typed, got.IDs)
				}
				if got.Value != q || got.Caret != 0 {
					t.Errorf("%+q: the field has %+q, its caret moved by %d", q, got.Value, got.Caret)
				}
			}
			p.Quiet()
		})
	}
}

// Text that is pasted before Go comes is searched for, and stays unchanged in the field.
func TestTakeOverKeepsWhatWasPasted(t *testing.T) {
	t.Parallel()
	server, release := held(t, buildSite(t))
	p := webtest.Start(t).Open(t, server.URL+"/eight-calls/evidence/")
	p.Click("#q")
	p.Eval(`(() => { const q = document.querySelector("#q"); q.value = "\u202bبوتين\u202c  ﺗﺮﺍﻣﺐ"; q.setSelectionRange(2, 3); q.dispatchEvent(new Event("input", {bubbles: true})); })()`, nil)
	release()
	p.Until(live)
	p.Until(fewShown)
	p.True(`(q => document.activeElement === q && q.value === "\u202bبوتين\u202c  ﺗﺮﺍﻣﺐ" && q.selectionStart === 2 && q.selectionEnd === 3)(document.querySelector("#q"))`)
	p.Quiet()
}
