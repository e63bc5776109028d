package main

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/signal"
	"path"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"sharh/app/desk/check"
	"sharh/app/desk/compile"
	"sharh/app/desk/diag"
	"sharh/app/desk/source"
	"sharh/app/site"
	"sharh/app/site/cache"
	"sharh/app/site/file"
	"sharh/app/story"
)

// contentFlags say where explainers are.
type contentFlags struct {
	languageFlag
	Content string   `help:"Folder that holds the explainers." default:"content" type:"path"`
	Slugs   []string `arg:"" optional:"" name:"explainer" help:"Explainers to take; all of them if none is named."`
	Mute    []string `help:"Warnings not to report, by code; sharh help lists them." placeholder:"CODE,…"`
}

// slugs names the explainers to take.
func (f contentFlags) slugs() ([]string, error) {
	if err := f.mutable(); err != nil {
		return nil, err
	}
	for _, slug := range f.Slugs {
		if !isFolderName(slug) {
			return nil, fmt.Errorf("%q does not name an explainer; give the name of a folder in %s", slug, f.Content)
		}
	}
	if len(f.Slugs) > 0 {
		var once []string
		for _, slug := range f.Slugs {
			if !slices.Contains(once, slug) {
				once = append(once, slug)
			}
		}
		return once, nil
	}
	slugs, err := source.Slugs(os.DirFS(f.Content))
	if err != nil {
		return nil, err
	}
	if len(slugs) == 0 {
		return nil, fmt.Errorf("no explainer in %s: an explainer is a folder with a file explainer.yaml", f.Content)
	}
	return slugs, nil
}

