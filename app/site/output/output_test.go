package output

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"sharh/app/site/file"
)

// tree is a small site in which each file says which site it is of.
func tree(which string) file.Set {
	files := file.Set{}
	for _, p := range []string{"index.html", "assets/style.css", "bridge/index.html", "bridge/en/index.html", "embed.js"} {
		files[p] = []byte(which + " " + p)
	}
	files["assets/only-"+which] = []byte(which)
	files["only/"+which+"/index.html"] = []byte(which)
	files["assets/font.woff2"] = []byte("the same in all")
	return files
}

// read returns the files of a folder by slash-separated path; of a link, where it leads.
func read(t *testing.T, folder string) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := fs.WalkDir(os.DirFS(folder), ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		if d.Type()&fs.ModeSymlink != 0 {
			all[p], err = os.Readlink(filepath.Join(folder, filepath.FromSlash(p)))
			return err
		}
		data, err := os.ReadFile(filepath.Join(folder, filepath.FromSlash(p)))
		all[p] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// is reports whether a folder is, whole and with nothing else, the site of that name.
func is(t *testing.T, folder, which string) bool {
	t.Helper()
	want := map[string]string{Marker: marked}
	for p, data := range tree(which) {
		want[p] = string(data)
	}
	return maps.Equal(read(t, folder), want)
}

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// alone fails if there is anything beside the folder.
func alone(t *testing.T, folder string) {
	t.Helper()
	entries, err := os.ReadDir(filepath.Dir(folder))
	if err != nil || len(entries) != 1 {
		t.Errorf("got %v, %v beside the site, want it alone", entries, err)
	}
}

// put replaces a folder of which nothing is known.
func put(folder string, files file.Set) error { return putWith(folder, files, disk{}) }

func putWith(folder string, files file.Set, d disk) error {
	_, err := replace(folder, Known{}, []Part{Of(files)}, d)
	return err
}

func TestReplace(t *testing.T) {
	for name, d := range map[string]disk{"in one step": {}, "in two, where the system has not one": {noExchange: true}} {
		t.Run(name, func(t *testing.T) {
			dist := filepath.Join(t.TempDir(), "above", "dist") // above is made
			for _, which := range []string{"old", "new", "new"} {
				if err := putWith(dist, tree(which), d); err != nil {
					t.Fatal(err)
				}
				if !is(t, dist, which) {
					t.Errorf("got %v, want the %s site", read(t, dist), which)
				}
				alone(t, dist)
			}
			empty := filepath.Join(t.TempDir(), "dist")
			if err := os.Mkdir(empty, 0o755); err != nil {
				t.Fatal(err)
			}
			if err := putWith(empty, tree("new"), d); err != nil || !is(t, empty, "new") {
				t.Errorf("an empty folder: got %v, %v", read(t, empty), err)
			}
			alone(t, empty)
		})
	}
}

// A file that is known to be the same is neither written again nor read; any other is a file of its own, whoever has a
// link to the old one.
func TestFilesThatAreTheSameStay(t *testing.T) {
	folder := t.TempDir()
	dist := filepath.Join(folder, "dist")
	at := func(name string) string { return filepath.Join(dist, name) }
	site := file.Set{}
	for _, name := range []string{"same", "empty", "large", "shorter", "another", "moded", "linked", "edited", "gone"} {
		site[name] = []byte("what is in " + name)
	}
	site["empty"], site["large"] = nil, bytes.Repeat([]byte("0123456789abcdef"), 20_000)
	known, err := Replace(dist, Known{}, Of(site))
	if err != nil {
		t.Fatal(err)
	}
	was := map[string]os.FileInfo{}
	for name := range site {
		info, err := os.Stat(at(name))
		if err != nil {
			t.Fatal(err)
		}
		was[name] = info
	}
	kept := filepath.Join(folder, "kept")
	if err := os.Link(at("another"), kept); err != nil {
		if runtime.GOOS != "windows" {
			t.Fatal(err)
		}
		t.Skip("no links here")
	}
	if err := errors.Join(os.Chmod(at("moded"), 0o600), os.Remove(at("linked")), os.Symlink(at("same"), at("linked"))); err != nil {
		t.Fatal(err)
	}
	edited := []byte("WHAT is in edited") // as long as it was
	if err := errors.Join(os.WriteFile(at("edited"), edited, 0o644), os.Chtimes(at("edited"), time.Time{}, time.Now().Add(time.Second)),
		os.Remove(at("gone"))); err != nil {
		t.Fatal(err)
	}
	site["shorter"], site["another"], site["linked"] = []byte("what"), []byte("What is in another"[:18]), site["same"]
	read := &counted{Set: site}
	again, err := Replace(dist, known, Of(read))
	if err != nil {
		t.Fatal(err)
	}
	if slices.Sort(read.paths); !slices.Equal(read.paths, []string{"another", "edited", "gone", "linked", "moded", "shorter"}) {
		t.Errorf("read %v, want what is not known to be the same", read.paths)
	}
	for name, want := range site {
		data, err := os.ReadFile(at(name))
		if err != nil || !bytes.Equal(data, want) {
			t.Errorf("%s: got %d bytes, %v; want those that were given", name, len(data), err)
		}
		info, err := os.Lstat(at(name))
		if err != nil || !info.Mode().IsRegular() || info.Mode() != was[name].Mode() {
			t.Errorf("%s: got %v, %v; want a file as it is written", name, info, err)
			continue
		}
		stays := name == "same" || name == "empty" || name == "large"
		if name != "gone" && os.SameFile(info, was[name]) != stays {
			t.Errorf("%s: it is the file that it was: %t, want %t", name, !stays, stays)
		}
	}
	if data, err := os.ReadFile(kept); err != nil || string(data) != "what is in another" {
		t.Errorf("got %q, %v of a link to what was replaced", data, err)
	}
	read.paths = nil
	if _, err := Replace(dist, again, Of(read)); err != nil || len(read.paths) > 0 {
		t.Errorf("once more: read %v, %v; want nothing", read.paths, err)
	}
}

// A folder is made of the spare one, whatever became of that.
func TestTheSpareFolder(t *testing.T) {
	room := t.TempDir()
	dist, spare := filepath.Join(room, "site", "dist"), filepath.Join(room, "cache", "spare")
	known := Known{Spare: spare}
	build := func(which string) *counted {
		t.Helper()
		files := &counted{Set: tree(which)}
		var err error
		if known, err = Replace(dist, known, Of(files)); err != nil {
			t.Fatal(err)
		}
		if !is(t, dist, which) {
			t.Fatalf("got %v, want the %s site", read(t, dist), which)
		}
		alone(t, dist)
		slices.Sort(files.paths)
		return files
	}
	build("old")
	build("new")
	if !is(t, spare, "old") {
		t.Fatalf("got %v to spare, want the old site", read(t, spare))
	}
	if files := build("old"); len(files.paths) > 0 || !is(t, spare, "new") {
		t.Errorf("wrote %v of what was to spare", files.paths)
	}
	for name, change := range map[string]func() error{
		"files of another": func() error {
			write(t, filepath.Join(spare, "bridge", "notes.txt"), "mine")
			write(t, filepath.Join(spare, "mine", "notes.txt"), "mine")
			return nil
		},
		"another content": func() error {
			name := filepath.Join(spare, "embed.js")
			return errors.Join(os.Remove(name), os.WriteFile(name, []byte("mine"), 0o644))
		},
		"a folder for a file": func() error {
			name := filepath.Join(spare, "embed.js")
			return errors.Join(os.Remove(name), os.Mkdir(name, 0o755))
		},
		"a file for a folder": func() error {
			name := filepath.Join(spare, "bridge")
			return errors.Join(os.RemoveAll(name), os.WriteFile(name, nil, 0o644))
		},
		"a link to elsewhere": func() error {
			name := filepath.Join(spare, "bridge")
			return errors.Join(os.RemoveAll(name), os.Symlink(filepath.Join(dist, "bridge"), name))
		},
		"nothing": func() error { return os.RemoveAll(spare) },
		"no marker, so that it is not ours": func() error {
			return os.Remove(filepath.Join(spare, Marker))
		},
	} {
		for range 2 { // so that the one to spare is "new"
			build("old")
			build("new")
			build("old")
		}
		if err := change(); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		build("new")
		if strings.HasPrefix(name, "no marker") {
			if _, err := os.Stat(filepath.Join(spare, "embed.js")); err != nil {
				t.Errorf("%s: it was touched: %v", name, err)
			}
			if err := os.RemoveAll(spare); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func TestRefusesWhatIsNoSite(t *testing.T) {
	for name, c := range map[string]struct {
		lay  func(t *testing.T, room string) (out string) // lays out a room and returns the folder to write, seen from it
		want string
	}{
		"files of somebody's": {func(t *testing.T, room string) string {
			write(t, room+"/papers/thesis.txt", "years")
			return "papers"
		}, "papers holds files that are not a site built by sharh (it has no file .sharh-site); name another folder, or empty it yourself"},
		"files in a folder named assets": {func(t *testing.T, room string) string {
			write(t, room+"/papers/assets/thesis.txt", "years")
			return "papers"
		}, "papers holds files that are not a site"},
		"a marker of another kind": {func(t *testing.T, room string) string {
			write(t, room+"/papers/"+Marker, "")
			write(t, room+"/papers/thesis.txt", "years")
			return "papers"
		}, "papers holds files that are not a site"},
		"a folder as marker": {func(t *testing.T, room string) string {
			write(t, room+"/papers/"+Marker+"/thesis.txt", "years")
			return "papers"
		}, "papers holds files that are not a site"},
		"a site without a marker": {func(t *testing.T, room string) string {
			for _, p := range []string{"assets/x.css", "index.html", "_headers", "nginx.conf"} {
				write(t, room+"/dist/"+p, "old")
			}
			return "dist"
		}, "dist looks like a site of an older sharh, which left no file .sharh-site to know it by; delete the folder yourself, or name another one"},
		"the working directory": {func(t *testing.T, room string) string { return "." },
			". is the folder that you are in, or holds it; name a folder for the site alone"},
		"the working directory, marked": {func(t *testing.T, room string) string {
			write(t, room+"/"+Marker, marked)
			return room
		}, "is the folder that you are in, or holds it"},
		"a parent of the working directory": {func(t *testing.T, room string) string {
			write(t, room+"/site/"+Marker, marked)
			write(t, room+"/site/in/here.txt", "here")
			t.Chdir(room + "/site/in")
			return ".."
		}, ".. is the folder that you are in, or holds it"},
		"a parent of it by another name": {func(t *testing.T, room string) string {
			write(t, room+"/real/site/"+Marker, marked)
			write(t, room+"/real/site/in/here.txt", "here")
			link(t, room+"/real", room+"/other")
			t.Chdir(room + "/other/site/in")
			return room + "/real/site"
		}, "is the folder that you are in, or holds it"},
		"a home folder": {func(t *testing.T, room string) string {
			write(t, room+"/home/user/"+Marker, marked)
			home(t, filepath.Join(room, "home", "user"))
			return "home/user"
		}, "home/user is a home folder, or holds one; name a folder for the site alone"},
		"one that holds a home": {func(t *testing.T, room string) string {
			write(t, room+"/home/user/file", "x")
			home(t, filepath.Join(room, "home", "user"))
			return "home"
		}, "home is a home folder, or holds one"},
		"a root": {func(t *testing.T, room string) string { return filepath.VolumeName(room) + string(filepath.Separator) },
			" is the root of a disk; name a folder for the site alone"},
		"a repository": {func(t *testing.T, room string) string {
			write(t, room+"/pages/"+Marker, marked)
			write(t, room+"/pages/.git/HEAD", "ref: refs/heads/pages")
			return "pages"
		}, "pages holds a Git repository (.git), which a build would delete; name another folder and copy the site from there"},
		"a work tree deep inside": {func(t *testing.T, room string) string {
			write(t, room+"/pages/"+Marker, marked)
			write(t, room+"/pages/a/b/.git", "gitdir: elsewhere")
			return "pages"
		}, "pages holds a Git repository (a/b/.git)"},
		"a file": {func(t *testing.T, room string) string {
			write(t, room+"/dist", "x")
			return "dist"
		}, "dist is a file; name a folder"},
		"a link to a site": {func(t *testing.T, room string) string {
			write(t, room+"/site/"+Marker, marked)
			write(t, room+"/site/index.html", "x")
			link(t, filepath.Join(room, "site"), room+"/dist")
			return "dist"
		}, "name the folder itself"},
		"a link to nothing": {func(t *testing.T, room string) string {
			link(t, filepath.Join(room, "nothing"), room+"/dist")
			return "dist"
		}, "name the folder itself"},
		"below a file": {func(t *testing.T, room string) string {
			write(t, room+"/file", "x")
			return "file/dist"
		}, "file"},
		"what somebody put where the new site is made": {func(t *testing.T, room string) string {
			write(t, room+"/.dist.sharh-next/thesis.txt", "years")
			return "dist"
		}, "holds files that no build wrote; look at them and delete the folder yourself"},
	} {
		t.Run(name, func(t *testing.T) {
			room := t.TempDir()
			t.Chdir(room)
			out := c.lay(t, room)
			before := read(t, room)
			err := put(out, tree("new"))
			if err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "\n") {
				t.Errorf("got %v, want one line with %q", err, c.want)
			}
			if after := read(t, room); !maps.Equal(before, after) {
				t.Errorf("what was there is no more: got %v, want %v", after, before)
			}
		})
	}
}

func link(t *testing.T, to, name string) {
	t.Helper()
	if err := os.Symlink(to, name); err != nil {
		if runtime.GOOS == "windows" {
			t.Skip("links need a permission here: ", err)
		}
		t.Fatal(err)
	}
}

func home(t *testing.T, folder string) {
	t.Helper()
	name := "HOME"
	if runtime.GOOS == "windows" {
		name = "USERPROFILE"
	}
	t.Setenv(name, folder)
}

// The test program run again, as a build that ends itself.
const (
	endedAt   = "SHARH_TEST_ENDED_AT"   // number of the step before which it ends; 0: it prints its steps and goes on
	endedIn   = "SHARH_TEST_ENDED_IN"   // folder that it writes
	endedSlow = "SHARH_TEST_ENDED_SLOW" // set: without the exchange
	endedWait = "SHARH_TEST_ENDED_WAIT" // set: it waits at that step, until somebody else ends it
	withSpare = "SHARH_TEST_WITH_SPARE" // set: it has a spare folder
)

func TestMain(m *testing.M) {
	folder := os.Getenv(endedIn)
	if folder == "" {
		os.Exit(m.Run())
	}
	at, err := strconv.Atoi(os.Getenv(endedAt))
	if err != nil {
		panic(err)
	}
	known := Known{}
	for range 3 { // the second has the old folder to spare, and the third is made of it
		if os.Getenv(withSpare) == "" {
			break
		}
		known.Spare = filepath.Dir(folder) + ".spare"
		if known, err = Replace(folder, known, Of(tree("old"))); err != nil {
			panic(err)
		}
	}
	n := 0
	var mu sync.Mutex
	_, err = replace(folder, known, []Part{Of(tree("new"))}, disk{
		noExchange: os.Getenv(endedSlow) != "",
		before: func(step, name string) {
			mu.Lock()
			defer mu.Unlock()
			if n++; at == 0 {
				fmt.Println(step)
			}
			if n != at {
				return
			}
			if os.Getenv(endedWait) != "" {
				fmt.Println("waiting")
				time.Sleep(time.Hour) // and no empty select, which the runtime takes for a deadlock and ends
			}
			self, err := os.FindProcess(os.Getpid())
			if err != nil {
				panic(err)
			}
			_ = self.Kill()
			time.Sleep(time.Hour) // the end is near, and may take a moment
		},
	})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

// build is a build as a program of its own.
func build(t *testing.T, folder string, at int, slow bool, more ...string) *exec.Cmd {
	t.Helper()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(program)
	cmd.Env = append(append(os.Environ(), endedIn+"="+folder, endedAt+"="+strconv.Itoa(at)), more...)
	if slow {
		cmd.Env = append(cmd.Env, endedSlow+"=1")
	}
	return cmd
}

func TestBuildThatIsKilledLeavesTheOldSiteOrTheNew(t *testing.T) {
	for name, slow := range map[string]bool{
		"in one step": false, "in two, where the system has not one": true, "in one step, from a spare one": false, "in two, from a spare one": true,
	} {
		t.Run(name, func(t *testing.T) {
			room := t.TempDir()
			if strings.Contains(name, "spare") {
				t.Setenv(withSpare, "1")
			}
			dist := filepath.Join(room, "site", "dist")
			if err := put(dist, tree("old")); err != nil {
				t.Fatal(err)
			}
			printed, err := build(t, dist, 0, slow).Output()
			if err != nil {
				t.Fatal(err)
			}
			steps := strings.Fields(strings.ReplaceAll(string(printed), "set aside", "set-aside"))
			// Ten points spread over the whole, and every one from where the two change places.
			turn := slices.IndexFunc(steps, func(s string) bool { return s == "exchange" || s == "set-aside" })
			if turn < 0 {
				t.Fatalf("steps are %q, want the two to change places", steps)
			}
			points := map[int]bool{}
			for i := range 10 {
				points[1+i*(len(steps)-1)/9] = true
			}
			for i := turn; i < len(steps); i++ {
				points[i+1] = true
			}
			if len(points) < 10 {
				t.Errorf("only %d points in %d steps", len(points), len(steps))
			}
			seen := map[string]bool{}
			for _, at := range slices.Sorted(maps.Keys(points)) {
				dist := filepath.Join(room, strconv.Itoa(at), "dist")
				if err := put(dist, tree("old")); err != nil {
					t.Fatal(err)
				}
				if err := build(t, dist, at, slow).Run(); err == nil {
					t.Fatalf("the build went on after step %d of %d", at, len(steps))
				}
				step := steps[at-1]
				gap := slow && step == "rename"
				switch {
				case gap: // the system has no such step; the next build mends it, tested below
					if !is(t, besides(dist).aside, "old") {
						t.Errorf("ended before %s: the old site is not whole aside", step)
					}
					seen["gap"] = true
				case is(t, dist, "old"):
					seen["old"] = true
				case is(t, dist, "new"):
					seen["new"] = true
				default:
					t.Errorf("ended before step %d, %s: got %v, want the old site or the new", at, step, read(t, dist))
				}
				// A build that fails to write puts back what was set aside; one that does not clears it all.
				if gap {
					if err := put(dist, file.Set{"../x": nil}); err == nil {
						t.Error("a path that leads outside was written")
					}
					if !is(t, dist, "old") {
						t.Error("the old site is not put back")
					}
				}
				if err := put(dist, tree("third")); err != nil {
					t.Errorf("the build after one that ended before step %d, %s: %v", at, step, err)
				} else if !is(t, dist, "third") {
					t.Errorf("the build after one that ended before step %d, %s: got %v", at, step, read(t, dist))
				}
				alone(t, dist)
			}
			if !seen["old"] || !seen["new"] || seen["gap"] != slow {
				t.Errorf("saw %v, want the old site, the new one, and a gap only where the system has no exchange", seen)
			}
		})
	}
}

func TestTwoBuildsAtOnce(t *testing.T) {
	t.Run("another program is refused, and what it left when killed is taken over", func(t *testing.T) {
		dist := filepath.Join(t.TempDir(), "dist")
		if err := put(dist, tree("old")); err != nil {
			t.Fatal(err)
		}
		other := build(t, dist, 9, false, endedWait+"=1")
		out, err := other.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := other.Start(); err != nil {
			t.Fatal(err)
		}
		if line, err := bufio.NewReader(out).ReadString('\n'); line != "waiting\n" {
			t.Fatalf("got %q, %v", line, err)
		}
		err = put(dist, tree("third"))
		if !errors.Is(err, ErrBusy) || strings.Contains(err.Error(), "\n") {
			t.Errorf("got %v, want one line that another build is writing it", err)
		}
		if !is(t, dist, "old") {
			t.Error("the old site was touched")
		}
		if _, err := os.Stat(besides(dist).next); err != nil {
			t.Errorf("what the running build wrote was cleared: %v", err)
		}
		if err := other.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = other.Wait() // it was killed
		if err := put(dist, tree("third")); err != nil || !is(t, dist, "third") {
			t.Errorf("after it was killed: %v", err)
		}
		alone(t, dist)
	})
	t.Run("many at once never mix", func(t *testing.T) {
		dist := filepath.Join(t.TempDir(), "dist")
		var wg sync.WaitGroup
		done := make(chan int, 4)
		for i := range 4 {
			wg.Go(func() {
				written := 0
				for range 20 {
					switch err := put(dist, tree(strconv.Itoa(i))); {
					case err == nil:
						written++
					case !errors.Is(err, ErrBusy):
						t.Error(err)
					}
				}
				done <- written
			})
		}
		wg.Wait()
		total := 0
		for range 4 {
			total += <-done
		}
		if total == 0 {
			t.Error("none was written")
		}
		if !slices.ContainsFunc([]string{"0", "1", "2", "3"}, func(which string) bool { return is(t, dist, which) }) {
			t.Errorf("got a mixture: %v", read(t, dist))
		}
		alone(t, dist)
	})
}

// counted are files that say which of them were read.
type counted struct {
	file.Set
	paths []string
}

func (c *counted) Read(path string) ([]byte, error) {
	c.paths = append(c.paths, path)
	return c.Set.Read(path)
}

// failing writes over a site in a folder that does not take it.
func failing(t *testing.T, dist string, files file.Set, want string) {
	t.Helper()
	err := put(dist, files)
	if err == nil || !strings.HasPrefix(err.Error(), "writing the site to "+dist+": ") || !strings.Contains(err.Error(), want) {
		t.Errorf("got %v, want what was attempted, and %q", err, want)
	}
	if !is(t, dist, "old") {
		t.Errorf("got %v, want the old site", slices.Sorted(maps.Keys(read(t, dist))))
	}
}

func TestDiskThatIsFullKeepsTheOldSite(t *testing.T) {
	small := smallDisk(t, 1<<20)
	dist := filepath.Join(small, "dist")
	if err := put(dist, tree("old")); err != nil {
		t.Fatal(err)
	}
	large := tree("new")
	large["assets/client.wasm"] = bytes.Repeat([]byte("x"), 2<<20)
	failing(t, dist, large, "no space left")
	alone(t, dist) // nor is the space taken that the attempt took
	if err := put(dist, tree("new")); err != nil || !is(t, dist, "new") {
		t.Errorf("a site that fits: %v", err)
	}
}

func TestDiskThatCannotBeWrittenKeepsTheOldSite(t *testing.T) {
	small := smallDisk(t, 1<<20)
	dist := filepath.Join(small, "dist")
	if err := put(dist, tree("old")); err != nil {
		t.Fatal(err)
	}
	readOnly(t, small)
	failing(t, dist, tree("new"), "read-only")
}

func TestFolderWithoutPermissionKeepsTheOldSite(t *testing.T) {
	if os.Geteuid() == 0 || runtime.GOOS == "windows" {
		t.Skip("permissions do not hold for this user")
	}
	room := t.TempDir()
	dist := filepath.Join(room, "dist")
	if err := put(dist, tree("old")); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(room, 0o555); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Chmod(room, 0o755) }) // so that the folder can be removed
	failing(t, dist, tree("new"), "permission denied")
}
