package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"

	"github.com/andybalholm/brotli"

	"sharh/app/story"
)

// Depth is what the file holds that the client loads once it is live, each part as it would travel alone, in KB.
type Depth struct {
	File   string  `json:"file"`
	Scenes float64 `json:"scenes"` // of the map
	Search float64 `json:"search"` // what the search finds
}

// mostScenes is the budget for the scenes of an explainer, in KB.
const mostScenes = 15

// depths weighs the depth of an explainer in each of its languages.
func depths(dist, slug string) (all []Depth, err error) {
	files, err := filepath.Glob(filepath.Join(dist, "assets", "depth."+slug+".*.txt"))
	if err != nil {
		return nil, fmt.Errorf("looking for scenes: %w", err)
	}
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("weighing scenes: %w", err)
		}
		items, scenes := story.DepthParts(data)
		all = append(all, Depth{filepath.Base(name), travels(scenes), travels(items)})
	}
	return all, nil
}

// travels returns the size of data as it travels, in KB.
func travels(data []byte) float64 {
	var b bytes.Buffer
	w := brotli.NewWriterLevel(&b, brotli.BestCompression)
	_, _ = w.Write(data) // into memory, which cannot fail
	_ = w.Close()
	return float64(b.Len()) / 1000
}

func (d Depth) verdict() Verdict {
	return Verdict{What: "scenes in " + d.File + ", KB", Limit: mostScenes, Is: d.Scenes, Kept: d.Scenes <= mostScenes}
}
