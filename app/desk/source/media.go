package source

import (
	"errors"
	"io/fs"
	"path"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"sync"

	"sharh/app/picture"
)

// MediaFolder is the folder of an explainer's pictures.
const MediaFolder = "media"

// Medium is a file in the folder of pictures. Only those that a record names are looked at.
type Medium struct {
	picture.Facts
	Bytes int64
	Fault *picture.Fault // why it cannot be used, nil if it can; its kinds are those of package picture, and "link", "bytes" and "unreadable"
}

// stray reports whether a name is one that systems give to files which nobody put there.
func stray(name string) bool {
	return strings.HasPrefix(name, ".") || strings.EqualFold(name, "thumbs.db") || strings.EqualFold(name, "desktop.ini")
}

// media lists the folder of pictures, and looks at those that records name.
func (l loader) media() {
	l.set.Media = map[string]*Medium{}
	folder := path.Join(l.set.Slug, MediaFolder)
	beside, _ := fs.ReadDir(l.content, l.set.Slug)
	if !slices.ContainsFunc(beside, func(e fs.DirEntry) bool { return e.Name() == MediaFolder && e.IsDir() }) {
		return // there is none, or a link to where files are that nobody meant to publish
	}
	entries, err := fs.ReadDir(l.content, folder)
	if err != nil {
		return // the pictures in it are missing
	}
	for _, e := range entries {
		if e.IsDir() || stray(e.Name()) {
			continue
		}
		m := &Medium{}
		if !e.Type().IsRegular() {
			m.Fault = &picture.Fault{Kind: "link"}
		}
		l.set.Media[e.Name()] = m
	}
	named := map[string]*Medium{}
	Walk(l.set, func(p *Picture, _ reflect.StructTag) {
		if m := l.set.Media[p.File.Value]; m != nil && m.Fault == nil {
			named[p.File.Value] = m
		}
	})
	// Large pictures take a while to decode.
	var wait sync.WaitGroup
	free := make(chan bool, runtime.GOMAXPROCS(0))
	for name, m := range named {
		free <- true
		wait.Go(func() {
			m.look(l.content, path.Join(folder, name))
			<-free
		})
	}
	wait.Wait()
}

func (m *Medium) look(content fs.FS, name string) {
	info, err := fs.Stat(content, name)
	if err == nil {
		m.Bytes = info.Size()
	}
	if m.Bytes > picture.MostBytes {
		m.Fault = &picture.Fault{Kind: "bytes"}
		return
	}
	data, err := fs.ReadFile(content, name)
	if err != nil {
		m.Fault = &picture.Fault{Kind: "unreadable"}
		return
	}
	if m.Facts, err = picture.Look(data); err != nil && !errors.As(err, &m.Fault) {
		m.Fault = &picture.Fault{Kind: "broken"}
	}
}
