//go:build orca

package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// A blind reader of each language chooses with the keyboard and Orca, GNOME's screen reader: what Orca says is what it
// would send to a voice. This takes a desktop, which runs on a screen that nobody sees, so it has a target of its own
// (make test-orca).
func TestOrca(t *testing.T) {
	server := siteServer(t)
	desk := startOrca(t)
	for _, way := range []struct {
		name, path string
		skip       string   // the skip link to take
		landed     string   // what is said where it leads
		item       string   // how the item is called, to which Tab leads
		heard      []string // what is said once it is chosen
	}{
		{
			"call in English", "/eight-calls/en/?wasm=now", "Skip to the timeline", "Eight calls made public",
			"3, Third call, Monday 19 May 2025",
			[]string{"Selected: 3, Third call, Monday 19 May 2025", "Third call."},
		},
		{
			"actor in Arabic", "/eight-calls/?wasm=off", "إلى الخريطة", "من فعل ماذا",
			"فولوديمير زيلينسكي",
			[]string{"الاختيار: فولوديمير زيلينسكي", "فولوديمير زيلينسكي"},
		},
	} {
		t.Run(way.name, func(t *testing.T) {
			desk.open(t, server.URL+way.path)
			desk.until(t, "Finished loading")
			desk.key(t, "ctrl+Home") // Orca has begun to read, and the next link would be the one where it is
			desk.press(t, "Tab", way.skip, 6)
			desk.key(t, "Return")
			desk.until(t, way.landed)
			desk.press(t, "Tab", way.item, 30)
			desk.key(t, "Return")
			for _, words := range way.heard {
				desk.until(t, words)
			}
		})
	}
}

// orca is a desktop with a browser and a screen reader.
type orca struct {
	env  []string
	said string // file in which Orca writes what it says
	from int    // how much of that was before the last act
}

