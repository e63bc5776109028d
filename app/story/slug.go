package story

import (
	"slices"
	"strings"
)

// IDPattern is the form of ids and slugs, which are both parts of addresses. [IsID] checks the same without a regular
// expression, which would make the client larger.
const IDPattern = `^[a-z0-9]+(-[a-z0-9]+)*$`

// IsID reports whether a text has the form of an id.
func IsID(s string) bool {
	hyphen := true // true at the start, where a hyphen is not allowed either
	for i := range len(s) {
		switch c := s[i]; {
		case c == '-' && !hyphen:
			hyphen = true
		case c >= 'a' && c <= 'z', c >= '0' && c <= '9':
			hyphen = false
		default:
			return false
		}
	}
	return !hyphen
}

// LongestSlug is the greatest number of characters of a slug. Slugs are parts of file names, which file systems limit
// to 255 bytes.
const LongestSlug = 64

// RootNames are the files and folders at the root of a site besides the explainers' folders, without the endings of
// compressed files. Planning a site with any other name there fails, so the list stays complete.
var RootNames = []string{
	"index.html", "404.html", "assets", "demo", "embed.js",
	"sw.js", "manifest.webmanifest", "offline.json",
	"_headers", "nginx.conf", "Caddyfile",
	"sitemap.xml", "sitemap-shelf.xml", "robots.txt", "feed.xml",
}

// devices are names that Windows allows for no file or folder.
var devices = []string{
	"con", "prn", "aux", "nul", "com0", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9",
	"lpt0", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
}

// SlugFault is the reason why a name cannot be a slug, which is the folder of an explainer and part of its address.
type SlugFault string

const (
	SlugForm     SlugFault = "form"     // characters other than lower-case letters, digits and single hyphens between them
	SlugLong     SlugFault = "long"     // longer than LongestSlug
	SlugReserved SlugFault = "reserved" // one of RootNames
	SlugDevice   SlugFault = "device"   // a name that Windows does not allow
)

// FaultOf returns what is wrong with a slug, or "". Capitals are a fault, so two different valid slugs are two folders
// even on file systems that ignore case.
func FaultOf(slug string) SlugFault {
	switch {
	// This check comes first: a name such as index.html also fails IsID, but "reserved" tells the writer more.
	case slices.ContainsFunc(RootNames, func(name string) bool { return strings.EqualFold(name, slug) }):
		return SlugReserved
	case !IsID(slug):
		return SlugForm
	case len(slug) > LongestSlug:
		return SlugLong
	case slices.Contains(devices, slug):
		return SlugDevice
	}
	return ""
}
