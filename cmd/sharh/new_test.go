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
		asked     []string
	}{
		"everything": {
			newCommand{}, "en", "ar en\nالجسر\n\nThe bridge\nrtl\n",
			[]string{"ar", "en"}, map[string]string{"ar": "الجسر", "en": "The bridge"}, map[string]string{"ar": "rtl", "en": "rtl"},
			[]string{"Languages, the first is the default one [en, ar]:", "Title in العربية […]:", "Direction of time on the timeline in English: rtl or ltr [ltr]:"},
		},
		"nothing": {
			newCommand{Languages: []string{"en"}, Title: map[string]string{"en": "x"}, Axis: map[string]string{"en": "ltr"}}, "en", "unread\n",
			[]string{"en"}, map[string]string{"en": "x"}, map[string]string{"en": "ltr"}, nil,
		},
		"until the end of the input": {
			newCommand{}, "ar", "", []string{"ar", "en"}, nil, map[string]string{"ar": "rtl", "en": "ltr"}, []string{"اللغات، والأولى هي الأصل [ar, en]:"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			var out bytes.Buffer
			o, err := c.command.options(c.lang, strings.NewReader(c.typed), &out)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff([]any{c.languages, c.titles, c.axis}, []any{o.Languages, o.Titles, o.Axis}); diff != "" {
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
