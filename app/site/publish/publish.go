// Package publish puts a built site where it is served: into a folder, or into an object store that speaks S3.
//
// Readers visit the site meanwhile. So files are written in an order in which none refers to one that is not there yet
// (hosting.Turn), and what a site no longer has stays for a grace time, for pages that are open. A run may end at any
// point: the next one goes on from there.
//
// What is known of a target is in a manifest there (.sharh/manifest.json). A run writes into it what it intends before
// it changes anything. So whatever is between two publications is either known, or named in the intention and looked
// at again. Pages that are replaced are kept beside it for the grace time, so that the publication before can come
// back.
//
//	site, err := publish.Read("dist")
//	target, err := publish.Open("s3://bucket/explainers", publish.Connection{})
//	result, err := publish.Run(ctx, site, target, publish.Options{Keep: 30 * 24 * time.Hour})
package publish

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"time"

	"sharh/app/site/file"
	"sharh/app/story"
)

// Options are choices for a run.
type Options struct {
	// Keep is for how long the target keeps what the site no longer has.
	Keep time.Duration
	// By says who publishes, in messages to whoever publishes at the same time.
	By string
	// Remove names the explainers that may go, by their folders, without a notice or an address that leads on.
	Remove []string
	// DryRun changes nothing; Result says what would be done.
	DryRun bool
	// BreakLock publishes though somebody else seems to.
	BreakLock bool
	// Adopt publishes into a target that has files but no manifest that can be read. What else is there stays for good.
	// Each file of the site is looked for, so it also finds what somebody else changed or removed.
	Adopt bool
	// Report is called before each step, if it is not nil, by several goroutines, but never by two at once.
	Report func(Step, Progress)
	// Now is the clock, time.Now if nil.
	Now func() time.Time
}

// Progress says how much of a run is done.
type Progress struct{ Steps, Of int }

// Step is one change of a target.
type Step struct {
	Action string // "write", "restore" or "remove"
	Path   string
	Size   int64

	item *item  // what to write, nil if it is something else
	keep string // where the object that is replaced goes first, "" for nowhere
	from string // the object to restore from
	rank rank
}

// The actions.
const (
	write   = "write"
	restore = "restore"
	remove  = "remove"
)

// Result says what a run did, or would do.
type Result struct {
	Steps []Step
	// Same is how many files the target had already.
	Same int
	// Notes are what whoever publishes should know, a sentence each.
	Notes []string
}

// Run makes a target hold a site.
func Run(ctx context.Context, site *Site, target Target, o Options) (*Result, error) {
	r, err := begin(ctx, target, o)
	if err != nil {
		return nil, err
	}
	defer r.end()
	if before := r.manifest.Base; before != "" && before != site.Base {
		return nil, fmt.Errorf("%s holds a site for the path %s, and this one was built for %s: its links would lead "+
			"nowhere; build it with --base %s, or publish to another target", target, before, site.Base, before)
	}
	if !target.fits(site.Base) {
		r.result.Notes = append(r.result.Notes, fmt.Sprintf("the site was built for the path %s, and %s does not end in it: "+
			"right only if the server maps one to the other", site.Base, target))
	}
	want := map[string]entry{}
	items := map[string]*item{}
	for i := range site.items {
		form := target.form(&site.items[i])
		if form == nil {
			continue
		}
		items[form.path] = form
		want[form.path] = entry{form.sum, form.size}
	}
	if site.share != nil {
		if err := r.keepOthers(*site.share, want); err != nil {
			return nil, err
		}
	}
	if err := r.nothingLost(want); err != nil {
		return nil, err
	}
	intended := &manifest{Base: site.Base, Files: want, Before: r.manifest.Before}
	if r.manifest.Files != nil && !maps.Equal(want, r.manifest.Files) {
		intended.Before = r.manifest.path()
	}
	return r.bring(ctx, intended, func(path string) (Step, error) {
		if items[path] == nil {
			return Step{}, fmt.Errorf("%s is not at %s any more, and is in another part of the site; publish that part first",
				path, target)
		}
		return Step{Action: write, Path: path, Size: items[path].size, item: items[path]}, nil
	})
}

