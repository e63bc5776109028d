package main

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"text/tabwriter"
)

// column is what one page did on one profile: the median of each measure over its runs.
type column map[string]float64

// columns returns the medians of the visits by profile and page, keyed "phone/sharh".
func columns(visits []*Visit) map[string]column {
	values := map[string]map[string][]float64{}
	for _, v := range visits {
		c := v.Profile + "/" + v.Page
		if values[c] == nil {
			values[c] = map[string][]float64{}
		}
		for _, m := range measures {
			values[c][m.Key] = append(values[c][m.Key], m.Of(v))
		}
	}
	medians := map[string]column{}
	for c, byKey := range values {
		medians[c] = column{}
		for key, all := range byKey {
			if x := median(all); x != absent {
				medians[c][key] = x
			}
		}
	}
	return medians
}

// figure is a number as the table shows it.
func figure(m Measure, c column) string {
	x, ok := c[m.Key]
	switch {
	case !ok:
		return "–"
	case m.Unit == "ms":
		return fmt.Sprintf("%.0f", x)
	case m.Unit == "KB":
		return fmt.Sprintf("%.1f", x)
	case x == 0:
		return "0"
	}
	return fmt.Sprintf("%.4f", x)
}

// ratio is our figure as a part of theirs.
func ratio(m Measure, ours, theirs column) string {
	a, ok := ours[m.Key]
	b, also := theirs[m.Key]
	if !m.Ratio || !ok || !also || b == 0 {
		return ""
	}
	return fmt.Sprintf("%.2f", a/b)
}

// label is a measure's name with its unit.
func label(m Measure) string {
	if m.Unit == "" {
		return m.Name
	}
	return m.Name + ", " + m.Unit
}

// row is a measure's cells: ours, theirs and the ratio for each profile.
func row(m Measure, profiles []Profile, medians map[string]column) (cells []string, empty bool) {
	empty = true
	for _, p := range profiles {
		ours, theirs := medians[p.Name+"/sharh"], medians[p.Name+"/peers"]
		cells = append(cells, figure(m, ours), figure(m, theirs), ratio(m, ours, theirs))
		if _, ok := ours[m.Key]; ok {
			empty = false
		}
	}
	return cells, empty
}

// table writes all medians for a terminal. Measures that no run has are left out.
func table(w io.Writer, profiles []Profile, medians map[string]column) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprint(t, "\t")
	for _, p := range profiles {
		fmt.Fprintf(t, "Sharh %s\tpeers %s\tratio\t", p.Name, p.Name)
	}
	fmt.Fprintln(t)
	for _, m := range measures {
		if cells, empty := row(m, profiles, medians); !empty {
			fmt.Fprintf(t, "%s\t%s\t\n", label(m), strings.Join(cells, "\t"))
		}
	}
	return t.Flush()
}

// markdown writes the small table of README.
func markdown(w io.Writer, medians map[string]column) {
	fmt.Fprint(w, "| |")
	for _, p := range profiles {
		fmt.Fprintf(w, " Sharh, %s | peers | ratio |", p.Name)
	}
	fmt.Fprintf(w, "\n|---|%s\n", strings.Repeat("--:|", 3*len(profiles)))
	for _, m := range measures {
		if m.Brief {
			cells, _ := row(m, profiles, medians)
			fmt.Fprintf(w, "| %s | %s |\n", label(m), strings.Join(cells, " | "))
		}
	}
}

// Verdict is what became of one budget.
type Verdict struct {
	What  string  `json:"what"`
	Limit float64 `json:"limit"`
	Is    float64 `json:"is"`
	Least bool    `json:"least,omitempty"` // whether the limit is the least, not the most
	Kept  bool    `json:"kept"`
	// Moment names the moment in which this time is a part or the whole, if there is one.
	Moment string `json:"moment,omitempty"`
}

// verdicts compares the medians with the budgets, and starts without a network with starts with one. A budget whose
// figure was not measured counts as not kept.
func verdicts(medians map[string]column, starts []*Start) []Verdict {
	var all []Verdict
	add := func(what string, limit, is float64, measured bool, moment string) {
		if !measured {
			is = -1
		}
		all = append(all, Verdict{What: what, Limit: limit, Is: is, Kept: measured && is <= limit, Moment: moment})
	}
	for _, m := range measures {
		for _, p := range profiles {
			ours, theirs := medians[p.Name+"/sharh"], medians[p.Name+"/peers"]
			if ours == nil || m.Key == "answerStep" && !p.Mobile {
				continue
			}
			what := strings.TrimSpace(m.Name) + ", " + p.Name
			a, ok := ours[m.Key]
			limit := m.Atmost.Ratio
			if !p.Mobile {
				limit = cmp.Or(m.Atmost.Desktop, limit)
			}
			if limit > 0 {
				b, also := theirs[m.Key]
				part := a / b
				switch {
				case a == 0: // both may be 0
					part = 0
				case b == 0:
					part = math.MaxFloat32
				}
				add(what+", part of the peers'", limit, part, ok && also, m.Moment)
			}
			if m.Atmost.None {
				add(what, 0, a, ok, m.Moment)
			}
			if m.Atmost.Least > 0 && ok {
				all = append(all, Verdict{What: what, Limit: m.Atmost.Least, Is: a, Least: true, Kept: a >= m.Atmost.Least})
			}
			for _, most := range []struct {
				limit float64
				holds bool
			}{{m.Atmost.Phone, p.Mobile}, {m.Atmost.Every, true}} {
				if most.limit > 0 && most.holds {
					add(what+", "+m.Unit, most.limit, a, ok, m.Moment)
				}
			}
		}
	}
	for _, s := range starts {
		on, off := median(s.Online), median(s.Offline)
		add(fmt.Sprintf("start without a network, %s, part of one with it", s.Profile), 1, off/on,
			on != absent && off != absent && on > 0, "")
	}
	return all
}

// budgets writes the verdicts, one a line, and how many were kept; with one that was missed, where the time of its
// moment goes, on the phone.
func budgets(w io.Writer, all []Verdict, moments []*moment) {
	kept := 0
	for _, v := range all {
		word := "MISSED"
		if v.Kept {
			word = "kept"
			kept++
		}
		is := fmt.Sprintf("%.4g", v.Is)
		if v.Is < 0 {
			is = "not measured"
		}
		bound := "at most"
		if v.Least {
			bound = "at least"
		}
		fmt.Fprintf(w, "%-6s  %s: %s, %s %g\n", word, v.What, is, bound, v.Limit)
		if i := slices.IndexFunc(moments, func(m *moment) bool { return m.Name == v.Moment }); i >= 0 && !v.Kept {
			fmt.Fprintf(w, "        %s, traced on the phone: %s\n", v.Moment, moments[i].largest())
		}
	}
	fmt.Fprintf(w, "%d of %d budgets kept\n", kept, len(all))
}
