package diag

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// use is a text that source code asks for. Its code is that of a rule, or "" for a text that all rules share.
type use struct {
	code, variant string
	args          int
	pos           string
}

// uses collects the calls of Error, Warn, Advise, Note and Say in the packages that report problems.
func uses(t *testing.T) []use {
	t.Helper()
	var all []use
	fset := token.NewFileSet()
	for _, dir := range []string{".", "../source", "../markup", "../check", "../rulebook", "../importer", "../../../cmd/sharh"} {
		names, err := filepath.Glob(filepath.Join(dir, "*.go"))
		if err != nil || len(names) == 0 {
			t.Fatalf("%s: got no files, error %v", dir, err)
		}
		for _, name := range names {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			file, err := parser.ParseFile(fset, name, data, 0)
			if err != nil {
				t.Fatal(err)
			}
			for _, decl := range file.Decls {
				if f, ok := decl.(*ast.FuncDecl); ok && f.Body != nil {
					all = append(all, usesIn(t, fset, f)...)
				}
			}
		}
	}
	return all
}

func usesIn(t *testing.T, fset *token.FileSet, f *ast.FuncDecl) []use {
	var all []use
	codes := map[string]string{} // rule by the name of a variable that holds a problem
	literal := func(e ast.Expr) string {
		if l, ok := e.(*ast.BasicLit); ok && l.Kind == token.STRING {
			s, _ := strconv.Unquote(l.Value)
			return s
		}
		return ""
	}
	method := func(e ast.Expr) (receiver ast.Expr, name string, args []ast.Expr) {
		call, ok := e.(*ast.CallExpr)
		if !ok {
			return nil, "", nil
		}
		switch fun := call.Fun.(type) {
		case *ast.SelectorExpr:
			return fun.X, fun.Sel.Name, call.Args
		case *ast.Ident:
			return nil, fun.Name, call.Args
		}
		return nil, "", nil
	}
	// codeOf returns the rule of a chain such as list.Error(…).Suggest(…).
	var codeOf func(e ast.Expr) string
	codeOf = func(e ast.Expr) string {
		if id, ok := e.(*ast.Ident); ok {
			return codes[id.Name]
		}
		receiver, name, args := method(e)
		if (name == "Error" || name == "Warn") && len(args) > 2 {
			return literal(args[1])
		}
		if receiver != nil {
			return codeOf(receiver)
		}
		return ""
	}
	ast.Inspect(f.Body, func(n ast.Node) bool {
		if a, ok := n.(*ast.AssignStmt); ok && len(a.Lhs) == 1 && len(a.Rhs) == 1 {
			if id, ok := a.Lhs[0].(*ast.Ident); ok {
				if code := codeOf(a.Rhs[0]); code != "" {
					codes[id.Name] = code
				}
			}
		}
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return true
		}
		receiver, name, args := method(call)
		pos := fset.Position(call.Pos()).String()
		switch {
		case (name == "Error" || name == "Warn") && len(args) > 2:
			all = append(all, use{literal(args[1]), literal(args[2]), len(args) - 3, pos})
		case name == "Advise" && receiver != nil && len(args) > 0:
			all = append(all, use{codeOf(receiver), literal(args[0]), len(args) - 1, pos})
		case name == "Note" && receiver != nil && len(args) > 1:
			all = append(all, use{codeOf(receiver), literal(args[1]), len(args) - 2, pos})
		case name == "Say" && len(args) > 0:
			all = append(all, use{"", literal(args[0]), len(args) - 1, pos})
		}
		return true
	})
	return all
}

// Variants of Say whose names source code computes: kinds of items, days of the week and the like.
var madeUp = regexp.MustCompile(`^(md-|weekday-|digits-|help-(error|warning)$|this-|these-|error$|warning$|` +
	`actor$|call$|camp$|event$|group$|mark$|section$|speaker$|statement$|relation$|term$|view$|source$)`)

var place = regexp.MustCompile(`\{([a-z])\}`)

// places returns the placeholders of a text, from all its plural forms.
func places(x text) []string {
	var all []string
	for _, form := range x.forms {
		for _, m := range place.FindAllStringSubmatch(form, -1) {
			if !slices.Contains(all, m[1]) {
				all = append(all, m[1])
			}
		}
	}
	slices.Sort(all)
	return all
}