// nothingLost returns an error if an explainer would be gone from the target, as if it had never been there. What was
// published is linked to and embedded elsewhere. A run that did not come to its end counts too: some of its pages may
// be at the target.
func (r *run) nothingLost(want map[string]entry) error {
	var lost []string
	for _, slug := range slices.Concat(explainers(r.manifest.Files), explainers(r.manifest.Next)) {
		_, stays := want[slug+"/index.html"]
		if !stays && !slices.Contains(lost, slug) && !slices.Contains(r.o.Remove, slug) {
			lost = append(lost, slug)
		}
	}
	if len(lost) == 0 {
		return nil
	}
	slices.Sort(lost)
	return fmt.Errorf("this site no longer has %s, which %s has, and links and embeds elsewhere would lead nowhere; "+
		"bring the folder back with `withdrawn:` in its explainer.yaml, or name it under `formerly:` in that of the "+
		"explainer that took its place, or publish with --remove %s",
		strings.Join(lost, ", "), r.target, strings.Join(lost, ","))
}

// explainers are the folders of a publication that have a page at an address of an explainer: those of explainers, and
// those that lead to one that has moved.
func explainers(files map[string]entry) []string {
	var all []string
	for p := range files {
		if slug, rest, _ := strings.Cut(p, "/"); rest == "index.html" && story.FaultOf(slug) == "" {
			all = append(all, slug)
		}
	}
	return all
}

// keepOthers adds to what is wanted what other shares of the site have published.
func (r *run) keepOthers(own file.Share, want map[string]entry) error {
	for p, have := range r.manifest.Files {
		if _, wanted := want[p]; !wanted && !own.Owns(plain(p)) {
			want[p] = have
		}
	}
	for p, intended := range r.manifest.Next {
		if !own.Owns(plain(p)) && want[p] != intended {
			return fmt.Errorf("publishing another part of the site to %s was interrupted; publish that part first", r.target)
		}
	}
	return nil
}

// Rollback brings back the publication before: the one that the last whole one replaced, or the last whole one itself
// if a run after it did not come to its end.
func Rollback(ctx context.Context, target Target, o Options) (*Result, error) {
	r, err := begin(ctx, target, o)
	if err != nil {
		return nil, err
	}
	defer r.end()
	intended := &manifest{}
	switch m := r.manifest; {
	case m.Next != nil && m.Files != nil:
		*intended = *m
		intended.Next, intended.Changing = nil, nil
	case m.Before == "":
		return nil, fmt.Errorf("%s has had no publication before this one", target)
	default:
		intended, _, err = readManifest(ctx, target, m.Before)
		if errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("the publication before is no longer at %s: its grace time is over", target)
		}
		if err != nil {
			return nil, err
		}
		// Of a file with a hash in its name there is one version. Its headers may have changed since.
		for p := range intended.Files {
			if now, known := m.at(p); known && isAsset(p) {
				intended.Files[p] = now
			}
		}
	}
	return r.bring(ctx, intended, func(path string) (Step, error) {
		e := intended.Files[path]
		kept := keptPath(path, e.Sum)
		sum, err := target.sum(ctx, kept)
		if err == nil && sum != e.Sum {
			err = fs.ErrNotExist
		}
		if errors.Is(err, fs.ErrNotExist) {
			return Step{}, fmt.Errorf("the publication before cannot be brought back: %s is no longer at %s", path, target)
		}
		return Step{Action: restore, Path: path, Size: e.Size, from: kept}, err
	})
}

// run is a run on a target, which it has locked.
type run struct {
	target   Target
	o        Options
	lock     *lock
	manifest *manifest // as it is at the target
	tag      string    // of the manifest there
	result   Result
	done     int // steps
	now      time.Time
}

// begin locks a target and reads its manifest.
func begin(ctx context.Context, target Target, o Options) (*run, error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	r := &run{target: target, o: o, now: o.Now().UTC().Truncate(time.Second)}
	if err := target.check(ctx); err != nil {
		return nil, err
	}
	// Before the lock is written: nothing at all is left in a folder or bucket of somebody else.
	if _, _, err := r.read(ctx); err != nil {
		return nil, err
	}
	var err error
	if !o.DryRun {
		if r.lock, err = take(ctx, target, o.By, r.now, o.BreakLock); err != nil {
			return nil, err
		}
		if err := target.tidy(ctx); err != nil {
			r.end()
			return nil, err
		}
	}
	// Again, now that nobody else changes it.
	if r.manifest, r.tag, err = r.read(ctx); err != nil {
		r.end()
		return nil, err
	}
	if ahead := r.ahead(); ahead > tolerance {
		r.result.Notes = append(r.result.Notes, fmt.Sprintf("the last publication is dated %s, %s in the future: the clock "+
			"of this machine is wrong, or that of the last publisher was; nothing is removed this time",
			r.manifest.Published.Format(time.RFC3339), ahead.Round(time.Minute)))
	}
	return r, nil
}

// tolerance is by how much clocks may differ.
const tolerance = time.Hour

