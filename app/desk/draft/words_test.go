package draft

import (
	"io/fs"
	"strings"
	"testing"

	"sharh/app/desk/locale"
)

// english has the words of a draft whose keys are the keys of all languages.
func english(t *testing.T) locale.Draft {
	t.Helper()
	var shipped *locale.Set
	l, err := shipped.For("en", "")
	if err != nil {
		t.Fatal(err)
	}
	return l.Draft()
}

func TestAllWordsAreUsed(t *testing.T) {
	var layout strings.Builder
	err := fs.WalkDir(embedded, "files", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			var data []byte
			data, err = embedded.ReadFile(name)
			layout.Write(data)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	w := english(t)
	for part, words := range map[string]map[string]string{"note": w.Note, "text": w.Text, "alone": w.Alone} {
		for key := range words {
			if key != "title" && !strings.Contains(layout.String(), `"`+key+`"`) {
				t.Errorf("nothing uses %s %q", part, key)
			}
		}
	}
}

func TestTextsThatMayStayAreTexts(t *testing.T) {
	w := english(t)
	for _, key := range mayStay {
		if w.Text[key] == "" {
			t.Errorf("there is no text %q", key)
		}
	}
}
