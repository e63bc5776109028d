package importer

import (
	"encoding/json"
	"fmt"
	"strings"

	"sharh/app/desk/source"
	"sharh/app/story/cell"
)

// AboutName is the name of the file that describes the tables beside it.
const AboutName = cell.Metadata

// About is what stands beside the tables of the folder data/ of a site: of which explainer they are, and in which
// language.
type About struct {
	Slug, Language, Title string
	Licence               string   // its address
	Rights                string   // its name
	Tables                []string // the names of the files
}

// ReadAbout reads the description of the tables. It returns nil for a description that is none of a
// site of Sharh.
func ReadAbout(data []byte) (*About, error) {
	var d struct {
		ID       string `json:"@id"`
		Title    string `json:"dc:title"`
		Language string `json:"dc:language"`
		Licence  string `json:"dc:license"`
		Rights   string `json:"dc:rights"`
		Version  int    `json:"schema:version"`
		Tables   []struct {
			URL string `json:"url"`
		} `json:"tables"`
	}
	if err := json.Unmarshal(data, &d); err != nil {
		return nil, fmt.Errorf("reading the description of tables: %w", err)
	}
	a := About{
		Slug: strings.TrimSuffix(d.ID, "/"+d.Language), Language: d.Language, Title: d.Title, Licence: d.Licence,
	}
	for _, t := range d.Tables {
		a.Tables = append(a.Tables, t.URL)
	}
	if a.Licence != "" {
		a.Rights = d.Rights
	}
	if a.Language == "" || d.Version == 0 {
		return nil, nil
	}
	return &a, nil
}

// about takes what the description says of the explainer.
func (r *reading) about(a *About) {
	if !r.fresh {
		return
	}
	e := &r.set.Explainer
	source.MergeText(&e.Title, r.said(a.Title))
	if a.Licence != "" {
		if e.Licence == nil {
			e.Licence = &source.Licence{URL: str(a.Licence)}
		}
		source.MergeText(&e.Licence.Name, r.said(a.Rights))
	}
}