func TestEverythingSaidIsInEveryCatalogueWithItsArguments(t *testing.T) {
	said := map[string]bool{}
	for _, u := range uses(t) {
		if u.variant == "" && u.code == "" {
			continue // computed; see madeUp
		}
		if u.variant == "" {
			t.Errorf("%s: the variant is not a literal, so that nobody can see whether it exists", u.pos)
			continue
		}
		said[u.code+"/"+u.variant] = true
		for lang, c := range catalogues() {
			x, ok := c.text(u.code, u.variant)
			if !ok {
				t.Errorf("%s: %s.yaml has no text %q of %q", u.pos, lang, u.variant, u.code)
				continue
			}
			want := []string{}
			for i := range u.args {
				want = append(want, string(rune('a'+i)))
			}
			// A text may leave an argument out, since another language may need it.
			for _, p := range places(x) {
				if !slices.Contains(want, p) {
					t.Errorf("%s: the text %s/%s in %s.yaml has a place {%s}, the call %d arguments", u.pos, u.code, u.variant, lang, p, u.args)
				}
			}
		}
	}
	for lang, c := range catalogues() {
		for code, texts := range c.byCode {
			for variant := range texts {
				if !said[code+"/"+variant] {
					t.Errorf("%s.yaml: nobody says %q of %q", lang, variant, code)
				}
			}
		}
		for variant := range c.Shared {
			if !said["/"+variant] && !madeUp.MatchString(variant) && variant != "errors" {
				t.Errorf("%s.yaml: nobody says %q", lang, variant)
			}
		}
	}
}

func TestCataloguesSayTheSame(t *testing.T) {
	en, ar := catalogueOf("en"), catalogueOf("ar")
	if got, want := codes(ar), codes(en); !slices.Equal(got, want) {
		t.Fatalf("ar.yaml has the rules %q, en.yaml %q", got, want)
	}
	compare := func(where string, a, b map[string]text) {
		for variant, x := range a {
			y, ok := b[variant]
			switch {
			case !ok:
				t.Errorf("%s: %q is in one catalogue only", where, variant)
			case !reflect.DeepEqual(places(x), places(y)):
				t.Errorf("%s: %q has the places %v in one catalogue and %v in the other", where, variant, places(x), places(y))
			}
			if x.forms["other"] == "" {
				t.Errorf("%s: %q is empty", where, variant)
			}
		}
	}
	compare("shared", en.Shared, ar.Shared)
	compare("shared", ar.Shared, en.Shared)
	for i, r := range en.Rules {
		compare(r.Code, r.Texts, ar.Rules[i].Texts)
		compare(r.Code, ar.Rules[i].Texts, r.Texts)
		for lang, r := range map[string]Rule{"en": r, "ar": ar.Rules[i]} {
			if r.Title == "" || strings.TrimSpace(r.Why) == "" {
				t.Errorf("%s: %s has no title or no reason", lang, r.Code)
			}
		}
	}
}

func codes(c *catalogue) []string {
	var all []string
	for _, r := range c.Rules {
		all = append(all, r.Code)
	}
	return all
}

// In Arabic texts, Latin words must be between backticks, so that they are isolated.
func TestArabicIsolatesWhatIsNotArabic(t *testing.T) {
	outside := regexp.MustCompile("`[^`]*`|\\{[a-z]\\}")
	latin := regexp.MustCompile(`[A-Za-z]`)
	check := func(where, s string) {
		if left := outside.ReplaceAllString(s, ""); latin.MatchString(left) {
			t.Errorf("%s: Latin letters outside of backticks: %s", where, s)
		}
	}
	c := catalogueOf("ar")
	for variant, x := range c.Shared {
		for _, form := range x.forms {
			check(variant, form)
		}
	}
	for _, r := range c.Rules {
		check(r.Code, r.Title)
		check(r.Code, r.Why)
		for variant, x := range r.Texts {
			check(fmt.Sprint(r.Code, "/", variant), x.forms["other"])
		}
	}
}
