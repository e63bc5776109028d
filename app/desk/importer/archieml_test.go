package importer

import (
	"encoding/json"
	"strings"
	"testing"
)

// plain is a branch as encoding/json would have it.
func (b *branch) plain() any {
	switch b.form {
	case leaf:
		return b.text
	case list:
		all := []any{}
		for _, x := range b.branches {
			all = append(all, x.plain())
		}
		return all
	}
	all := map[string]any{}
	for i, key := range b.keys {
		all[key] = b.branches[i].plain()
	}
	return all
}

// Each case is what the specification says. (The reader was also compared with the reference implementation, archieml
// 0.5.0 of npm, on sixty thousand documents of random lines. They differ in two things: there, :skip does not skip the
// lines of a freeform array, and a name with dots right after one is not taken apart.)
func TestArchieML(t *testing.T) {
	for text, want := range map[string]string{
		// Keys and values.
		"headline: The strike":               `{"headline":"The strike"}`,
		"  headline  :\t The strike \t":      `{"headline":"The strike"}`,
		"عنوان: الإضراب":                     `{"عنوان":"الإضراب"}`,
		"a note\nkey: v\nanother":            `{"key":"v"}`,
		"two words: v":                       `{}`,
		"key: one\nkey: two":                 `{"key":"two"}`,
		"Key: A\nkey: a":                     `{"Key":"A","key":"a"}`,
		"key: : v":                           `{"key":": v"}`,
		"a.b: 1\na.c: 2":                     `{"a":{"b":"1","c":"2"}}`,
		"a: text\na.b: 1":                    `{"a":{"b":"1"}}`,
		"\u00a0key: v":                       `{"key":"v"}`,
		"key: see [this] and [[that]]":       `{"key":"see [this] and [[that]]"}`,
		"key: http://x.example/a":            `{"key":"http://x.example/a"}`,
		"key: v\n:ignore\nkey: later":        `{"key":"v"}`,
		"key: v\n:skip\nkey: no\n:endskip ":  `{"key":"v"}`,
		":SKIP this\nkey: no\n:EndSkip\na:1": `{"a":"1"}`,
		// Texts of several lines.
		"key: one\ntwo\n\nthree\n:end":         `{"key":"one\ntwo\n\nthree"}`,
		"key: one \ntwo \n \n:end of it":       `{"key":"one \ntwo"}`,
		"key: one\ntwo":                        `{"key":"one"}`,
		"key:\none\n:end":                      `{"key":"\none"}`,
		"key: one\n\\two: 2\n\\:end\n:end":     `{"key":"one\ntwo: 2\n:end"}`,
		"key: one\n\\\\two\n\\* three\n:end":   `{"key":"one\n\\two\n* three"}`,
		"key: \\one\n:end":                     `{"key":"\\one"}`,
		"key: one\n:skip\n:endskip\ntwo\n:end": `{"key":"one"}`,
		"key: one\n[list]\ntwo\n:end":          `{"key":"one","list":[]}`,
		"key: one\n* two\n:end\nmore\n:end":    `{"key":"one\n* two"}`,
		// Objects.
		"{who}\nname: Ana\n{}\nkey: v":          `{"who":{"name":"Ana"},"key":"v"}`,
		"{ who }\nname: Ana\n{where}\nat: quay": `{"who":{"name":"Ana"},"where":{"at":"quay"}}`,
		"{a.b}\nc: 1\n{}\n{a}\nd: 2":            `{"a":{"b":{"c":"1"},"d":"2"}}`,
		"{a}\nb: 1\n{.c}\nd: 2\n{}\ne: 3":       `{"a":{"b":"1","c":{"d":"2"},"e":"3"}}`,
		// Arrays.
		"[who]\nname: Ana\nage: 1\nname: Bo\n[]\nkey: v":       `{"who":[{"name":"Ana","age":"1"},{"name":"Bo"}],"key":"v"}`,
		"[who]\nname: Ana\nbio: a\nb\n:end\n* no":              `{"who":[{"name":"Ana","bio":"a\nb"}]}`,
		"[days]\n* Sunday\nnote: feast\n *Monday\n more\n:end": `{"days":["Sunday","Monday\n more"]}`,
		"[days]\nname: x\n[]\n[days]\n* y":                     `{"days":["y"]}`,
		"[a.b]\n* 1":                                           `{"a":{"b":["1"]}}`,
		"[who]\nname: Ana\n[.does]\n* sings\n[]\nname: Bo":     `{"who":[{"name":"Ana","does":["sings"]},{"name":"Bo"}]}`,
		"[who]\nat.x: 1\nat.x: 2":                              `{"who":[{"at":{"x":"1"}},{"at":{"x":"2"}}]}`,
		// Freeform arrays.
		"[+body]\nOne.\n\n  Two. \nquote: Three\n[]":             `{"body":[{"type":"text","value":"One."},{"type":"text","value":"Two."},{"type":"quote","value":"Three"}]}`,
		"[+body]\n{.image}\nfile: a.jpg\ncredit: b\n{}\nOne.":    `{"body":[{"type":"image","value":{"file":"a.jpg","credit":"b"}},{"type":"text","value":"One."}]}`,
		"[+body]\n[.list]\n* a\n* b\n[]\nOne.":                   `{"body":[{"type":"list","value":["a","b"]},{"type":"text","value":"One."}]}`,
		"[+body]\n[.+box]\nIn.\n[]\nOut.":                        `{"body":[{"type":"box","value":[{"type":"text","value":"In."}]},{"type":"text","value":"Out."}]}`,
		"[+body]\n* One.":                                        `{"body":[{"type":"text","value":"* One."}]}`,
		"[+body]\n:skip\nNo.\n:endskip\nOne.":                    `{"body":[{"type":"text","value":"One."}]}`,
		"[who]\nname: Ana\n[.+text]\nShe.\nSings.\n[]\nname: Bo": `{"who":[{"name":"Ana","text":[{"type":"text","value":"She."},{"type":"text","value":"Sings."}]},{"name":"Bo"}]}`,
	} {
		r, err := archieMLTree("a.aml", text)
		if err != nil {
			t.Fatal(err)
		}
		var whole any
		if err := json.Unmarshal([]byte(want), &whole); err != nil {
			t.Fatalf("%s: %v", want, err)
		}
		wanted, err := json.Marshal(whole)
		if err != nil {
			t.Fatal(err)
		}
		got, err := json.Marshal(r.plain())
		if err != nil {
			t.Fatal(err)
		}
		if string(got) != string(wanted) {
			t.Errorf("%q: got %s, want %s", text, got, wanted)
		}
	}
}

