package site

import (
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"path"
	"regexp"
	"sort"
	"strings"
)

// Budgets are the most that parts of a published site may weigh, in bytes as they travel (brotli where that helps).
const (
	BudgetPage   = 45_000    // HTML, style and boot.js of a page: what must arrive before it can be read and clicked
	BudgetProof  = 40_000    // the same of an evidence page
	BudgetItem   = 30_000    // the same of a page of a single call or view
	BudgetEmbed  = 30_000    // the same of a page for frames, which shares its reader with the page around it
	BudgetLoader = 3_000     // embed.js
	BudgetClient = 1_000_000 // client.wasm, without what go-app brings and the page does not use
	BudgetCard   = 40_000    // the picture of a page where it is shared
	BudgetFonts  = 70_000    // the font files that a page preloads
	BudgetWhole  = 400_000   // an explainer in one file, as it is
	BudgetSaved  = 280_000   // what saving an explainer downloads, with its evidence, without the client
)

// Weight is what something weighs against its budget; a Budget of 0 means that there is none.
type Weight struct {
	Name   string
	Bytes  int64
	Budget int64
}

var (
	preloaded = regexp.MustCompile(`<link rel="preload" as="font"[^>]* href="([^"]+)"`)
	proof     = regexp.MustCompile(`/evidence/index\.html$`)
	single    = regexp.MustCompile(`/(?:step|call|view)/[^/]+/index\.html$`)
	framed    = regexp.MustCompile(`/embed/(?:[a-z]+/)?index\.html$`)
	whole     = regexp.MustCompile(`^[^/]+/[^/]+\.[a-z-]+\.html$`)
	linked    = regexp.MustCompile(`(?:<link rel="stylesheet" href|<script src)="([^"]+)"`)
)

// Weigh weighs a built site: each page with what it needs first, its fonts, the client, and every other asset.
func Weigh(dist fs.FS) ([]Weight, error) {
	var weights []Weight
	travel := func(name string) (int64, error) {
		if info, err := fs.Stat(dist, name+".br"); err == nil {
			return info.Size(), nil
		}
		info, err := fs.Stat(dist, name)
		if err != nil {
			return 0, fmt.Errorf("weighing the site: %w", err)
		}
		return info.Size(), nil
	}
	var paths []string
	err := fs.WalkDir(dist, ".", func(p string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && path.Ext(p) != ".br" && path.Ext(p) != ".gz" {
			paths = append(paths, p)
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("weighing the site: %w", err)
	}
	sort.Strings(paths)
	for _, p := range paths {
		bytes, err := travel(p)
		if err != nil {
			return nil, err
		}
		if whole.MatchString(p) {
			info, err := fs.Stat(dist, p)
			if err != nil {
				return nil, fmt.Errorf("weighing the site: %w", err)
			}
			weights = append(weights, Weight{Name: p + " in one file", Bytes: info.Size(), Budget: BudgetWhole})
			continue
		}
		if path.Base(p) == costName {
			data, err := fs.ReadFile(dist, p)
			if err != nil {
				return nil, fmt.Errorf("weighing the site: %w", err)
			}
			var c Cost
			if err := json.Unmarshal(data, &c); err != nil {
				return nil, fmt.Errorf("weighing the site: reading %s: %w", p, err)
			}
			w := Weight{Name: path.Dir(p) + " saved for reading", Bytes: int64(c.Reading)}
			if path.Dir(p) != "." { // of a whole site there is no saying
				w.Budget = BudgetSaved
			}
			weights = append(weights, w)
			continue
		}
		if path.Ext(p) != ".html" {
			w := Weight{Name: p, Bytes: bytes}
			switch {
			case path.Ext(p) == ".wasm":
				w.Budget = BudgetClient
			case p == loaderName:
				w.Budget = BudgetLoader
			case strings.HasPrefix(p, "assets/card."):
				w.Budget = BudgetCard
			}
			weights = append(weights, w)
			continue
		}
		data, err := fs.ReadFile(dist, p)
		if err != nil {
			return nil, fmt.Errorf("weighing the site: %w", err)
		}
		sum := func(found [][]string) (int64, error) {
			var total int64
			for _, m := range found {
				n, err := travel(path.Join(path.Dir(p), m[1]))
				if err != nil {
					return 0, err
				}
				total += n
			}
			return total, nil
		}
		first, err := sum(linked.FindAllStringSubmatch(string(data), -1))
		if err != nil {
			return nil, err
		}
		fonts, err := sum(preloaded.FindAllStringSubmatch(string(data), -1))
		if err != nil {
			return nil, err
		}
		budget := int64(BudgetPage)
		switch {
		case single.MatchString(p):
			budget = BudgetItem
		case proof.MatchString(p):
			budget = BudgetProof
		case framed.MatchString(p):
			budget = BudgetEmbed
		}
		weights = append(weights,
			Weight{Name: p + " alone", Bytes: bytes},
			Weight{Name: p + " with style and boot.js", Bytes: bytes + first, Budget: budget},
			Weight{Name: p + " fonts", Bytes: fonts, Budget: BudgetFonts})
	}
	return weights, nil
}

// PrintWeights writes a table and returns how many are over their budget.
func PrintWeights(w io.Writer, weights []Weight) int {
	over := 0
	for _, x := range weights {
		note := ""
		if x.Budget > 0 {
			note = fmt.Sprintf("  of %9d", x.Budget)
			if x.Bytes > x.Budget {
				over++
				note += "  OVER by " + fmt.Sprint(x.Bytes-x.Budget)
			}
		}
		fmt.Fprintln(w, strings.TrimRight(fmt.Sprintf("%9d%-14s  %s", x.Bytes, note, x.Name), " "))
	}
	return over
}
