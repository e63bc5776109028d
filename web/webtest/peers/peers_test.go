package peers

import (
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"sharh/app/story"
)

func TestThePageSaysWhatTheStorySays(t *testing.T) {
	said := func(text string) story.Sentence { return story.Sentence{Kind: "fact", Text: story.Rich{{Text: text}}} }
	doc := &story.Document{
		Lang: "ar", Dir: "rtl", Title: "عنوان",
		Camps: []story.Camp{{ID: "one", Tone: "red"}},
		Calls: []story.Call{{ID: 1, Name: "الأولى", Short: "أ < ب", Date: story.Date{ISO: "2025-02-12", Text: "١٢ فبراير"},
			Initiator: said("بدأ"), Topics: said("ناقش"), Accounts: []story.Account{{Camp: "one", Sentences: []story.Sentence{said("قال")}}}}},
		Actors:    []story.Actor{{ID: "a", Camp: "one", Label: "أ"}, {ID: "b", Label: "ب"}},
		Relations: []story.Relation{{ID: "r1", From: "a", To: "b", Polarity: "neutral", Label: "صلة", Said: said("كما قيل")}},
		Sections: []story.Section{{Title: "فصل", Body: []story.Block{
			{Kind: "p", Text: story.Rich{{Text: "نص "}, {Style: "em", Text: "مؤكد"}, {Style: "link", Href: "#x", Runs: story.Rich{{Text: " وصلة"}}}}},
			{Kind: "ul", Items: []story.Rich{{{Text: "بند"}}}},
		}}},
	}
	const timelinejs = "@knight-lab/timelinejs/dist/"
	modules := fstest.MapFS{}
	for _, name := range []string{"cytoscape/dist/cytoscape.min.js", timelinejs + "js/timeline.js", timelinejs + "css/timeline.css",
		timelinejs + "css/icons/tl-icons.woff2", timelinejs + "js/locale/ar.json"} {
		modules[name] = &fstest.MapFile{Data: []byte(name)}
	}
	files, err := assemble(modules, doc)
	if err != nil {
		t.Fatal(err)
	}
	page := string(files["index.html"])
	for _, want := range []string{
		"<h1>عنوان</h1>", "نص <em>مؤكد</em> وصلة", "<li>بند</li>", `"unique_id":"call-1"`, `"year":2025`, "ناقش", "قال", "كما قيل",
		`"source":"a"`, `"tone":"red"`,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	for _, m := range regexp.MustCompile(`(?:src|href)="(assets/[^"]+)"`).FindAllStringSubmatch(page, -1) {
		if files[m[1]] == nil {
			t.Errorf("the page asks for %s, which is not there", m[1])
		}
	}
	if files["assets/timelinejs/css/icons/tl-icons.woff2"] == nil {
		t.Error("the icons are missing")
	}

	doc.Calls[0].Date.ISO = "2025"
	if _, err := assemble(modules, doc); err == nil {
		t.Error("a call without a day was accepted")
	}
}