// ahead is how far in the future the last publication is dated.
func (r *run) ahead() time.Duration { return r.manifest.Published.Sub(r.now) }

func (r *run) end() {
	if r.lock != nil {
		// A lock that cannot be given back now is broken by its owner, whom the next run's message tells how.
		_ = r.lock.release()
	}
}

// read reads the manifest of a target. One that was never published to has an empty one.
func (r *run) read(ctx context.Context) (*manifest, string, error) {
	m, tag, err := readManifest(ctx, r.target, manifestPath)
	if err == nil {
		return m, tag, nil
	}
	if damaged := (*damagedError)(nil); errors.As(err, &damaged) && r.o.Adopt {
		return &manifest{}, tag, nil
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return nil, "", err
	}
	if r.o.Adopt {
		return &manifest{}, "", nil
	}
	example, err := r.target.foreign(ctx)
	if err != nil {
		return nil, "", err
	}
	if example != "" {
		return nil, "", fmt.Errorf("%s holds something else (%s), and no manifest of a site that was published; "+
			"name another target, or write over it with --adopt", r.target, example)
	}
	return &manifest{}, "", nil
}

// bring makes the target what a manifest says. source returns the step that writes a file which is not there yet.
func (r *run) bring(ctx context.Context, intended *manifest, source func(path string) (Step, error)) (*Result, error) {
	old := maps.Clone(r.manifest.Old)
	if old == nil {
		old = map[string]gone{}
	}
	for p, g := range old {
		if g.Since.After(r.now) { // written under a wrong clock
			g.Since = r.now
			old[p] = g
		}
	}
	if err := r.plan(ctx, intended, old, source); err != nil {
		return nil, err
	}
	due := r.due(old)
	for _, p := range due {
		r.result.Steps = append(r.result.Steps, Step{Action: remove, Path: p, Size: old[p].Size, rank: rankOf(p).removal()})
	}
	steps := r.result.Steps
	change := steps[:len(steps)-len(due)]
	same := r.manifest.Next == nil && maps.Equal(intended.Files, r.manifest.Files)
	if r.o.DryRun || same && len(due) == 0 {
		return &r.result, nil
	}
	final := *intended
	final.By, final.Old, final.Published = r.o.By, old, r.now
	if same {
		final.Published = r.manifest.Published
	} else {
		if !r.now.After(r.manifest.Published) { // the name of the manifest before is made of this
			final.Published = r.manifest.Published.Add(time.Second)
		}
		if err := r.intend(ctx, intended, old, change); err != nil {
			return nil, err
		}
		if err := r.do(ctx, change, len(steps)); err != nil {
			return nil, err
		}
		if err := r.lock.held(ctx); err != nil {
			return nil, err
		}
		if err := r.save(ctx, &final); err != nil {
			return nil, err
		}
	}
	if len(due) == 0 {
		return &r.result, nil
	}
	if err := r.do(ctx, steps[len(change):], len(steps)); err != nil {
		return nil, err
	}
	final.Old = maps.Clone(old)
	for _, p := range due {
		delete(final.Old, p)
	}
	return &r.result, r.save(ctx, &final)
}

// intend writes into the manifest what is going to be changed. The manifest before becomes a file of its own, for
// Rollback.
func (r *run) intend(ctx context.Context, intended *manifest, old map[string]gone, change []Step) error {
	if r.manifest.Files != nil {
		before := *r.manifest
		before.Next, before.Changing, before.Old = nil, nil, nil
		data := before.encode()
		old[before.path()] = gone{entry{Size: int64(len(data))}, r.now}
		if err := r.target.write(ctx, &item{path: before.path(), data: data}); err != nil {
			return err
		}
	}
	now := *r.manifest
	now.Base, now.Next, now.Old, now.Changing = intended.Base, intended.Files, old, nil
	for _, s := range change {
		now.Changing = append(now.Changing, s.Path)
	}
	return r.save(ctx, &now)
}

