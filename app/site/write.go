package site

import "sharh/app/site/output"

// Write makes folder hold exactly the planned files, and the marker by which the next build knows the folder for a site.
// Package output says what it refuses, and why neither half a site nor anything else can be lost.
func (f Files) Write(folder string) error { return output.Replace(folder, f) }

// Writable returns an error if Write would refuse the folder: to say so before a long build.
func Writable(folder string) error { return output.Check(folder) }
