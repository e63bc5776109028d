package publish

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"sharh/app/site/hosting"
)

// The README shows the table as it is.
func TestReadmeShowsTheTable(t *testing.T) {
	data, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{tableRows(), headerRows()} {
		if !strings.Contains(string(data), want) {
			t.Errorf("README.md lacks:\n%s", want)
		}
	}
}

func tableRows() string {
	var b strings.Builder
	for _, r := range hosting.Table {
		fmt.Fprintf(&b, "| %s | `%s` | `%s` | %d |\n", r.Name, r.Glob, r.Cache, r.Turn+1)
	}
	return b.String()
}

func headerRows() string {
	var b strings.Builder
	for _, h := range hosting.Always {
		fmt.Fprintf(&b, "- `%s: %s`\n", h[0], h[1])
	}
	return b.String()
}
