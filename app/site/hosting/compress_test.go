package hosting

import (
	"bytes"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/andybalholm/brotli"

	"sharh/app/site/file"
)

// What a file is compressed to does not depend on the files before.
func TestCompressedAlike(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	text := func(size int) []byte {
		var b bytes.Buffer
		for b.Len() < size {
			b.WriteString(`<a href="#` + strconv.Itoa(r.IntN(500)) + `">` + strconv.Itoa(r.IntN(1e5)) + "</a>\n")
		}
		return b.Bytes()
	}
	small, large := text(80_000), text(1<<20+1000)
	for _, e := range compressions {
		for _, level := range []int{e.best, e.good, e.middling, e.drawings, e.quick} {
			encoded := func(data []byte) []byte {
				made, err := e.encode(data, level)
				if err != nil {
					t.Fatal(err)
				}
				return made
			}
			writers.Clear()
			first := encoded(small)
			writers.Clear()
			_ = encoded(large)
			if again := encoded(small); !bytes.Equal(first, again) {
				t.Errorf("%s, level %d: %d bytes, and %d after a large file", e.Ext, level, len(first), len(again))
			}
		}
	}
}

// What is begun is kept where Compress finds it. Where nothing is kept, nothing is begun.
func TestBegin(t *testing.T) {
	page := bytes.Repeat([]byte("what is said of the bridge "), 100)
	for name, x := range map[string]struct {
		c    Compression
		kept int
	}{
		"best": {Compression{}, 1}, "quick": {Compression{Quick: true}, 0}, "forgotten": {Compression{Forget: true}, 0},
	} {
		x.c.Kept, x.c.Enough = t.TempDir(), func(string) int64 { return 0 }
		synctest.Test(t, func(t *testing.T) {
			x.c.Begin("depth.txt", page)
			synctest.Wait() // until it is done
		})
		made, err := filepath.Glob(filepath.Join(x.c.Kept, "made", "*.br"))
		if err != nil || len(made) != x.kept {
			t.Errorf("%s: got %q, %v; want %d kept", name, made, err, x.kept)
		}
		files := file.Set{"depth.txt": page}
		if err := x.c.Compress(files); err != nil {
			t.Fatal(err)
		}
		again, err := filepath.Glob(filepath.Join(x.c.Kept, "made", "*.br"))
		if err != nil || x.kept > 0 && !slices.Equal(made, again) {
			t.Errorf("%s: Compress made %q, %v, beside what was begun, %q", name, again, err, made)
		}
	}
}

// A file is compressed as well as can be where the middling level would leave too many bytes, and only there; with a
// cache or without, the bytes are the same.
func TestEnough(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	var text strings.Builder
	words := strings.Fields("bridge closed river council and of the says before after in port cost date dam ministry water")
	for range 4000 {
		text.WriteString(words[r.IntN(len(words))] + " ")
	}
	page := []byte(text.String())
	kept := t.TempDir()
	size := func(c Compression, enough int64) int64 {
		t.Helper()
		c.Enough = func(string) int64 { return enough }
		files := file.Set{"index.html": page}
		if err := c.Compress(files); err != nil {
			t.Fatal(err)
		}
		back, err := io.ReadAll(brotli.NewReader(bytes.NewReader(files["index.html.br"])))
		if err != nil || !bytes.Equal(back, page) || files["index.html.gz"] == nil {
			t.Errorf("enough %d: what was compressed is not what is read, %v", enough, err)
		}
		return int64(len(files["index.html.br"]))
	}
	best, middling := size(Compression{}, 0), size(Compression{}, math.MaxInt64)
	if best >= middling {
		t.Fatalf("the best is %d bytes, and middling %d", best, middling)
	}
	// A long file is compressed at the good level, and only there.
	good := size(Compression{Long: len(page) - 1}, 0)
	if good <= best || good >= middling {
		t.Errorf("the good level makes %d bytes, the best %d, the middling one %d", good, best, middling)
	}
	for _, x := range []struct {
		long         int
		enough, want int64
	}{{len(page), 0, best}, {len(page) - 1, 1, good}, {1, middling, middling}} {
		if got := size(Compression{Kept: kept, Long: x.long}, x.enough); got != x.want {
			t.Errorf("more than %d bytes are long, %d are enough: got %d, want %d", x.long, x.enough, got, x.want)
		}
	}
	for range 2 { // the second time from the cache
		for enough, want := range map[int64]int64{0: best, 1: best, middling - 1: best, middling: middling, middling + 1: middling} {
			for _, forget := range []bool{false, true} {
				if got := size(Compression{Kept: kept, Forget: forget}, enough); got != want {
					t.Errorf("%d bytes are enough, forget %t: got %d, want %d", enough, forget, got, want)
				}
			}
		}
	}
	// A drawing has a level of its own.
	c := Compression{Enough: func(string) int64 { return math.MaxInt64 }}
	files := file.Set{"map.svg": page}
	if err := c.Compress(files); err != nil {
		t.Fatal(err)
	}
	back, err := io.ReadAll(brotli.NewReader(bytes.NewReader(files["map.svg.br"])))
	if err != nil || !bytes.Equal(back, page) || int64(len(files["map.svg.br"])) == middling {
		t.Errorf("a drawing of %d bytes is read as %d, %v, of %d", len(page), len(back), err, len(files["map.svg.br"]))
	}
	// What is made fast is not kept.
	empty := t.TempDir()
	size(Compression{Kept: empty, Forget: true}, math.MaxInt64)
	size(Compression{Kept: empty, Quick: true}, 0)
	if entries, err := os.ReadDir(empty); err != nil || len(entries) > 0 {
		t.Errorf("%d entries were kept, %v", len(entries), err)
	}
}
