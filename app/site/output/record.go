package output

import (
	"bytes"
	"encoding/binary"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"sharh/app/site/file"
)

// Stamp is what is known of a file that was written: the sum of its content, and by what it is seen that nobody
// touched it.
type Stamp struct {
	Sum  file.Sum
	Size int64
	Time int64 // of its last change, in nanoseconds since 1970
}

// Stamps are what is known of files, by path.
type Stamps map[string]Stamp

// Record is what is known of a part that was written.
type Record struct {
	Folder, ID string // see Part
	Count      int    // of files
	Files      []byte // packed stamps: a site may have half a million files
	// Folders are the folders that hold the files, with the time at which something last came into them, or went, in
	// nanoseconds since 1970. Of a part with a folder they are those in it.
	Folders map[string]int64
}

// Packed returns what is known in half as many bytes: the files of a part that are the same now as before are there
// once. Unpacked undoes it.
func (k Known) Packed() Known {
	now := k.files()
	k.Before = slices.Clone(k.Before)
	for i, r := range k.Before {
		if bytes.Equal(r.Files, now[r.Folder]) {
			k.Before[i].Files = nil
		}
	}
	return k
}

// Unpacked returns what was packed.
func (k Known) Unpacked() Known {
	now := k.files()
	for i, r := range k.Before {
		if len(r.Files) == 0 && r.Count > 0 {
			k.Before[i].Files = now[r.Folder]
		}
	}
	return k
}

// files returns the packed stamps of the folder, by part.
func (k Known) files() map[string][]byte {
	all := map[string][]byte{}
	for _, r := range k.Now {
		all[r.Folder] = r.Files
	}
	return all
}

// recordOf returns the record of a part whose files have been written. Its folders may get more files of other parts.
func recordOf(p Part, stamps Stamps) Record {
	r := Record{Folder: p.Folder, ID: p.ID, Count: len(stamps), Folders: map[string]int64{}}
	last, at := "", int64(0)
	for _, name := range slices.Sorted(maps.Keys(stamps)) {
		as := stamps[name]
		same := 0
		for same < min(len(last), len(name)) && last[same] == name[same] {
			same++
		}
		r.Files = binary.AppendUvarint(r.Files, uint64(same))
		r.Files = binary.AppendUvarint(r.Files, uint64(len(name)-same))
		r.Files = append(r.Files, name[same:]...)
		r.Files = append(r.Files, as.Sum[:]...)
		r.Files = binary.AppendVarint(r.Files, as.Size)
		r.Files = binary.AppendVarint(r.Files, as.Time-at)
		last, at = name, as.Time
		for f := path.Dir(name); p.Folder == "" || f == p.Folder || strings.HasPrefix(f, p.Folder+"/"); f = path.Dir(f) {
			if _, known := r.Folders[f]; known {
				break
			}
			r.Folders[f] = 0
		}
	}
	return r
}

// each calls do with what is known of each file, until it returns false. It reports whether it never did.
func (r Record) each(do func(name string, as Stamp) bool) bool {
	data, name, as := r.Files, []byte(nil), Stamp{}
	number := func() int {
		n, size := binary.Uvarint(data)
		data = data[size:]
		return int(n)
	}
	signed := func() int64 {
		n, size := binary.Varint(data)
		data = data[size:]
		return n
	}
	for len(data) > 0 {
		same, more := number(), number()
		name = append(name[:same], data[:more]...)
		data = data[more+copy(as.Sum[:], data[more:]):]
		as.Size = signed()
		as.Time += signed()
		if !do(string(name), as) {
			return false
		}
	}
	return true
}

// stamps returns what is known of the files.
func (r Record) stamps() Stamps {
	all := Stamps{}
	r.each(func(name string, as Stamp) bool {
		all[name] = as
		return true
	})
	return all
}

// filesAreUntouched reports whether the files in the folder of a site are of that mode and as they were written.
func (r Record) filesAreUntouched(site string, mode fs.FileMode) bool {
	return r.each(func(name string, as Stamp) bool {
		return untouched(filepath.Join(site, filepath.FromSlash(name)), mode, as)
	})
}

// foldersAreUntouched reports whether nothing came into the folders, or went.
func (r Record) foldersAreUntouched(site string) bool {
	for name, at := range r.Folders {
		info, err := os.Lstat(filepath.Join(site, filepath.FromSlash(name)))
		if err != nil || !info.IsDir() || info.ModTime().UnixNano() != at {
			return false
		}
	}
	return true
}

// stampFolders finds out when something last came into the folders.
func (r Record) stampFolders(site string) error {
	for name := range r.Folders {
		info, err := os.Lstat(filepath.Join(site, filepath.FromSlash(name)))
		if err != nil {
			return err
		}
		r.Folders[name] = info.ModTime().UnixNano()
	}
	return nil
}
