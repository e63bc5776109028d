package publish

import (
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/johannesboyne/gofakes3"

	"sharh/app/site/file"
	"sharh/app/site/hosting"
)

// oneLine checks that an error is one line that says something.
func oneLine(t *testing.T, err error, want ...string) {
	t.Helper()
	if err == nil {
		t.Fatalf("got no error, want one that says %q", want)
	}
	for _, w := range want {
		if !strings.Contains(err.Error(), w) {
			t.Errorf("got %q, want %q in it", err, w)
		}
	}
	if strings.Contains(err.Error(), "\n") {
		t.Errorf("got more than one line: %q", err)
	}
}

// refuse makes a store answer writes, or everything, with an error.
func (s *fakeStore) refuse(status int, code string, all bool) {
	s.answer = func(w http.ResponseWriter, r *http.Request) bool {
		if !all && r.Method != http.MethodPut {
			return false
		}
		w.Header().Set("Content-Type", "application/xml")
		w.WriteHeader(status)
		fmt.Fprintf(w, "<Error><Code>%s</Code><Message>no</Message></Error>", code)
		return true
	}
}

// What a store refuses is said in one line with a way out, and at the next run publishing goes on.
func TestAStoreThatRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		status int
		code   string
		want   string
	}{
		"unknown key":     {http.StatusForbidden, "InvalidAccessKeyId", "does not know these credentials"},
		"wrong secret":    {http.StatusForbidden, "SignatureDoesNotMatch", "does not know these credentials"},
		"no rights":       {http.StatusForbidden, "AccessDenied", "not allowed to do this in bucket bucket"},
		"full":            {http.StatusInsufficientStorage, "XMinioStorageFull", "no room left"},
		"quota":           {http.StatusForbidden, "QuotaExceeded", "no room left"},
		"a clock":         {http.StatusForbidden, "RequestTimeTooSkewed", "clock of this machine is wrong"},
		"always too busy": {http.StatusServiceUnavailable, "SlowDown", "after 6 attempts"},
	} {
		t.Run(name, func(t *testing.T) {
			s, site := newStore(t), built(t, content(1), "/")
			for _, all := range []bool{false, true} {
				s.refuse(c.status, c.code, all)
				_, err := Run(t.Context(), site, s.open(t, "s3://bucket"), at(0))
				oneLine(t, err, c.want)
			}
			s.answer = nil
			if _, err := Run(t.Context(), site, s.open(t, "s3://bucket"), at(0)); err != nil {
				t.Fatal(err)
			}
			if err := complete(s.objects(t, ""), content(1)); err != nil {
				t.Error(err)
			}
		})
	}
}

// A failure that passes is not noticed.
func TestRetries(t *testing.T) {
	s := newStore(t)
	n := 0
	s.answer = func(w http.ResponseWriter, r *http.Request) bool {
		if r.Method == http.MethodPut && !strings.Contains(r.URL.Path, own) {
			if n++; n%3 == 1 {
				w.WriteHeader(http.StatusServiceUnavailable)
				return true
			}
		}
		return false
	}
	if _, err := Run(t.Context(), built(t, content(1), "/"), s.open(t, "s3://bucket"), at(0)); err != nil {
		t.Fatal(err)
	}
	if err := complete(s.objects(t, ""), content(1)); err != nil {
		t.Error(err)
	}
}

func TestWrongTargets(t *testing.T) {
	s, site := newStore(t), built(t, content(1), "/")
	_, err := Run(t.Context(), site, s.open(t, "s3://bukcet/a"), at(0))
	oneLine(t, err, "there is no bucket bukcet")
	_, err = Open("s3://", Connection{})
	oneLine(t, err, "has no bucket")
	_, err = Open("ftp://example.org/", Connection{})
	oneLine(t, err, "ftp:// is not known", "--plan")
	_, err = Open("s3://bucket", Connection{Endpoint: "ftp://example.org"})
	oneLine(t, err, "is not the address of a store")
	t.Setenv("AWS_ACCESS_KEY_ID", "")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "")
	_, err = Open("s3://bucket", Connection{Endpoint: s.server.URL})
	oneLine(t, err, "there are no credentials", "AWS_ACCESS_KEY_ID")

	target, err := Open(filepath.Join(t.TempDir(), "no", "site"), Connection{})
	if err != nil {
		t.Fatal(err)
	}
	_, err = Run(t.Context(), site, target, at(0))
	oneLine(t, err, "there is no folder")
	target, err = Open(site.folder.Name(), Connection{})
	if err != nil {
		t.Fatal(err)
	}
	_, err = Run(t.Context(), site, target, at(0))
	oneLine(t, err, "is the folder of a build")
	_, err = Read(t.TempDir())
	oneLine(t, err, "is not a site built by sharh")
	_, err = Read(filepath.Join(t.TempDir(), "dist"))
	oneLine(t, err, "there is no site at")
}