// plan finds the steps up to the removals. Into old goes what the site no longer has.
func (r *run) plan(
	ctx context.Context, intended *manifest, old map[string]gone, source func(path string) (Step, error),
) error {
	m := r.manifest
	there, err := r.look(ctx, intended)
	if err != nil {
		return err
	}
	for _, p := range slices.Sorted(maps.Keys(intended.Files)) {
		have := there[p]
		delete(old, p)
		if have.Sum == intended.Files[p].Sum {
			r.result.Same++
			continue
		}
		step, err := source(p)
		if err != nil {
			return err
		}
		step.rank = rankOf(p)
		step.keep = r.keep(p, have, old)
		r.result.Steps = append(r.result.Steps, step)
	}
	known := maps.Clone(m.Files)
	if known == nil {
		known = map[string]entry{}
	}
	maps.Copy(known, m.Next)
	for _, p := range slices.Sorted(maps.Keys(known)) {
		have := there[p]
		if _, stays := intended.Files[p]; stays || have.Sum == "" {
			continue
		}
		if _, stays := intended.Files[plain(p)]; stays {
			// Servers would go on to answer with this form of a file that is another one now.
			step := Step{Action: remove, Path: p, Size: have.Size, rank: rankOf(p), keep: r.keep(p, have, old)}
			r.result.Steps = append(r.result.Steps, step)
			delete(old, p)
			continue
		}
		if _, left := old[p]; !left {
			old[p] = gone{have, r.now}
		}
	}
	slices.SortStableFunc(r.result.Steps, func(a, b Step) int { return a.rank.compare(b.rank) })
	return nil
}

// look returns what is at the target, of the files that are known or intended. Only what a run that did not come to
// its end was about to change must be looked at.
func (r *run) look(ctx context.Context, intended *manifest) (map[string]entry, error) {
	m := r.manifest
	there := map[string]entry{}
	for p, g := range m.Old {
		there[p] = g.entry
	}
	maps.Copy(there, m.Files)
	maps.Copy(there, m.Next)
	unsure := slices.Clone(m.Changing)
	if r.o.Adopt {
		unsure = slices.AppendSeq(unsure, maps.Keys(intended.Files))
	}
	slices.Sort(unsure)
	unsure = slices.Compact(unsure)
	found := make([]entry, len(unsure))
	err := each(ctx, len(unsure), func(ctx context.Context, i int) error {
		sum, err := r.target.sum(ctx, unsure[i])
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		found[i] = entry{sum, there[unsure[i]].Size}
		return err
	})
	for i, p := range unsure {
		there[p] = found[i]
	}
	return there, err
}

// keep returns where the object at a path must be kept before it is replaced: it belongs to a publication, and its
// name does not tell versions apart. Otherwise it returns "".
func (r *run) keep(path string, have entry, old map[string]gone) string {
	published, known := r.manifest.at(path)
	if !known || isAsset(path) {
		return ""
	}
	kept := keptPath(path, published.Sum)
	// Whoever went before may have kept it already; it is needed from now on in any case.
	old[kept] = gone{entry{published.Sum, published.Size}, r.now}
	if have.Sum != published.Sum {
		return ""
	}
	return kept
}

// due are the files whose grace time is over, in the order in which they go: first what refers to others.
func (r *run) due(old map[string]gone) []string {
	var all []string
	if r.ahead() > tolerance {
		return nil
	}
	for p, g := range old {
		if !g.Since.Add(r.o.Keep).After(r.now) {
			all = append(all, p)
		}
	}
	slices.SortFunc(all, func(a, b string) int {
		if c := rankOf(b).compare(rankOf(a)); c != 0 {
			return c
		}
		return strings.Compare(a, b)
	})
	return all
}

// do takes steps, those of a rank at the same time. of is how many there are in all.
func (r *run) do(ctx context.Context, steps []Step, of int) error {
	reports := make(chan struct{}, 1)
	report := func(s Step) {
		if r.o.Report == nil {
			return
		}
		reports <- struct{}{}
		r.done++
		r.o.Report(s, Progress{r.done, of})
		<-reports
	}
	for len(steps) > 0 {
		n := 1
		for n < len(steps) && steps[n].rank == steps[0].rank {
			n++
		}
		if err := r.lock.held(ctx); err != nil {
			return err
		}
		if err := each(ctx, n, func(ctx context.Context, i int) error {
			report(steps[i])
			return r.step(ctx, steps[i])
		}); err != nil {
			return err
		}
		steps = steps[n:]
	}
	return nil
}

func (r *run) step(ctx context.Context, s Step) error {
	if s.keep != "" {
		// Somebody else may have removed it.
		if err := r.target.copy(ctx, s.Path, s.keep); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	switch s.Action {
	case write:
		return r.target.write(ctx, s.item)
	case restore:
		return r.target.copy(ctx, s.from, s.Path)
	}
	return r.target.remove(ctx, s.Path)
}

// save replaces the manifest of the target.
func (r *run) save(ctx context.Context, m *manifest) error {
	tag, err := r.target.swap(ctx, manifestPath, r.tag, m.encode())
	if errors.Is(err, errChanged) {
		return fmt.Errorf("somebody else published to %s meanwhile; look at the site, then publish again", r.target)
	}
	if err != nil {
		return err
	}
	r.manifest, r.tag = m, tag
	return nil
}