func startOrca(t *testing.T) *orca {
	t.Helper()
	folder := t.TempDir()
	o := &orca{said: filepath.Join(folder, "said")}
	display := fmt.Sprintf(":%d", 200+os.Getpid()%800)
	for _, name := range []string{"home", "runtime"} {
		if err := os.Mkdir(filepath.Join(folder, name), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	o.env = append(os.Environ(), "DISPLAY="+display, "HOME="+filepath.Join(folder, "home"),
		"XDG_RUNTIME_DIR="+filepath.Join(folder, "runtime"))
	for name, text := range map[string]string{
		".asoundrc":                              "pcm.!default { type null }\nctl.!default { type null }\n",
		".config/speech-dispatcher/speechd.conf": "AudioOutputMethod \"alsa\"\nAddModule \"dummy\" \"sd_dummy\" \"\"\nDefaultModule dummy\n",
	} { // a voice and a loudspeaker that nobody hears
		name = filepath.Join(folder, "home", name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		write(t, name, text)
	}
	o.start(t, "Xvfb", display, "-screen", "0", "1280x900x24")
	address, err := o.command("dbus-daemon", "--session", "--print-address", "--fork", "--nopidfile").Output()
	if err != nil {
		t.Fatalf("starting the desktop's bus: %v", err)
	}
	o.env = append(o.env, "DBUS_SESSION_BUS_ADDRESS="+strings.TrimSpace(string(address)))
	t.Cleanup(func() {
		_ = exec.Command("pkill", "-f", "dbus-daemon --session --print-address --fork --nopidfile").Run()
	})
	o.eventually(t, "the screen", func() bool { return o.command("xdotool", "getdisplaygeometry").Run() == nil })
	o.start(t, "openbox")
	o.start(t, "/usr/libexec/at-spi-bus-launcher", "--launch-immediately")
	o.start(t, "orca", "--debug-file="+o.said, "--replace", "--enable=speech")
	o.until(t, "Screen reader on.")
	return o
}

func (o *orca) command(name string, args ...string) *exec.Cmd {
	cmd := exec.Command(name, args...)
	cmd.Env = o.env
	return cmd
}

// start starts a program that runs to the end of the test.
func (o *orca) start(t *testing.T, name string, args ...string) *exec.Cmd {
	t.Helper()
	cmd := o.command(name, args...)
	if err := cmd.Start(); err != nil {
		t.Fatalf("starting %s: %v", name, err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	return cmd
}

// open opens an address in a browser of its own, which must have a window.
func (o *orca) open(t *testing.T, url string) {
	t.Helper()
	profile, err := os.MkdirTemp("", "sharh-orca-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(profile) }) // what the browser writes while it ends may stay
	o.from = len(o.log(t))
	o.start(t, "chromium", "--no-sandbox", "--no-first-run", "--force-renderer-accessibility", "--disable-gpu",
		"--disable-background-networking", "--disable-features=Translate", "--user-data-dir="+profile, "--window-size=1280,880", url)
}

func (o *orca) key(t *testing.T, key string) {
	t.Helper()
	o.from = len(o.log(t))
	if out, err := o.command("xdotool", "key", key).CombinedOutput(); err != nil {
		t.Fatalf("pressing %s: %v\n%s", key, err, out)
	}
}

// press presses a key until something is said, some times at most. A key that comes while the page begins to be read is
// taken for a wish to be quiet, and what is said late would be taken for the answer to the next key: so after each key
// it must have been quiet for a while, and the last that was said counts.
func (o *orca) press(t *testing.T, key, words string, times int) {
	t.Helper()
	for range times {
		o.key(t, key)
		before, since := 0, time.Now()
		answered := o.within(10*time.Second, func() bool {
			if now := len(o.utterances(t)); now != before {
				before, since = now, time.Now()
			}
			return before > 0 && time.Since(since) > time.Second
		})
		if said := o.utterances(t); answered && strings.Contains(said[len(said)-1], words) {
			return
		}
	}
	t.Fatalf("%d times %s, and %q was not said, but:\n%s", times, key, words, o.speech(t))
}

// until waits until something is said.
func (o *orca) until(t *testing.T, words string) {
	t.Helper()
	o.eventually(t, words, func() bool { return o.hears(t, words) })
}

func (o *orca) hears(t *testing.T, words string) bool {
	t.Helper()
	return strings.Contains(o.speech(t), words)
}

var utterance = regexp.MustCompile(`(?m)^\S+ - SPEECH OUTPUT: '(.*?)'`)

// utterances are what was said since the last act, without the names of keys.
func (o *orca) utterances(t *testing.T) (all []string) {
	t.Helper()
	for _, m := range utterance.FindAllSubmatch(o.log(t)[o.from:], -1) {
		if said := string(bytes.TrimSpace(m[1])); !slices.Contains([]string{"tab", "return", "left shift", "shift"}, said) {
			all = append(all, said)
		}
	}
	return all
}

// speech is that in one line.
func (o *orca) speech(t *testing.T) string {
	t.Helper()
	return strings.Join(o.utterances(t), " ")
}

func (o *orca) log(t *testing.T) []byte {
	t.Helper()
	data, err := os.ReadFile(o.said)
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	return data
}

func (o *orca) eventually(t *testing.T, what string, holds func() bool) {
	t.Helper()
	if !o.within(time.Minute, holds) {
		t.Fatalf("waited in vain for: %s\nOrca said: %s", what, o.speech(t))
	}
}

// within waits until something holds, so long at most, and tells whether it does. Orca writes what it says with a delay,
// until there is more to write; a key that does nothing makes it.
func (o *orca) within(long time.Duration, holds func() bool) bool {
	end := time.Now().Add(long)
	for i := 1; !holds(); i++ {
		if time.Now().After(end) {
			return false
		}
		time.Sleep(100 * time.Millisecond)
		if i%5 == 0 {
			_ = o.command("xdotool", "key", "Shift_L").Run() // tried again in a moment
		}
	}
	return true
}