// A store by whose clock the signature is a day old.
func TestAWrongClock(t *testing.T) {
	s := newStore(t, gofakes3.WithTimeSource(gofakes3.FixedTimeSource(time.Now().Add(24*time.Hour))))
	_, err := Run(t.Context(), built(t, content(1), "/"), s.open(t, "s3://bucket"), at(0))
	oneLine(t, err, "clock")

	// One who published with a clock a year ahead: nothing is removed, and it is said.
	p := inFolder(t)
	site1, site2 := built(t, content(1), "/"), built(t, content(2), "/")
	published(t, p, site1, at(365))
	now := at(0)
	now.Keep = 0
	r := published(t, p, site2, now)
	if len(r.Notes) != 1 || !strings.Contains(r.Notes[0], "in the future") {
		t.Errorf("got notes %q", r.Notes)
	}
	if err := complete(p.objects(t), content(2)); err != nil {
		t.Error(err)
	}
}

// A target that holds something else is left as it is, unless it is adopted; what is there then stays.
func TestATargetThatHoldsSomethingElse(t *testing.T) {
	site := built(t, content(1), "/")
	folder := filepath.Join(t.TempDir(), "home page")
	if err := os.MkdirAll(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	note := filepath.Join(folder, "my notes.txt")
	if err := os.WriteFile(note, []byte("mine"), 0o644); err != nil {
		t.Fatal(err)
	}
	target := func() Target {
		target, err := Open(folder, Connection{})
		if err != nil {
			t.Fatal(err)
		}
		return target
	}
	_, err := Run(t.Context(), site, target(), at(0))
	oneLine(t, err, "holds something else (my notes.txt)", "--adopt")
	if entries, err := os.ReadDir(folder); err != nil || len(entries) != 1 {
		t.Errorf("something was written: %v %v", entries, err)
	}
	o := at(0)
	o.Adopt = true
	if _, err := Run(t.Context(), site, target(), o); err != nil {
		t.Fatal(err)
	}
	if data, err := os.ReadFile(note); err != nil || string(data) != "mine" {
		t.Errorf("what was there: %q %v", data, err)
	}
}

// A damaged manifest stops a run; --adopt looks at everything, and puts back what somebody removed.
func TestADamagedManifest(t *testing.T) {
	for what, damage := range map[string]func(string) string{
		"cut off":  func(s string) string { return s[:len(s)/2] },
		"changed":  func(s string) string { return strings.Replace(s, "embed.js", "embad.js", 1) },
		"empty":    func(string) string { return "" },
		"a number": func(string) string { return "7" },
	} {
		t.Run(what, func(t *testing.T) {
			s, site := newStore(t), built(t, content(1), "/")
			if _, err := Run(t.Context(), site, s.open(t, "s3://bucket"), at(0)); err != nil {
				t.Fatal(err)
			}
			data := []byte(damage(string(s.get(t, manifestPath).data)))
			if _, err := s.backend.PutObject("bucket", manifestPath, map[string]string{}, strings.NewReader(string(data)),
				int64(len(data)), nil); err != nil {
				t.Fatal(err)
			}
			_, err := Run(t.Context(), site, s.open(t, "s3://bucket"), at(0))
			oneLine(t, err, "is damaged", "--adopt")
			if _, err := s.backend.DeleteObject("bucket", "index.html"); err != nil {
				t.Fatal(err)
			}
			o := at(0)
			o.Adopt = true
			r, err := Run(t.Context(), site, s.open(t, "s3://bucket"), o)
			if err != nil {
				t.Fatal(err)
			}
			if len(r.Steps) != 1 || r.Steps[0].Path != "index.html" {
				t.Errorf("got steps %v, want only what is missing", r.Steps)
			}
			if err := complete(s.objects(t, ""), content(1)); err != nil {
				t.Error(err)
			}
		})
	}
}

// A site for another path is refused, and a target that does not end in it is remarked on.
func TestBase(t *testing.T) {
	p := inFolder(t)
	r := published(t, p, built(t, content(1), "/explainers/"), at(0))
	if len(r.Notes) != 1 || !strings.Contains(r.Notes[0], "the path /explainers/") {
		t.Errorf("got notes %q", r.Notes)
	}
	_, err := Run(t.Context(), built(t, content(1), "/"), p.target(t), at(0))
	oneLine(t, err, "holds a site for the path /explainers/", "--base /explainers/")
	s := newStore(t)
	for name, notes := range map[string]int{"s3://bucket/x/explainers": 0, "s3://bucket/y": 1} {
		r, err := Run(t.Context(), built(t, content(1), "/explainers/"), s.open(t, name), at(0))
		if err != nil || len(r.Notes) != notes {
			t.Errorf("%s: got %v, %v, want %d notes", name, r, err, notes)
		}
	}
	// A base without slashes is one with them.
	files := file.Set{}
	if err := hosting.Rules(files, "explainers"); err != nil {
		t.Fatal(err)
	}
	if got := built(t, content(1), "explainers").Base; got != "/explainers/" {
		t.Errorf("got base %s", got)
	}
}

// A site that is built again meanwhile is not published half.
func TestASiteThatIsBuiltMeanwhile(t *testing.T) {
	p, site := inFolder(t), built(t, content(1), "/")
	if err := site.folder.WriteFile("index.html", []byte("other"), 0o644); err != nil {
		t.Fatal(err)
	}
	_, err := Run(t.Context(), site, p.target(t), at(0))
	oneLine(t, err, "built again while it was published")
}

func TestAFullDisk(t *testing.T) {
	f := &folder{name: "site"}
	err := f.failed("writing", "index.html", &os.PathError{Op: "write", Path: "x", Err: syscall.ENOSPC})
	oneLine(t, err, "the disk is full")
	if !errors.Is(err, syscall.ENOSPC) {
		t.Error("the cause is lost")
	}
}

// An explainer that was published does not go because its folder is gone, or because a build left it out. It goes if
// that is said, and then at once, if nothing is to be kept.
func TestAnExplainerThatWouldBeLost(t *testing.T) {
	for name, in := range places {
		t.Run(name, func(t *testing.T) {
			p := in(t)
			v1, v2 := content(1), content(2)
			published(t, p, built(t, v1, "/"), at(0))
			site2 := built(t, v2, "/")
			for _, o := range []Options{{Now: at(1).Now}, {Now: at(1).Now, DryRun: true}, {Now: at(1).Now, Adopt: true}, {Now: at(1).Now, Remove: []string{"a", "c2"}}} {
				_, err := Run(t.Context(), site2, p.target(t), o)
				oneLine(t, err, "no longer has b,", "withdrawn:", "formerly:", "--remove b")
				if err := complete(p.objects(t), v1); err != nil {
					t.Fatalf("%+v: %v", o, err)
				}
			}
			// Nor does it after a run that did not come to its end, or if an address stays that leads on from it.
			moved := content(1)
			for f := range moved {
				if strings.HasPrefix(f, "b/") && f != "b/index.html" {
					delete(moved, f)
				}
			}
			published(t, p, built(t, moved, "/"), Options{Now: at(1).Now, Keep: month})
			p.kill(12)
			_, err := Run(t.Context(), site2, p.target(t), at(2))
			p.kill(-1)
			if err == nil {
				t.Fatal("the run was not killed")
			}
			_, err = Run(t.Context(), built(t, content(3), "/"), p.target(t), Options{Now: at(2).Now, BreakLock: true})
			oneLine(t, err, "no longer has b, c2,")

			o := at(2)
			o.Keep = 0
			published(t, p, site2, o)
			all := p.objects(t)
			if err := complete(all, v2); err != nil {
				t.Fatal(err)
			}
			for f := range all {
				if strings.HasPrefix(f, "b/") || strings.HasPrefix(f, own+"kept/") {
					t.Errorf("%s is left", f)
				}
			}
		})
	}
}