func TestArchieMLKnowsItsPlaces(t *testing.T) {
	text := "one: 1\n\n  two: 2\n[list]\nعنوان: x\n\tb: y\n"
	root, err := readArchieML("a.aml", text)
	if err != nil {
		t.Fatal(err)
	}
	at := placed("a.aml", text)
	for want, n := range map[string]node{
		"a.aml:1:1": root.get("one"), "a.aml:3:3": root.get("two"), "a.aml:4:1": root.get("list"),
		"a.aml:5:1": root.get("list").values[0].get("عنوان"), "a.aml:6:2": root.get("list").values[0].get("b"),
	} {
		if got := at(n).String(); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

func TestArchieMLIsNotTooDeep(t *testing.T) {
	_, err := Read([]File{file("a.aml", strings.Repeat("a.", 100000)+"b: 1")}, Options{Language: "en"})
	if err == nil || !strings.Contains(err.Error(), "levels deep") {
		t.Errorf("got %v", err)
	}
}

func FuzzArchieML(f *testing.F) {
	fuzz(f, "a.aml", "headline: A\nleadin: *b* <i>c</i> [d](https://x.example)\n:end\n[events]\ndate: 2020\ntitle: A\ntext: b\nc\n:end\n",
		"[+body]\nheading: A\n> b\n{.image}\nfile: a.png\n{}\nquote: c\n[.+x]\nd\n", "[people]\nname: A\nsources.url: https://x.example\n[]\n[links]\nfrom: A\nto: B\n",
		"[steps]\nheadline: A\ntext: b\n[takeaways]\n* c\n[glossary]\nterm: d\nmeaning: e\n[statements]\ntext: =f\nby: g\n")
}
