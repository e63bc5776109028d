package desktest

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"sharh/app/desk/diag"
	"sharh/app/desk/source"
)

// Text is a text of a hostile explainer. Its mark, which no other text has, stands somewhere in it.
type Text struct {
	Mark, Lang string
	Whole      string // the text as a reader has it
	Label      bool   // the map has it in lines
	Sought     bool   // only the search has it, folded
}

// Texts are the texts of hostile explainers, by their marks.
type Texts map[string]Text

// Mark matches the marks of hostile texts. Nothing else has their form, not even what is in base64.
var Mark = regexp.MustCompile(`Q_[a-z]{3}Q`)

// In finds the marked texts in what an independent parser read in an output. It returns those that are there as they
// went in, and says of others how they differ. A text may end early with an ellipsis, and a label where its line ends.
func (x Texts) In(read string) (whole []Text, faults []string) {
	for _, at := range Mark.FindAllStringIndex(read, -1) {
		t, known := x[read[at[0]:at[1]]]
		before, after, _ := strings.Cut(t.Whole, t.Mark)
		switch {
		case !known:
			faults = append(faults, fmt.Sprintf("%q is no text that went in", read[at[0]:at[1]]))
		case strings.HasSuffix(read[:at[0]], before) && strings.HasPrefix(read[at[1]:], after):
			whole = append(whole, t)
		case strings.HasSuffix(read[:at[0]], before) && shortened(read[at[1]:], after):
		case strings.HasSuffix(before, read[:at[0]]) && t.Label && line(read[at[1]:], after):
		default:
			there := read[max(0, at[0]-len(before)):]
			faults = append(faults, fmt.Sprintf("of the text %.120q there is %.160q", t.Whole, there))
		}
	}
	return whole, faults
}

// InFolded is like In for an output in which one plain space stands for all spaces that follow each other, as in what a
// search finds.
func (x Texts) InFolded(read string) (whole []Text, faults []string) {
	fold := func(s string) string { return strings.Join(strings.Fields(s), " ") }
	all := Texts{}
	for _, mark := range Mark.FindAllString(read, -1) {
		t := x[mark]
		t.Whole = fold(t.Whole)
		all[mark] = t
	}
	return all.In(fold(read))
}

func shortened(read, whole string) bool {
	begin, _, found := strings.Cut(read, "…")
	return found && strings.HasPrefix(whole, strings.TrimRight(begin, " "))
}

func line(read, whole string) bool {
	return strings.HasPrefix(whole, read) || strings.HasPrefix(whole, strings.TrimSuffix(read, "-"))
}

// Tails follow marks in texts, so that each is in some text of each kind. They are what HTML, scripts, XML, JSON,
// style sheets, templates, addresses and Markdown would not take for text.
var Tails = []string{
	`"><img src=x onerror=pwned=1>`,
	`</script><script>pwned=1</script>`,
	`' onmouseover='pwned=1' x='`,
	`javascript:pwned=1`,
	`{{constructor.constructor("pwned=1")()}}${pwned=1}#{pwned=1}<%=pwned=1%>`,
	`&amp;&lt;&#34;&quot;&nbsp;&#x3c;b&gt;`,
	`]]>--><!--<![CDATA[ <?xml ?>`,
	`\u0022\" \\ \n %22%3Cscript%3E\`,
	`</title></style></textarea></noscript><svg onload=pwned=1>`,
	`");pwned=1;//` + "`",
	`: [x]: | * _ ~~ # {a} {page} %s %!d $1 $&`,
	"a\u0301e\u0323\u0302 \U0001F469\u200d\U0001F33E \U0001F1F5\U0001F1F8 שלום \u00a0\u2009\u3000x",
	`true`, `0`,
	`" style="position:fixed;inset:0" `,
	`url(javascript:pwned=1);}*{display:none}@import`,
}

var (
	// shortTails fit a label.
	shortTails = []string{
		`"><b x='&`, `</script>`, `{{1}}${1}`, `' onload=1`, `</title>`, `&lt;&amp;`, `\u0022`, `]]>`, `-->`,
	}
	// leads stand before marks: of most of them spreadsheets make formulas.
	leads = []string{"=", "+", "-", "@", "'", `"`, "＝", `="`, "<", ""}
)

// hostile writes texts anew.
type hostile struct {
	texts     Texts
	languages []string
}

// next returns a text of at most so many characters, or of any length for 0.
func (h *hostile) next(lang string, most int) Text {
	n := len(h.texts)
	mark := string([]byte{'Q', '_', byte('a' + n/676%26), byte('a' + n/26%26), byte('a' + n%26), 'Q'})
	whole := leads[n%len(leads)] + mark
	tail := Tails[n%len(Tails)]
	if most > 0 {
		tail = shortTails[n%len(shortTails)]
		tail = tail[:min(len(tail), most-len([]rune(whole)))]
	}
	t := Text{Mark: mark, Lang: lang, Whole: whole + strings.TrimRight(tail, " "), Label: most > 0}
	h.texts[mark] = t
	return t
}

// most is how long a text may be that has this key, as rule long-label has it; 0 for as long as any.
func most(key string) int {
	switch key {
	case "short_title":
		return 12
	case "label", "name", "kind", "value", "place":
		return 22
	case "short":
		return 45
	case "title", "headline":
		return 60
	}
	return 0
}

