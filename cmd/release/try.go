package main

import (
	"archive/tar"
	"bufio"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"time"
)

// try does what an editor does first with an archive, on a machine without Go: unpacks it, begins an explainer, checks
// it, builds it, and opens it in the preview.
func try(ctx context.Context, archive string) error {
	place, err := os.MkdirTemp("", "sharh-try-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(place)
	folder, err := unpack(archive, place)
	if err != nil {
		return fmt.Errorf("unpacking: %w", err)
	}
	sharh := func(args ...string) *exec.Cmd {
		cmd := exec.CommandContext(ctx, filepath.Join(folder, "sharh"), args...)
		cmd.Dir = folder
		// Nothing of this machine is known to it: no path on which Go could be found, no home folder with a cache.
		cmd.Env = []string{"HOME=" + place, "PATH="}
		return cmd
	}
	for _, args := range [][]string{
		{"--version"}, {"new", "first-try"}, {"check"}, {"build", "first-try"},
	} {
		if out, err := sharh(args...).CombinedOutput(); err != nil {
			return fmt.Errorf("sharh %s: %w\n%s", strings.Join(args, " "), err, out)
		}
	}
	built, err := os.ReadFile(filepath.Join(folder, "dist", "first-try", "index.html"))
	if err != nil {
		return err
	}
	if _, err := client(string(built)); err != nil {
		return fmt.Errorf("the built page: %w", err)
	}
	return open(sharh("serve", "--port", "0"))
}

// open starts the preview, reads its first page, and the client that the page names, and ends it.
func open(serve *exec.Cmd) (err error) {
	said, err := serve.StdoutPipe()
	if err != nil {
		return err
	}
	if err := serve.Start(); err != nil {
		return err
	}
	defer func() {
		err = errors.Join(err, serve.Process.Kill())
		serve.Wait() // it was killed: how it ended says nothing
	}()
	address := regexp.MustCompile(`http://\S+/first-try/`)
	lines := bufio.NewScanner(said)
	for lines.Scan() {
		at := address.FindString(lines.Text())
		if at == "" {
			continue
		}
		page, err := get(at)
		if err != nil {
			return err
		}
		name, err := client(page)
		if err != nil {
			return fmt.Errorf("the preview's page: %w", err)
		}
		_, err = get(at[:strings.Index(at, "/first-try/")] + name)
		return err
	}
	return errors.Join(errors.New("sharh serve printed no address of the explainer"), lines.Err())
}

// client is the address of the client that a page loads.
func client(page string) (string, error) {
	name := regexp.MustCompile(`/assets/client\.[0-9a-zA-Z_-]+\.wasm`).FindString(page)
	if name == "" {
		return "", errors.New("it names no client")
	}
	return name, nil
}

// get reads an address.
func get(address string) (string, error) {
	c := http.Client{Timeout: time.Minute}
	answer, err := c.Get(address)
	if err != nil {
		return "", err
	}
	defer answer.Body.Close()
	data, err := io.ReadAll(answer.Body)
	if err == nil && answer.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s answers %s", address, answer.Status)
	}
	return string(data), err
}

// unpack unpacks a gzipped tar and returns the folder that it has.
func unpack(archive, place string) (folder string, err error) {
	f, err := os.Open(archive)
	if err != nil {
		return "", err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return "", err
	}
	for t := tar.NewReader(z); ; {
		h, err := t.Next()
		if errors.Is(err, io.EOF) {
			return folder, nil
		}
		if err != nil {
			return "", err
		}
		if !filepath.IsLocal(h.Name) {
			return "", fmt.Errorf("%s would be outside of the folder", h.Name)
		}
		name := filepath.Join(place, filepath.FromSlash(h.Name))
		folder = filepath.Join(place, strings.Split(h.Name, "/")[0])
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			return "", err
		}
		out, err := os.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, h.FileInfo().Mode())
		if err != nil {
			return "", err
		}
		if _, err := io.Copy(out, t); err != nil {
			return "", errors.Join(err, out.Close())
		}
		if err := out.Close(); err != nil {
			return "", err
		}
	}
}
