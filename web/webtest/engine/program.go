package engine

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"time"
)

// find returns the path of the first of some programs that is there.
func find(browser, packages string, names ...string) (string, error) {
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", fmt.Errorf("%s: %w (Debian: apt-get install %s)", browser, ErrMissing, packages)
}

// program is a process that runs until it is stopped, or until this process ends.
type program struct {
	cmd *exec.Cmd
}

// run starts a program, and returns what the group of a pattern found in a line that it writes when it is ready.
func run(ready string, env []string, path string, args ...string) (*program, string, error) {
	cmd := exec.Command(path, args...)
	cmd.Env = append(os.Environ(), env...)
	endWithUs(cmd)
	out, in, err := os.Pipe()
	if err != nil {
		return nil, "", err
	}
	cmd.Stdout, cmd.Stderr = in, in
	err = cmd.Start()
	in.Close()
	if err != nil {
		out.Close()
		return nil, "", err
	}
	line := regexp.MustCompile(ready)
	found, ended := make(chan string, 1), make(chan string, 1)
	go func() {
		defer out.Close()
		var said strings.Builder
		for lines := bufio.NewScanner(out); lines.Scan(); {
			if m := line.FindStringSubmatch(lines.Text()); m != nil {
				found <- m[1]
				_, _ = io.Copy(io.Discard, out) // it must not wait for a reader
				return
			}
			fmt.Fprintln(&said, lines.Text())
		}
		ended <- said.String()
	}()
	p := &program{cmd}
	select {
	case what := <-found:
		return p, what, nil
	case said := <-ended:
		p.stop()
		return nil, "", fmt.Errorf("%s ended at its start: %s", path, said)
	case <-time.After(time.Minute):
		p.stop()
		return nil, "", fmt.Errorf("%s was not ready after a minute", path)
	}
}

// stop ends the program.
func (p *program) stop() {
	_ = p.cmd.Process.Kill() // it may have ended
	_ = p.cmd.Wait()
}
