package source

import _ "embed" // for the source text of the records

// Records is the Go text of the records. The comments of its types and fields are the help that editors of content are
// shown on each key (package schema).
//
//go:embed record.go
var Records string
