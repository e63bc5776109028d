package source

import _ "embed" // for the source text of the records

// Records is the Go source of the records. Package schema shows the comments of its types and fields to content editors
// as help for each key.
//
//go:embed record.go
var Records string
