package main

import (
	"bytes"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestMedianLeavesOutWhatIsAbsent(t *testing.T) {
	for _, c := range []struct {
		values []float64
		want   float64
	}{
		{nil, absent}, {[]float64{absent}, absent}, {[]float64{3}, 3}, {[]float64{9, 1, 5}, 5}, {[]float64{4, 1, 2, 3}, 2.5},
		{[]float64{absent, 7, 1, absent, 3}, 3},
	} {
		if got := median(c.values); got != c.want {
			t.Errorf("median(%v): got %v, want %v", c.values, got, c.want)
		}
	}
	if got := worst([]float64{1, absent, 8}); got != 8 {
		t.Errorf("worst: got %v, want 8", got)
	}
	values := []float64{2, 1}
	median(values)
	if values[0] != 2 {
		t.Error("median has sorted its argument")
	}
}

func TestShifts(t *testing.T) {
	near := func(what string, got, want float64) {
		t.Helper()
		if math.Abs(got-want) > 1e-9 {
			t.Errorf("%s: got %v, want %v", what, got, want)
		}
	}
	sum, cls, after := shifts([]shift{
		{At: 0, Value: 0.1}, {At: 900, Value: 0.1}, // a window
		{At: 1000, Value: 5, Input: true, Excused: true},
		{At: 1100, Value: 0.03, Excused: true}, // the standard excuses it, we do not
		{At: 3000, Value: 0.15},                // another: more than 1 s later
	})
	near("sum", sum, 0.38)
	near("cls", cls, 0.2)
	near("after a click", after, 5)
	var long []shift
	for at := 0.0; at < 7000; at += 500 {
		long = append(long, shift{At: at, Value: 0.01})
	}
	_, cls, _ = shifts(long)
	near("a window lasts 5 s at most", cls, 0.1)
}

func TestBlocking(t *testing.T) {
	if sum, longest := blocking([]task{{MS: 60}, {MS: 50}, {MS: 250}}); sum != 210 || longest != 250 {
		t.Errorf("got %v and %v, want 210 and 250", sum, longest)
	}
}

func TestBytesByATime(t *testing.T) {
	requests := []*Request{
		{Done: 100, Bytes: 1000},
		{Done: 500, Bytes: 2000, arrivals: []arrival{{150, 300}, {250, 1700}}}, // still coming
		{arrivals: []arrival{{50, 7}}},                                         // never ended
	}
	if got := by(requests, 200); got != 1307 {
		t.Errorf("got %v, want 1307", got)
	}
}

// sample is a visit with these times.
func sample(page, profile string, fcp, blocks float64, marks map[string]float64) *Visit {
	return &Visit{Page: page, Profile: profile, FCP: fcp, LCP: fcp, Answer: fcp + 100, AnswerBytes: 5000, Blocking: blocks,
		Selections: []float64{16, 40, 24}, Bytes: map[string]float64{"document": 40000}, Marks: marks}
}

func samples() []*Visit {
	marks := map[string]float64{"sharh:start": 1000, "sharh:compiled": 1400}
	return []*Visit{
		sample("sharh", "phone", 400, 0, marks), sample("sharh", "phone", 500, 0, marks), sample("sharh", "phone", 9000, 0, marks),
		sample("peers", "phone", 2000, 500, nil), sample("sharh", "desktop", 100, 70, nil), sample("peers", "desktop", 200, 100, nil),
	}
}

func TestTable(t *testing.T) {
	medians := columns(samples())
	var b bytes.Buffer
	if err := table(&b, profiles, medians); err != nil {
		t.Fatal(err)
	}
	got := map[string][]string{}
	for line := range strings.Lines(b.String()) {
		for _, m := range measures {
			if rest, ok := strings.CutPrefix(line, label(m)+"  "); ok {
				got[m.Key] = strings.Fields(rest)
			}
		}
	}
	for key, want := range map[string]string{
		"fcp": "500 2000 0.25 100 200 0.50", "blocking": "0 500 0.00 70 100 0.70", "phase.compiled": "400 – – –", "bytes.document": "40.0 40.0 1.00 40.0 40.0 1.00",
	} {
		if line := strings.Join(got[key], " "); line != want {
			t.Errorf("%s: got %q, want %q", key, line, want)
		}
	}
	if _, there := got["phase.go"]; there {
		t.Error("a measure that no run has is in the table")
	}

	b.Reset()
	markdown(&b, medians)
	lines := strings.Split(strings.TrimSpace(b.String()), "\n")
	for _, line := range lines {
		if got, want := strings.Count(line, "|"), strings.Count(lines[0], "|"); got != want {
			t.Errorf("%q has %d bars, the head %d", line, got, want)
		}
	}
	if !strings.Contains(b.String(), "| first paint, ms | 500 | 2000 | 0.25 |") {
		t.Errorf("markdown lacks the first paint:\n%s", b.String())
	}
}

func TestVerdicts(t *testing.T) {
	got := map[string]Verdict{}
	for _, v := range verdicts(columns(samples()), []*Start{
		{Profile: "phone", Online: []float64{300, 310, 290}, Offline: []float64{200, 900, 250}},
		{Profile: "desktop", Online: []float64{100}, Offline: []float64{101}},
	}) {
		got[v.What] = v
	}
	for what, kept := range map[string]bool{
		"first paint, phone, part of the peers'":                       true,
		"first paint, desktop, part of the peers'":                     true,
		"first click on a step answered, phone, part of the peers'":    false, // not measured
		"longest task, phone, ms":                                      true,
		"blocking time, whole visit, desktop, part of the peers'":      false,
		"layout shift, whole visit, desktop":                           true,
		"a call chosen, once live (median), phone, part of the peers'": false, // the same as theirs
		"start without a network, phone, part of one with it":          true,
		"start without a network, desktop, part of one with it":        false,
	} {
		v, there := got[what]
		if !there || v.Kept != kept {
			t.Errorf("%s: got %+v, want kept: %v", what, v, kept)
		}
	}
	unmeasured := columns([]*Visit{{Page: "sharh", Profile: "phone"}})
	for _, v := range verdicts(unmeasured, nil) {
		if v.What == "first paint, phone, part of the peers'" && v.Kept {
			t.Error("what was not measured is called kept")
		}
	}
}

func TestMissesSayWhereTheTimeGoes(t *testing.T) {
	var b bytes.Buffer
	budgets(&b, []Verdict{
		{What: "first paint, phone", Limit: 0.7, Is: 0.84, Moment: firstPaint},
		{What: "a call chosen", Limit: 0.8, Is: 0.7, Kept: true, Moment: aChoice},
		{What: "a frame", Limit: 50, Is: 40, Least: true},
	}, []*moment{
		{Name: firstPaint, Times: []float64{600, 630, 620}, Parts: map[string]float64{"style": 36, "layout": 174, "waits": 196, "paint": 30, "other": 20}},
		{Name: aChoice, Times: []float64{98}, Parts: map[string]float64{"style": 14}},
	})
	want := `MISSED  first paint, phone: 0.84, at most 0.7
        first paint, traced on the phone: waits 196, layout 174, style 36, paint 30, of 620 ms
kept    a call chosen: 0.7, at most 0.8
MISSED  a frame: 40, at least 50
1 of 3 budgets kept
`
	if got := b.String(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestReportIsJSON(t *testing.T) {
	visits := samples()
	visits[0].Requests = []*Request{{Path: "/", Kind: "document", Done: 3}}
	medians := columns(visits)
	name := filepath.Join(t.TempDir(), "deep", "bench.json")
	if err := write(name, &Report{Runs: 1, Medians: medians, Budgets: verdicts(medians, nil), Visits: visits, Profiles: profiles}); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var r Report
	if err := json.Unmarshal(data, &r); err != nil {
		t.Fatal(err)
	}
	if got := r.Medians["phone/sharh"]["fcp"]; got != 500 {
		t.Errorf("median first paint of the report: got %v, want 500", got)
	}
	if len(r.Visits) != len(visits) || r.Visits[0].Requests[0].Path != "/" {
		t.Error("the report lacks raw figures")
	}
}
