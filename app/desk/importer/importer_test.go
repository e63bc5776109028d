package importer

import (
	"cmp"
	"encoding/csv"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf16"

	"sharh/app/desk/desktest"
	"sharh/app/desk/diag"
	"sharh/app/desk/markup"
	"sharh/app/desk/source"
)

// read imports files and loads what was written.
func read(t *testing.T, o Options, files ...File) (*Result, *source.Set) {
	t.Helper()
	if o.Language == "" {
		o.Language = "en"
	}
	got, err := Read(files, o)
	if err != nil {
		t.Fatal(err)
	}
	return got, load(t, got)
}

func file(name, text string) File { return File{Name: name, Data: []byte(text)} }

func load(t *testing.T, r *Result) *source.Set {
	t.Helper()
	content := fstest.MapFS{}
	for name, data := range r.Files() {
		content["x/"+name] = &fstest.MapFile{Data: data}
	}
	var list diag.List
	set, err := source.Load(content, "x", &list)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range list.All() {
		if d.Code != "missing-key" && d.Code != "missing-file" { // a section without a text has no file
			t.Errorf("%s: %s [%s]", d.Pos, d.Message, d.Code)
		}
	}
	return set
}

func TestDates(t *testing.T) {
	for _, c := range []struct{ year, month, day, clock, want string }{
		{"2021", "", "", "", "2021"}, {"2021", "5", "", "", "2021-05"}, {"2021", "05", "3", "", "2021-05-03"},
		{"2021", "May", "3", "", "2021-05-03"}, {"2021", "sept.", "", "", "2021-09"}, {"1,999", "", "", "", "1999"},
		{"2021", "5", "3", "14:30", "2021-05-03T14:30"}, {"2021", "5", "3", "2:30 pm", "2021-05-03T14:30"},
		{"-44", "3", "15", "", "-0043-03-15"}, {"-1", "", "", "", "0000"}, {"-20000", "", "", "", "Y-19999"},
		{"1990s", "", "", "", "199X"}, {"c. 1978", "", "", "", "1978~"},
		// What is no date stays as it is.
		{"2021", "13", "", "", "2021-13"}, {"2021", "2", "30", "", "2021-2-30"}, {"2021", "", "7", "", "2021-7"},
		{"2021", "5", "3", "noonish", "2021-5-3-noonish"}, {"", "5", "", "", "5"}, {"", "", "", "", ""},
	} {
		if got := dateOf(c.year, c.month, c.day, c.clock); got != c.want {
			t.Errorf("%q %q %q %q: got %q, want %q", c.year, c.month, c.day, c.clock, got, c.want)
		}
	}
	for text, want := range map[string]string{
		"3 May 2021": "2021-05-03", "2021-05-03 00:00:00": "2021-05-03", "May-21": "2021-05", "31/12/2020 0:00": "2020-12-31", "25.12.2020": "2020-12-25", "spring 2021": "2021-21", "٢٠٢١": "2021", "1990/1995": "1990/1995",
		"03/05/2021": "03/05/2021", "03-May-21": "03-May-21", "about then": "about then",
	} {
		if got := date(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
	for text, want := range map[string]string{"5/3/2021": "2021-05-03", "25/12/2020": "2020-12-25", "1/2/1999 3:04 PM": "1999-01-02T15:04"} {
		if got := american(text); got != want {
			t.Errorf("%q, month first: got %q, want %q", text, got, want)
		}
	}
}

func TestHTMLBecomesMarkdown(t *testing.T) {
	for text, want := range map[string]string{
		"plain":                                   "plain",
		"<p>One</p><p>Two &amp; three</p>":        `One|Two \& three`,
		"a<br>b<br><br>c":                         "a b|c",
		"<b> bold </b>word":                       "**bold** word",
		"a<b>\"b\"</b>c":                          `a"b"c`,
		"<em><strong>x</strong></em>":             "***x***",
		"1. First":                                `1\. First`,
		"# no *heading* [x](y)":                   `\# no \*heading\* \[x\](y)`,
		`<a href="https://x.example/a">x</a> y`:   "[x](#source-id) y",
		`<a href="javascript:alert(1)">x</a>`:     "x",
		"<ul><li>a<li>b</ul>":                     "a|b",
		"a < b <script>alert(1)</script>":         `a \< b`,
		"<blockquote>said <i>so</i></blockquote>": "said *so*",
	} {
		p := fromHTML(text, func(l link) string {
			if webAddress(l.url) == "" {
				return ""
			}
			return "id"
		})
		var got []string
		for _, runs := range p.paragraphs {
			got = append(got, markdown(runs))
		}
		if strings.Join(got, "|") != want {
			t.Errorf("%s: got %s, want %s", text, strings.Join(got, "|"), want)
		}
	}
}

func TestEncodings(t *testing.T) {
	sheet := "Year,Headline\n2020,Café in Málaga\n"
	var wide []byte
	for _, u := range utf16.Encode([]rune("\ufeff" + sheet)) {
		wide = append(wide, byte(u), byte(u>>8))
	}
	western := strings.NewReplacer("é", "\xe9", "á", "\xe1").Replace(sheet)
	for name, data := range map[string]string{
		"UTF-8": sheet, "UTF-8 with a mark": "\ufeff" + sheet, "UTF-16": string(wide), "UTF-16 without a mark": string(wide[2:]),
		"Windows-1252": western, "semicolons": strings.ReplaceAll(sheet, ",", ";"), "tabs and CRLF": strings.NewReplacer(",", "\t", "\n", "\r\n").Replace(sheet),
	} {
		got, set := read(t, Options{}, file("a.csv", data))
		if len(set.Timeline.Events) != 1 || set.Timeline.Events[0].Title.In("en") != "Café in Málaga" {
			t.Errorf("%s: got %v", name, set.Timeline.Events)
		}
		guessed := false
		for _, r := range got.Remarks {
			guessed = guessed || r.Said.Variant == "import-encoding" && r.Pos.Line == 2
		}
		if guessed != (name == "Windows-1252") {
			t.Errorf("%s: said that the encoding is a guess: %v", name, guessed)
		}
	}
	_, set := read(t, Options{Language: "ar"}, file("a.csv", "Year,Headline\n2020,\xe3\xcf\xed\xe4\xc9\n"))
	if got := set.Timeline.Events[0].Title.In("ar"); got != "مدينة" {
		t.Errorf("Windows-1256: got %q", got)
	}
}

func TestWhatIsRefused(t *testing.T) {
	rows := "Year,Headline\n" + strings.Repeat("2020,x\n", 10000)
	for want, f := range map[string]File{
		"a.csv:2002:1: the file has more than 2000 items": file("a.csv", rows),
		"a.csv: the file is empty":                        file("a.csv", "\ufeff\n"),
		"a.csv: this is no text":                          file("a.csv", "a\x00b\x01c,d"),
		"a.json:1:2: this is no JSON":                     file("a.json", "{x}"),
		"a.json:1:3: this is no JSON":                     file("a.json", "{}{}"),
		"levels deep":                                     file("a.json", strings.Repeat("[", 1000)+strings.Repeat("]", 1000)),
		"a.pages: files that end in .pages":               file("a.pages", "x"),
	} {
		_, err := Read([]File{f}, Options{Language: "en"})
		var fault Fault
		if !errors.As(err, &fault) || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %s", err, want)
		}
	}
}

// A second import of the same items updates them.
func TestUpdate(t *testing.T) {
	first, _ := read(t, Options{}, file("a.csv", "Year,Headline,Text\n2020,Vote,Held.\n2021,Count,Done.\n"))
	again, err := Read([]File{file("b.csv", "Year,Headline,Text\n2020-05,Vote,Held in May.\n2022,Appeal,Lost.\n")}, Options{Language: "en", Into: first.Set})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range again.Set.Timeline.Events {
		got = append(got, fmt.Sprint(e.ID.Value, " ", e.Date.Value, " ", e.Sentences[0].Text.In("en")))
	}
	want := "vote 2020-05 Held in May., count 2021 Done., appeal 2022 Lost."
	if strings.Join(got, ", ") != want {
		t.Errorf("got %s, want %s", strings.Join(got, ", "), want)
	}
	if files := again.Files(); len(files) != 1 || files["timeline.yaml"] == nil {
		t.Errorf("got %d files, want timeline.yaml alone", len(files))
	}
}

// Texts of other tools' files stay the texts that they are there: of HTML, where it is HTML, and the very characters
// elsewhere. An address that is not one of the web leads nowhere.
func TestHostileTextsAreImportedAsTexts(t *testing.T) {
	var b strings.Builder
	w := csv.NewWriter(&b)
	rows := [][]string{{"from", "to", "label", "description", "source"}}
	for i, tail := range desktest.Tails {
		n := strconv.Itoa(i)
		rows = append(rows, []string{"from" + n + tail, "to" + n + tail, "label" + n + tail, "text" + n + tail, "https://x.example/" + n})
	}
	if err := w.WriteAll(rows); err != nil {
		t.Fatal(err)
	}
	_, set := read(t, Options{}, file("edges.csv", b.String()))
	if len(set.Actors.Relations) != len(desktest.Tails) {
		t.Fatalf("got %d relations, want %d", len(set.Actors.Relations), len(desktest.Tails))
	}
	for i, r := range set.Actors.Relations {
		n, tail := strconv.Itoa(i), desktest.Tails[i]
		var list diag.List
		said := markup.ParseInline(r.Sentence.Text.In("en"), diag.Pos{}, &list).Inline().Plain()
		for got, want := range map[string]string{
			r.Label.In("en"): "label" + n + tail, said: "text" + n + tail,
			set.Actors.Actors[2*i].Name.In("en"): "from" + n + tail, set.Actors.Actors[2*i+1].Name.In("en"): "to" + n + tail,
		} {
			if !slices.Equal(strings.Fields(got), strings.Fields(want)) { // spaces may fold
				t.Errorf("got %q, want %q", got, want)
			}
		}
		if list.Len() > 0 {
			t.Errorf("%q: %s", said, list.All()[0].Message)
		}
	}

	_, set = read(t, Options{}, file("sheet.csv", "Year,Headline,Text,Media\n"+
		`2020,"<b onclick=pwned=1>Vote</b>","<script>pwned=1</script><img src=x onerror=pwned=1>It <a href=""javascript:pwned=1"">was</a> `+
		`&lt;held&gt;.","javascript:pwned=1"`))
	event := set.Timeline.Events[0]
	if title, text := cmp.Or(event.Label.In("en"), event.Title.In("en")), event.Sentences[0].Text.In("en"); title != "Vote" || text != `It was \<held\>.` && text != `It was \<held>.` {
		t.Errorf("got %q, %q", title, text)
	}
	for _, s := range set.Sources.Sources {
		if strings.Contains(s.URL.Value, "pwned") {
			t.Errorf("got the source %q", s.URL.Value)
		}
	}
}

// Whatever the files hold, what is written can be read again, and has as many items.
func fuzz(f *testing.F, name string, seeds ...string) {
	for _, s := range seeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, err := Read([]File{file(name, text)}, Options{Language: "en", Source: "https://x.example"})
		var fault Fault
		if errors.As(err, &fault) {
			if fault.Pos.Line > strings.Count(text, "\n")+strings.Count(text, "\r")+1 && !strings.Contains(text, "\x00") {
				t.Errorf("%s: the file has no such line", fault)
			}
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		set := load(t, got)
		if len(set.Timeline.Events) != len(got.Set.Timeline.Events) || len(set.Actors.Relations) != len(got.Set.Actors.Relations) ||
			len(set.Sources.Sources) != len(got.Set.Sources.Sources) {
			t.Errorf("got %d events, %d relations, wrote %d and %d", len(set.Timeline.Events), len(set.Actors.Relations),
				len(got.Set.Timeline.Events), len(got.Set.Actors.Relations))
		}
		for _, e := range set.Timeline.Events {
			for _, s := range e.Sentences {
				var list diag.List
				if markup.ParseInline(s.Text.In("en"), diag.Pos{}, &list); list.Len() > 0 {
					t.Errorf("%q is not Markdown: %s", s.Text.In("en"), list.All()[0].Message)
				}
			}
		}
	})
}

