package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/flate"
	"compress/gzip"
	"io"
	"time"
)

// pack makes the archive that is usual on a system, a zip on Windows and a gzipped tar elsewhere, with the files in one
// folder. It has no owner and one date, so that the same files are the same archive.
func pack(system, folder string, files []packed, date time.Time) (data []byte, ending string, err error) {
	var out bytes.Buffer
	if system == "windows" {
		err = packZip(&out, folder, files, date)
		return out.Bytes(), ".zip", err
	}
	err = packTar(&out, folder, files, date)
	return out.Bytes(), ".tar.gz", err
}

// mode is what a file may be used for.
func (f packed) mode() int64 {
	if f.program {
		return 0o755
	}
	return 0o644
}

func packTar(w io.Writer, folder string, files []packed, date time.Time) error {
	compressed, err := gzip.NewWriterLevel(w, gzip.BestCompression)
	if err != nil {
		return err
	}
	archive := tar.NewWriter(compressed)
	for _, f := range files {
		if err := archive.WriteHeader(&tar.Header{
			Name: folder + "/" + f.name, Size: int64(len(f.data)), Mode: f.mode(), ModTime: date, Format: tar.FormatUSTAR,
		}); err != nil {
			return err
		}
		if _, err := archive.Write(f.data); err != nil {
			return err
		}
	}
	if err := archive.Close(); err != nil {
		return err
	}
	return compressed.Close()
}

func packZip(w io.Writer, folder string, files []packed, date time.Time) error {
	archive := zip.NewWriter(w)
	archive.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) {
		return flate.NewWriter(w, flate.BestCompression)
	})
	for _, f := range files {
		member, err := archive.CreateHeader(&zip.FileHeader{
			Name: folder + "/" + f.name, Method: zip.Deflate, Modified: date,
		})
		if err != nil {
			return err
		}
		if _, err := member.Write(f.data); err != nil {
			return err
		}
	}
	return archive.Close()
}
