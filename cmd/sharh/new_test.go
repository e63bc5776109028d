package main

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestNewAsksForWhatIsNotSaid(t *testing.T) {
	for name, c := range map[string]struct {
		command   newCommand
		lang      string
		typed     string
		languages []string
		titles    map[string]string
		axis      map[string]string
		calls     bool
		asked     []string
	}{
		"everything": {
			newCommand{}, "en", "ar en\nالجسر\n\nThe bridge\nrtl\nyes\n",
			[]string{"ar", "en"}, map[string]string{"ar": "الجسر", "en": "The bridge"}, map[string]string{"ar": "rtl", "en": "rtl"}, true,
			[]string{"Languages, the first is the default one [en, ar]:", "Title in Arabic […]:", "Direction of time on the timeline in English: rtl or ltr [ltr]:"},
		},
		"nothing": {
			newCommand{Languages: []string{"en"}, Title: map[string]string{"en": "x"}, Axis: map[string]string{"en": "ltr"}, Calls: new(bool)}, "en", "unread\n",
			[]string{"en"}, map[string]string{"en": "x"}, map[string]string{"en": "ltr"}, false, nil,
		},
		"again until it can be": {
			newCommand{}, "en", "Welsh\nEnglish, العربية\nThe bridge\nleft\nLTR\nالجسر\n\nperhaps\nNo\n",
			[]string{"en", "ar"}, map[string]string{"en": "The bridge", "ar": "الجسر"}, map[string]string{"en": "ltr", "ar": "rtl"}, false,
			[]string{"there are no words in Welsh; there are in ar, en, es, fa, fr, he, tr\nLanguages", "write rtl (right to left)", "write yes or no\nIs it told"},
		},
		"in Arabic": {
			newCommand{}, "ar", "الإنجليزية\n\n\nنعم\n", []string{"en"}, nil, map[string]string{"en": "ltr"}, true, []string{"العنوان (الإنجليزية)"},
		},
		"until the end of the input": {
			newCommand{}, "ar", "", []string{"ar", "en"}, nil, map[string]string{"ar": "rtl", "en": "ltr"}, false, []string{"اللغات، والأولى هي الأصل [ar, en]:"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			var out bytes.Buffer
			c.command.Content = t.TempDir()
			o, err := c.command.options(c.lang, strings.NewReader(c.typed), &out)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff([]any{c.languages, c.titles, c.axis, c.calls}, []any{o.Languages, o.Titles, o.Axis, o.Calls}); diff != "" {
				t.Errorf("options differ (-want +got):\n%s", diff)
			}
			for _, want := range c.asked {
				if !strings.Contains(out.String(), want) {
					t.Errorf("asked %q, want %q in it", out.String(), want)
				}
			}
			if c.asked == nil && out.Len() > 0 {
				t.Errorf("asked %q, want nothing", out.String())
			}
		})
	}
}

func TestLanguageOfTheSystem(t *testing.T) {
	for want, env := range map[string]map[string]string{
		"ar": {"LANG": "ar_EG.UTF-8"},
		"en": {"LC_ALL": "C", "LANG": "ar_EG.UTF-8"},
	} {
		if got := systemLanguage(func(name string) string { return env[name] }); got != want {
			t.Errorf("%v: got %q, want %q", env, got, want)
		}
	}
}