func FuzzTimelineSheet(f *testing.F) {
	fuzz(f, "a.csv", "Year,Headline,Text\n2020,A,<b>x</b>\n", "Start Date;Headline\n1/2/2020;\"a\"\"b\"\n", "year,headline\n=1+1,- x: #\n")
}

func FuzzEdges(f *testing.F) {
	fuzz(f, "a.csv", "from,to,label,date,source\nA,B,knows,2020/2021,https://x.example\n", "source\ttarget\nA\tA\n")
}

func FuzzJSON(f *testing.F) {
	fuzz(f, "a.json", `{"events":[{"start_date":{"year":"2020"},"text":{"headline":"A","text":"<p>b"}}]}`,
		`{"nodes":{"1":{"display":{"name":"A"}},"2":{"name":"B"}},"edges":[{"node1_id":1,"node2_id":"2","label":"x","arrow":"both"}]}`,
		`{"timeline":{"date":[{"startDate":"2011,12,10","headline":"x"}]}}`)
}

func FuzzRecords(f *testing.F) {
	fuzz(f, "a.csv", "id,date,figure,label,title,text,actors,calls,link,statements,sources\nvote,2020,event,Vote,The vote,\"'=1; '-x\",a b,1 2,#source-x,s1,https://x.example #source-y\n",
		"call;about;date;elsewhere_date;elsewhere_place;topics\n1;x;2020-01-01;2020-01-02;y;*z*\n", "sep=;\nitem;part\n",
		"item,part,side,minutes,kind,said_by,date,text,sources\ncall-1,length,,5,,a,,x,\nevent-vote,text,,,claim,b,2020~,[x](y),z\n",
		"id,from,to,polarity,label,direction,in_article,core,sources\nr,a,b,neutral,x,mutual,FALSE,wahr,https://x.example\n",
		"id,section,said_by,speaker,check,contradicted_by,text,note\ns,the end,a b,A,open,c,x,*y*\n",
		"id,publisher,date,url,medium,where,state_media\nx,X,03/05/2021,https://x.example,print,here,x\n", "id,tone,name\na,red,A\n",
		"id,name,label,shape,side,core,pin,image\na,A,B,person,The side,x,top,a.png\n")
}
