package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"io"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	cdx "github.com/CycloneDX/cyclonedx-go"
	"github.com/google/go-cmp/cmp"
)

// root is the source, from here.
const root = "../.."

// member is a file as it was read from an archive.
type member struct {
	Name, Data string
	Mode       int64
	Date       time.Time
}

func readTar(t *testing.T, data []byte) (all []member) {
	t.Helper()
	z, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	for r := tar.NewReader(z); ; {
		h, err := r.Next()
		if err == io.EOF {
			return all
		}
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if h.Uid != 0 || h.Gid != 0 || h.Uname != "" || h.Gname != "" {
			t.Errorf("%s has an owner: %d %d %q %q", h.Name, h.Uid, h.Gid, h.Uname, h.Gname)
		}
		all = append(all, member{h.Name, string(data), h.Mode, h.ModTime.UTC()})
	}
}

func readZip(t *testing.T, data []byte) (all []member) {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, member{Name: f.Name, Data: string(data), Date: f.Modified.UTC()})
	}
	return all
}

func TestPackedFilesComeOutAsTheyWere(t *testing.T) {
	date := time.Date(2026, 11, 27, 11, 35, 56, 0, time.UTC)
	files := []packed{{"README.md", []byte("read me"), false}, {"sharh", bytes.Repeat([]byte("\x7fELF"), 5000), true}}
	for system, read := range map[string]func(*testing.T, []byte) []member{"linux": readTar, "windows": readZip} {
		data, ending, err := pack(system, "sharh-1-x", files, date)
		if err != nil {
			t.Fatal(err)
		}
		want := []member{
			{"sharh-1-x/README.md", "read me", 0o644, date}, {"sharh-1-x/sharh", string(files[1].data), 0o755, date},
		}
		if ending == ".zip" { // which says nothing of modes
			want[0].Mode, want[1].Mode = 0, 0
		}
		if diff := cmp.Diff(want, read(t, data)); diff != "" {
			t.Errorf("%s: %s", ending, diff)
		}
		if again, _, err := pack(system, "sharh-1-x", files, date); err != nil || !bytes.Equal(again, data) {
			t.Errorf("%s: packed once more it is another archive (%v)", ending, err)
		}
	}
}

// TestNoticeHasAllThatIsInThePrograms fails when a module was added, left or moved to another version, and NOTICE was
// not written again.
func TestNoticeHasAllThatIsInThePrograms(t *testing.T) {
	t.Parallel()
	r := release{dir: root, targets: []string{"linux/amd64", "darwin/arm64", "windows/amd64"}}
	modules, err := r.everything(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	licences, err := r.licences()
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range modules {
		if len(of(licences, m)) == 0 {
			t.Errorf("NOTICE has no licence of %s %s: run make notice", m.Path, m.Version)
		}
	}
	for m := range licences {
		if !slices.ContainsFunc(slices.Collect(maps.Values(modules)), func(in module) bool {
			return in.Version == m.Version && (m.Path == in.Path || strings.HasPrefix(m.Path, in.Path+"/"))
		}) {
			t.Errorf("NOTICE has %s %s, which is in no program: run make notice", m.Path, m.Version)
		}
	}
	for _, known := range []string{"github.com/maxence-charriere/go-app/v10", "github.com/hack-pad/safejs"} {
		if _, ok := modules[known]; !ok {
			t.Errorf("%s is not among the modules of the client", known)
		}
	}
}

func TestPartsAreListedAsScannersReadThem(t *testing.T) {
	t.Parallel()
	r := release{dir: root, version: "1.2.3", date: time.Date(2026, 11, 27, 11, 35, 56, 0, time.UTC), targets: targets[:1]}
	data, err := r.parts(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	var bom cdx.BOM
	if err := cdx.NewBOMDecoder(bytes.NewReader(data), cdx.BOMFileFormatJSON).Decode(&bom); err != nil {
		t.Fatal(err)
	}
	if bom.Metadata.Component.Name != "sharh" || bom.Metadata.Component.Version != "1.2.3" ||
		bom.Metadata.Timestamp != "2026-11-27T11:35:56Z" {
		t.Errorf("the list is of %+v", bom.Metadata)
	}
	versions := map[string]string{}
	for _, c := range *bom.Components {
		versions[c.Name] = c.Version
		if c.PackageURL != "pkg:golang/"+c.Name+"@"+c.Version || len(*c.Licenses) == 0 {
			t.Errorf("%s: address %s, licences %v", c.Name, c.PackageURL, c.Licenses)
		}
	}
	if versions["github.com/maxence-charriere/go-app/v10"] != "v10.1.11" || !strings.HasPrefix(versions["std"], "1.") {
		t.Errorf("go-app %q, Go %q", versions["github.com/maxence-charriere/go-app/v10"], versions["std"])
	}
	if again, err := r.parts(context.Background()); err != nil || !bytes.Equal(again, data) {
		t.Errorf("listed once more it is another list (%v)", err)
	}
}
