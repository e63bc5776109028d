package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"os/user"
	"strconv"
	"strings"
	"syscall"
	"time"

	"sharh/app/site"
	"sharh/app/site/publish"
)

type publishCommand struct {
	Target    string   `arg:"" optional:"" help:"Where the site is served: a folder, or s3://bucket/prefix."`
	From      string   `help:"Folder of the built site." default:"dist" type:"path"`
	Endpoint  string   `help:"Address of a store that is not Amazon's. Credentials come from where Amazon's tools look for them: AWS_ACCESS_KEY_ID and so on, or AWS_PROFILE." placeholder:"URL"`
	Keep      days     `help:"For how long the target keeps what the site no longer has, for pages that are open and for --rollback." default:"30d"`
	Plain     bool     `help:"Store files without compression, for a CDN that compresses by itself."`
	Remove    []string `help:"Explainers that may go, by their folders, without a notice and without an address that leads on." placeholder:"SLUG,…"`
	DryRun    bool     `help:"List what would be done, and change nothing."`
	Plan      bool     `help:"Write publish.json beside the pages: the files in the order in which other tools can copy them, with their headers."`
	Rollback  bool     `help:"Bring back the publication before."`
	BreakLock bool     `help:"Go on though somebody else seems to publish; only when that run was killed."`
	Adopt     bool     `help:"Publish into a target that has other files, which stay, or whose manifest is damaged. Looks for each file anew."`
}

// days is a time that may be given in days, "30d".
type days time.Duration

// UnmarshalText reads a time.
func (d *days) UnmarshalText(text []byte) error {
	if number, ok := strings.CutSuffix(string(text), "d"); ok {
		n, err := strconv.ParseUint(number, 10, 16)
		if err == nil {
			*d = days(time.Duration(n) * 24 * time.Hour)
			return nil
		}
	}
	span, err := time.ParseDuration(string(text))
	if err != nil || span < 0 {
		return fmt.Errorf("%q is not a time such as 30d or 12h", text)
	}
	*d = days(span)
	return nil
}

// Run publishes a built site.
func (c *publishCommand) Run(m *Main) error {
	if c.Target == "" && !c.Plan {
		return fmt.Errorf("publishing needs a target: a folder, or s3://bucket/prefix")
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	var built *publish.Site
	if !c.Rollback {
		var err error
		if built, err = publish.Read(shown(c.From)); err != nil {
			return err
		}
		defer built.Close()
	}
	plan := func() error {
		if !c.Plan || built == nil {
			return nil
		}
		name, err := built.WritePlan()
		if err == nil {
			fmt.Fprintf(m.Stdout, "wrote %s\n", name)
		}
		return err
	}
	if c.Target == "" {
		return plan()
	}
	target, err := publish.Open(c.Target, publish.Connection{Endpoint: c.Endpoint, Plain: c.Plain})
	if err != nil {
		return err
	}
	p := newProgress(m)
	o := publish.Options{
		Keep: time.Duration(c.Keep), By: whoami(), Remove: c.Remove, DryRun: c.DryRun, BreakLock: c.BreakLock,
		Adopt: c.Adopt, Report: p.step,
	}
	begin := time.Now()
	var result *publish.Result
	if c.Rollback {
		result, err = publish.Rollback(ctx, target, o)
	} else {
		result, err = publish.Run(ctx, built, target, o)
	}
	p.end()
	if ctx.Err() != nil {
		return fmt.Errorf("interrupted; readers have whole pages, and publishing again goes on from here")
	}
	if err != nil {
		return err
	}
	if err := plan(); err != nil { // not of a site that the target would refuse
		return err
	}
	for _, note := range result.Notes {
		fmt.Fprintf(m.Stderr, "sharh: %s\n", note)
	}
	said := "published to"
	if c.DryRun {
		said = "would publish to"
		for _, s := range result.Steps {
			fmt.Fprintf(m.Stdout, "%s %s (%d bytes)\n", s.Action, s.Path, s.Size)
		}
	}
	count, bytes := map[string]int{}, int64(0)
	for _, s := range result.Steps {
		count[s.Action]++
		if s.Action == "write" {
			bytes += s.Size
		}
	}
	fmt.Fprintf(m.Stdout, "%s %s: %d files written (%d bytes), %d restored, %d removed, %d the same (%s)\n", said, target,
		count["write"], bytes, count["restore"], count["remove"], result.Same, time.Since(begin).Round(time.Millisecond))
	return nil
}

// whoami names whoever publishes, for messages to others who do.
func whoami() string {
	name, host := "somebody", "a machine"
	if u, err := user.Current(); err == nil && u.Username != "" {
		name = u.Username
	}
	if h, err := os.Hostname(); err == nil && h != "" {
		host = h
	}
	return name + "@" + host
}

// progress says what is being done: on a terminal in one line that changes, elsewhere in plain lines.
type progress struct {
	m        *Main
	terminal bool
	shown    bool
}

func newProgress(m *Main) *progress {
	p := &progress{m: m}
	if f, ok := m.Stdout.(*os.File); ok {
		info, err := f.Stat()
		p.terminal = err == nil && info.Mode()&os.ModeCharDevice != 0
	}
	return p
}

func (p *progress) step(s publish.Step, at publish.Progress) {
	if !p.terminal {
		fmt.Fprintf(p.m.Stdout, "%d of %d: %s %s\n", at.Steps, at.Of, s.Action, s.Path)
		return
	}
	const width = 60
	name := []rune(s.Path)
	if len(name) > width {
		name = append([]rune("…"), name[len(name)-width+1:]...)
	}
	fmt.Fprintf(p.m.Stdout, "\r\x1b[K%d of %d: %s %s", at.Steps, at.Of, s.Action, string(name))
	p.shown = true
}

// part says how many parts of a site are done. In plain lines it says so ten times, and not at all where there are few.
func (p *progress) part(at site.Progress) {
	switch {
	case p.terminal:
		fmt.Fprintf(p.m.Stdout, "\r\x1b[K%s %d of %d", at.Doing, at.Parts, at.Of)
		p.shown = true
	case at.Of >= 10 && at.Parts*10/at.Of > (at.Parts-1)*10/at.Of:
		fmt.Fprintf(p.m.Stdout, "%s %d of %d\n", at.Doing, at.Parts, at.Of)
	}
}

func (p *progress) end() {
	if p.shown {
		fmt.Fprint(p.m.Stdout, "\r\x1b[K")
	}
}