// escaped writes a text as Markdown of one line.
func escaped(text string) string {
	return punctuation.ReplaceAllString(text, `\$0`)
}

var (
	punctuation = regexp.MustCompile("[!-/:-@\\[-`{-~]")
	linked      = regexp.MustCompile(`\]\((#[a-z0-9-]+)\)`)
)

// rich returns a Markdown text, a link if the one that it replaces has one.
func (h *hostile) rich(lang, before string) string {
	if to := linked.FindStringSubmatch(before); to != nil {
		return "[" + escaped(h.next(lang, 0).Whole) + "](" + to[1] + ")"
	}
	return escaped(h.next(lang, 0).Whole)
}

// blocks returns Markdown of every kind that sections may have.
func (h *hostile) blocks(lang, before string, long bool) string {
	piece := func() string { return escaped(h.next(lang, 0).Whole) }
	all := []string{
		h.rich(lang, before), "## " + piece(), "*" + piece() + "* **" + piece() + "** [" + piece() + "](lang:fr)",
		"- " + piece() + "\n- " + piece(), "1. " + piece(), "> " + piece(), "> [!note] " + piece(),
		"| " + piece() + " | " + piece() + " |\n|---|---|\n| " + piece() + " | " + piece() + " |",
	}
	if long {
		t := h.next(lang, 0)
		t.Whole += strings.Repeat(" <long>", 12_000) + strings.Repeat("x", 17_000)
		h.texts[t.Mark] = t
		all = append(all, escaped(t.Whole))
	}
	return strings.Join(all, "\n\n")
}

// Hostile writes the explainers of a folder of content anew, with hostile texts in the place of all of theirs, into a
// new folder. Check accepts them.
func Hostile(t testing.TB, content string) (folder string, texts Texts) {
	t.Helper()
	folder = t.TempDir()
	h := &hostile{texts: Texts{}}
	from := os.DirFS(content)
	slugs, err := source.Slugs(from)
	if err != nil {
		t.Fatal(err)
	}
	for _, slug := range slugs {
		var list diag.List
		set, err := source.Load(from, slug, &list)
		if err != nil || list.Count(diag.Error) > 0 {
			t.Fatalf("reading %s: %v, %d problems", slug, err, list.Count(diag.Error))
		}
		h.replace(set)
		if err := os.CopyFS(filepath.Join(folder, slug), os.DirFS(filepath.Join(content, slug))); err != nil {
			t.Fatal(err)
		}
		if err := write(filepath.Join(folder, slug), set); err != nil {
			t.Fatal(err)
		}
	}
	return folder, h.texts
}

// replace changes every text of a set.
func (h *hostile) replace(set *source.Set) {
	set.Explainer.Mute = nil
	h.languages = nil
	for _, l := range set.Explainer.Languages {
		h.languages = append(h.languages, l.Value)
	}
	long := true
	source.Walk(set, func(t *source.Text, tag reflect.StructTag) {
		if !t.Given() {
			return
		}
		key, _, _ := strings.Cut(tag.Get("yaml"), ",")
		for _, lang := range h.languages {
			before := t.In(lang)
			var now string
			switch tag.Get("text") {
			case "rich":
				now = h.rich(lang, before)
			case "blocks":
				now = h.blocks(lang, before, long)
				long = false
			default:
				now = h.next(lang, most(key)).Whole
			}
			t.ByLang[lang] = source.String{Value: now}
		}
	})
	for i := range set.Sources.Sources {
		s := &set.Sources.Sources[i]
		if s.Quote.Value != "" {
			s.Quote.Value = h.next("", 0).Whole
		}
		if s.URL.Value != "" {
			t := h.next("", 0)
			t.Whole = "https://source.example/" + t.Mark + `?q=<b>'&amp;{{7*7}}(1);javascript:%22%3E#'--`
			h.texts[t.Mark] = t
			s.URL.Value = t.Whole
		}
	}
	also := func(all []source.String) {
		for i := range all {
			t := h.next("", 0)
			t.Sought = true
			h.texts[t.Mark] = t
			all[i].Value = t.Whole
		}
	}
	for _, a := range set.Actors.Actors {
		also(a.Also)
	}
	for _, s := range set.Explainer.Speakers {
		also(s.Also)
	}
}

// write writes the files of an explainer that hold texts.
func write(folder string, set *source.Set) error {
	var languages []string
	for _, l := range set.Explainer.Languages {
		languages = append(languages, l.Value)
	}
	files := map[string]string{}
	for _, f := range source.FilesOfRecords() {
		if !set.Missing[f.Name] {
			record := reflect.ValueOf(set).Elem().Field(f.Index).Interface()
			files[f.Name] = source.Encode(record, languages, func(name string) bool { return !set.Missing[name] })
		}
	}
	for _, lang := range languages {
		for _, s := range set.Explainer.Sections {
			files["sections/"+s.ID.Value+"."+lang+".md"] = s.Body.In(lang)
		}
		if set.Method.Given() {
			files["method."+lang+".md"] = set.Method.In(lang)
		}
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o644); err != nil {
			return err
		}
	}
	return nil
}
