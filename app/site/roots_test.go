package site

import (
	"strings"
	"testing"

	"sharh/app/site/file"
	"sharh/app/site/page"
)

func TestNothingElseIsAtTheRoot(t *testing.T) {
	for _, part := range []*Part{{Files: file.Set{"news/a.css": nil}}, {Pages: []*page.Page{{Path: "news/index.html"}}}} {
		if err := roots(part, "new"); err == nil || !strings.Contains(err.Error(), "news") {
			t.Errorf("got %v for a folder that is neither an explainer's nor reserved", err)
		}
		if err := roots(part, "news"); err != nil {
			t.Errorf("got %v for the folder of an explainer", err)
		}
	}
}
