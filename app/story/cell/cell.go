// Package cell writes texts into the cells of CSV in such a way that no spreadsheet takes them for formulas, and reads
// them again.
//
//	cell.Guard("=1+1")  // "'=1+1"
//	cell.Bare("'=1+1")  // "=1+1"
package cell

import "regexp"

// Metadata is the name of the file that says what the CSV files beside it are: their version, their licence, and each
// of their columns, as CSV on the Web has it (https://www.w3.org/TR/tabular-metadata/).
const Metadata = "csv-metadata.json"

// About tells readers of the data how to undo Guard.
const About = "So that no spreadsheet takes a text for a formula, an apostrophe stands before a first = + - @, " +
	"also a wide one, of a string that is not a number, and before a first apostrophe. First is what begins the cell, " +
	"or follows a semicolon, a tab or a line end in it, with nothing between but spaces, quotation marks and what is " +
	"invisible. To have the very text, remove that apostrophe. story.json has every text as it is."

// A cell begins with the text, and with what follows a mark that separates cells where a spreadsheet expects no commas,
// as it does in most of Europe.
const begin = `((?:^|[;\t\r\n])[\p{Z}\p{C}"]*)`

// bare matches what may begin a cell with a sign by which spreadsheets know formulas, or with an apostrophe. guarded
// matches what Guard has made of it.
var (
	bare    = regexp.MustCompile(begin + `([=+\-@＝＋－＠'])`)
	guarded = regexp.MustCompile(begin + `'([=+\-@＝＋－＠'])`)
)

// signedNumber matches what stays a number, whatever a spreadsheet makes of it.
var signedNumber = regexp.MustCompile(`^[+-][0-9]+([.,][0-9]+)*\s*%?$`)

// Guard writes a text so that it cannot become a formula in a spreadsheet, as About says. Quotation marks around a cell
// do not prevent that, and CSV has no sign for "this is a text".
func Guard(text string) string {
	if signedNumber.MatchString(text) {
		return text
	}
	return bare.ReplaceAllString(text, "$1'$2")
}

// Bare returns the text of which Guard has made another.
func Bare(text string) string { return guarded.ReplaceAllString(text, "$1$2") }