// isFolderName reports whether a word can name a folder of content: no path, which would lead elsewhere.
func isFolderName(word string) bool {
	return fs.ValidPath(word) && word != "." && !strings.ContainsAny(word, `/\`)
}

// addresses returns an error if an explainer that is named cannot have its name for an address. Of those that are not
// named check says so, at their place.
func (f contentFlags) addresses() error {
	for _, slug := range f.Slugs {
		if err := slugFault(slug); err != nil && isFolderName(slug) {
			return err
		}
	}
	return nil
}

// set reads one explainer. Problems of reading go into list.
func (f contentFlags) set(slug string, list *diag.List) (*source.Set, error) {
	return source.LoadAs(os.DirFS(f.Content), slug, f.shown(slug), list)
}

// shown is the folder of an explainer as messages name it.
func (f contentFlags) shown(slug string) string {
	return filepath.ToSlash(filepath.Join(shown(f.Content), slug))
}

// keep reads the files of one explainer, as they are now.
func (f contentFlags) keep(slug string) *source.Files { return source.Keep(os.DirFS(f.Content), slug) }

// check checks an explainer, all but what is muted. Problems go into list.
func (f contentFlags) check(set *source.Set, list *diag.List) {
	check.Run(set, list)
	list.Mute(f.Mute)
}

// load reads and checks the explainers. Problems go into list.
func (f contentFlags) load(list *diag.List) ([]*source.Set, error) {
	slugs, err := f.slugs()
	if err != nil {
		return nil, err
	}
	var sets []*source.Set
	for _, slug := range slugs {
		set, err := f.set(slug, list)
		if err != nil {
			return nil, err
		}
		f.check(set, list)
		sets = append(sets, set)
	}
	return sets, nil
}

// errUnlisted says that an explainer is not to be published unless it is named.
var errUnlisted = errors.New("it says listed: false")

// explainers reads and checks the explainers for publishing: one that says listed: false is taken only if it is
// named. Problems go into list.
func (f siteFlags) explainers(list *diag.List) ([]site.Explainer, error) {
	slugs, err := f.slugs()
	if err != nil {
		return nil, err
	}
	taken, problems := make([]*site.Explainer, len(slugs)), make([]diag.List, len(slugs))
	if err := file.Parallel(len(slugs), func(i int) (err error) {
		if taken[i], err = f.explainer(slugs[i], len(slugs) <= few, &problems[i]); errors.Is(err, errUnlisted) {
			problems[i] = diag.List{} // nor do they matter
			return nil
		}
		return err
	}); err != nil {
		return nil, err
	}
	var all []site.Explainer
	for i, e := range taken {
		list.Merge(problems[i])
		if e != nil {
			all = append(all, *e)
		}
	}
	if len(all) == 0 {
		return nil, fmt.Errorf(
			"every explainer in %s says listed: false; name one, or delete that line in its explainer.yaml", shown(f.Content))
	}
	return all, nil
}

// few is how many explainers there are at most if they stay in memory from when they are checked until they are
// planned. Of more, reading them once more takes less than all of them in memory would.
const few = 4

// explainer reads and checks an explainer. One of which it is known that it is without problems is not read before it
// has to be. If it is to stay, it is not read again.
func (f siteFlags) explainer(slug string, stay bool, list *diag.List) (*site.Explainer, error) {
	files := f.keep(slug)
	e := &site.Explainer{Slug: slug, Media: files.Medium}
	pictures, err := f.pictures(slug)
	if err != nil {
		return nil, err
	}
	if f.Cache != "" && files.Sum() != "" {
		e.Key = files.Sum() + " " + pictures
	}
	clean := cleanOf(f.Cache, "clean", slug, files)
	var read *source.Set
	if !clean.known(nil) {
		set, err := files.LoadAs(f.shown(slug), list)
		if err != nil {
			return nil, err
		}
		if len(f.Slugs) == 0 && set.Explainer.Unlisted() {
			return nil, errUnlisted
		}
		set.Publish()
		check.Run(set, list)
		if !set.Explainer.Unlisted() {
			clean.keep(set, list.Len(), nil)
		}
		if set.Explainer.Withdrawn != nil {
			e.Withdrawn, e.Key = true, "" // its notice names another explainer, and is made in no time
		}
		list.Mute(f.Mute)
		if stay {
			read = set
		}
	}
	e.Load = func() ([]*story.Document, []site.Screenshot, error) {
		set := read
		if set == nil {
			var none diag.List // what is wrong was said
			var err error
			if set, err = files.LoadAs(f.shown(slug), &none); err != nil {
				return nil, nil, err
			}
			set.Publish()
		}
		stories, err := stories(set, f.Cache)
		if err != nil {
			return nil, nil, err
		}
		screenshots, err := f.screenshots(set)
		if err != nil {
			return nil, nil, err
		}
		if again, err := f.pictures(slug); err != nil || again != pictures {
			return nil, nil, fmt.Errorf("the screenshots of %s changed while the site was built; build again", slug)
		}
		return stories, screenshots, nil
	}
	return e, nil
}

// clean is a mark in the cache: nothing is wrong with an explainer, as its files are. The zero mark is never known.
type clean struct{ folder, name, key string }

// cleanOf is the mark of an explainer of which files are kept. name tells what is published from what is being
// prepared. Without a cache, folder "", it is the zero mark.
func cleanOf(folder, name, slug string, files *source.Files) clean {
	if folder == "" || files.Sum() == "" {
		return clean{}
	}
	key, err := cache.Key(name, slug, files.Sum())
	if err != nil {
		return clean{} // then it is checked
	}
	return clean{folder, path.Join(name, slug), key}
}

// known reports whether there is the mark, and reads what was kept with it into what, which may be nil.
func (c clean) known(what any) bool {
	if c.key == "" {
		return false
	}
	kept, marked := cache.Marked(c.folder, c.name, c.key)
	return marked && (what == nil || json.Unmarshal(kept, what) == nil)
}

// keep keeps the mark of an explainer, if it is due, with what is known of it. problems is how many
// it has, with those that are muted.
func (c clean) keep(set *source.Set, problems int, what any) {
	if c.key == "" || problems > 0 || set.Explainer.DependsOnOthers() {
		return
	}
	if kept, err := json.Marshal(what); err == nil {
		cache.Mark(c.folder, c.name, c.key, kept)
	}
}

// stories compiles an explainer in all of its languages. Layouts of its map are kept in a folder, or nowhere, "".
func stories(set *source.Set, folder string) ([]*story.Document, error) {
	all := make([]*story.Document, len(set.Explainer.Languages))
	err := file.Parallel(len(all), func(i int) (err error) {
		all[i], err = compile.StoryKept(set, set.Explainer.Languages[i].Value,
			func(name string, make func() ([]byte, error)) ([]byte, error) { return cache.Keep(folder, name, make) })
		return err
	})
	return all, err
}

// screenshotsFolder has the pictures of an explainer that are shown where it can be installed: wide.ar.png and the
// like.
const screenshotsFolder = "screenshots"

// pictures stands for the names and contents of an explainer's screenshots.
func (f contentFlags) pictures(slug string) (string, error) {
	names, err := filepath.Glob(filepath.Join(f.Content, slug, screenshotsFolder, "*.png"))
	if err != nil {
		return "", fmt.Errorf("finding screenshots of %s: %w", slug, err)
	}
	sum := ""
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			return "", fmt.Errorf("reading screenshots of %s: %w", slug, err)
		}
		sum += fmt.Sprintf("%s %x\n", filepath.Base(name), sha256.Sum256(data))
	}
	return sum, nil
}

// screenshots reads the screenshots of an explainer in its languages. There may be none.
func (f contentFlags) screenshots(set *source.Set) ([]site.Screenshot, error) {
	var all []site.Screenshot
	for _, lang := range set.Explainer.Languages {
		for _, form := range []string{"wide", "narrow"} {
			data, err := os.ReadFile(filepath.Join(f.Content, set.Slug, screenshotsFolder, form+"."+lang.Value+".png"))
			if errors.Is(err, fs.ErrNotExist) {
				continue
			}
			if err != nil {
				return nil, fmt.Errorf("reading screenshots of %s: %w", set.Slug, err)
			}
			all = append(all, site.Screenshot{Lang: lang.Value, Form: form, PNG: data})
		}
	}
	return all, nil
}

// shown is a path as the person at the prompt would write it.
func shown(path string) string {
	here, err := os.Getwd()
	if err != nil {
		return path
	}
	if rel, err := filepath.Rel(here, path); err == nil && filepath.IsLocal(rel) {
		return rel
	}
	return path
}

// clientFlags say where the compiled client is.
type clientFlags struct {
	Client string `help:"The compiled client." default:"${client}" type:"path"`
	Exec   string `help:"The script that runs it, from the Go release that compiled it." default:"${exec}" type:"path"`
}

// siteFlags say what a site is made of.
type siteFlags struct {
	contentFlags
	clientFlags
	Base   string `help:"Path or address under which the site will be published." default:"/"`
	App    string `help:"What readers can save for offline use and install: each explainer, the whole site, or nothing (off), which also ends what was saved before." enum:"explainer,site,off" default:"explainer"`
	Single bool   `help:"Add each explainer as one file a language, for messengers, archives and blocked networks."`
	Cache  string `help:"Folder that keeps between builds what did not change; empty for none." default:"build/cache"`
}

type buildFlags struct {
	siteFlags
	Out   string `help:"Folder that the site is written to." default:"dist" type:"path"`
	Shard shard  `help:"Build a part of the site, such as 3/10: the third of ten, to publish into one place with the others." placeholder:"N/M"`
	Jobs  int    `help:"How many explainers to make at the same time; 0 for as many as there are processors." default:"0"`
}

// shard is a part of a site, "3/10". No text is the whole site.
type shard site.Share

// UnmarshalText reads which part it is.
func (s *shard) UnmarshalText(text []byte) error {
	number, of, _ := strings.Cut(string(text), "/")
	n, err := strconv.Atoi(number)
	m, err2 := strconv.Atoi(of)
	if err != nil || err2 != nil || n < 1 || n > m {
		return fmt.Errorf("%q is not a part such as 3/10, the third of ten", text)
	}
	*s = shard{Number: n, Of: m}
	return nil
}

type buildCommand struct {
	buildFlags
}

// Run builds the site.
func (c *buildCommand) Run(m *Main) error { return m.build(c.buildFlags, false) }

// build builds the site; quickly, it is not for publishing.
func (m *Main) build(f buildFlags, quickly bool) error {
	begin := time.Now()
	if f.Jobs < 0 {
		return fmt.Errorf("--jobs is how many explainers are made at the same time, so it cannot be %d", f.Jobs)
	}
	if f.Jobs > 0 {
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(f.Jobs))
	}
	defer moreMemory()()
	explainers, err := m.publishable(f.siteFlags)
	if err != nil {
		return err
	}
	out := shown(f.Out)
	if err := site.Writable(out); err != nil {
		return fmt.Errorf("building the site: %w", err)
	}
	// The first interrupt ends the work in order, the second one at once.
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop)
	p := newProgress(m)
	files, err := f.write(out, explainers, quickly, f.Shard, func(at site.Progress) error {
		p.part(at)
		return ctx.Err()
	})
	p.end()
	if ctx.Err() != nil && err != nil {
		return fmt.Errorf("interrupted; %s is as it was, and building again goes on from here", out)
	}
	if err != nil {
		return err
	}
	if f.Cache != "" {
		cache.Sweep(f.Cache)
	}
	fmt.Fprintf(m.Stdout, "built %d files in %s (%s)\n", files, out, time.Since(begin).Round(time.Millisecond))
	return nil
}

// moreMemory collects garbage less often, which saves a tenth of a build's time, as long as there is little of it. It
// returns what ends that. GOGC and GOMEMLIMIT in the environment, if they are set, have the say.
func moreMemory() (end func()) {
	if os.Getenv("GOGC")+os.Getenv("GOMEMLIMIT") != "" {
		return func() {}
	}
	percent := debug.SetGCPercent(400)
	limit := debug.SetMemoryLimit(1 << 30) // above it, garbage is collected as often as need be
	return func() {
		debug.SetGCPercent(percent)
		debug.SetMemoryLimit(limit)
	}
}

// publishable reads the explainers to publish, and says their problems. With errors there is nothing to publish.
func (m *Main) publishable(f siteFlags) ([]site.Explainer, error) {
	if err := f.addresses(); err != nil {
		return nil, err
	}
	if _, err := file.ParseBase(f.Base); err != nil { // before everything is read
		return nil, err
	}
	var list diag.List
	explainers, err := f.explainers(&list)
	if err != nil {
		return nil, err
	}
	return explainers, m.problems(&list)
}

// write plans the site of explainers and writes it. It returns how many files the site has.
func (f siteFlags) write(
	out string, explainers []site.Explainer, quickly bool, share shard, report func(site.Progress) error,
) (files int, err error) {
	planned, err := f.plan(explainers, quickly, site.Share(share), report)
	if err != nil {
		return 0, err
	}
	return site.Write(out, planned)
}

// plan plans the site of explainers. report is told how far that is; it may be nil.
func (f siteFlags) plan(
	explainers []site.Explainer, quickly bool, share site.Share, report func(site.Progress) error,
) (*site.Planned, error) {
	client, err := f.client()
	if err != nil {
		return nil, err
	}
	return site.Plan(explainers, client, site.Options{
		Base: f.Base, Cache: f.Cache, App: site.App(f.App), Single: f.Single, Quick: quickly,
		NoPictures: quickly, Drafts: quickly,
		Share: share, Report: report,
	})
}

// client is the one that is named, or the one inside the program.
func (f clientFlags) client() (site.Client, error) {
	if f.Client == "" && f.Exec == "" {
		return inside, nil
	}
	wasm, err := os.ReadFile(f.Client)
	if errors.Is(err, fs.ErrNotExist) {
		return site.Client{}, fmt.Errorf("there is no client at %s; make compiles it: run `make build`", shown(f.Client))
	}
	if err != nil {
		return site.Client{}, fmt.Errorf("reading the client: %w", err)
	}
	exec, err := os.ReadFile(f.Exec)
	if err != nil {
		return site.Client{}, fmt.Errorf("reading the client's script: %w", err)
	}
	return site.Client{Wasm: wasm, Exec: exec}, nil
}
