package story

import (
	"slices"
	"strings"
)

// IDPattern is the form of ids and of slugs, both of which are parts of addresses. [IsID] is the same without the weight
// that regular expressions would have in the client.
const IDPattern = `^[a-z0-9]+(-[a-z0-9]+)*$`

// IsID reports whether a text has the form of an id.
func IsID(s string) bool {
	hyphen := true // before the first character, where none may be
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

// LongestSlug is how many characters a slug may have: it is a part of the names of files that must stay below the 255 bytes
// that file systems take.
const LongestSlug = 64

// RootNames are what a site has at its root besides the folders of its explainers, without the endings of compressed files.
// A plan that has anything else there is an error, so the list cannot fall behind.
var RootNames = []string{
	"index.html", "assets", "demo", "embed.js",
	"sw.js", "manifest.webmanifest", "offline.json",
	"_headers", "nginx.conf", "Caddyfile",
}

// devices are names that Windows lets no file or folder have.
var devices = []string{
	"con", "prn", "aux", "nul", "com0", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9",
	"lpt0", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
}

// SlugFault is why a name cannot be a slug: the folder of an explainer, and its address.
type SlugFault string

const (
	SlugForm     SlugFault = "form"     // other than lower-case letters, digits and hyphens between them
	SlugLong     SlugFault = "long"     // more than LongestSlug
	SlugReserved SlugFault = "reserved" // one of RootNames
	SlugDevice   SlugFault = "device"   // no folder of a Windows machine
)

// FaultOf returns what is wrong with a slug, or "". Capitals are a fault, so two slugs without one that differ are two folders also
// where file systems do not tell capitals apart.
func FaultOf(slug string) SlugFault {
	switch {
	// First, for they say more than that dots cannot be.
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
