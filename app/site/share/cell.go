package share

import "regexp"

// Spreadsheets take a cell for a formula if it begins with one of these, the wide ones too; as a regular expression.
const formulaSigns = `=+\-@＝＋－＠`

// aboutTexts tells readers of the data how to undo Cell.
const aboutTexts = "So that no spreadsheet takes a text for a formula, an apostrophe stands before a first = + - @ of a " +
	"string that is not a number, and before a first apostrophe; first is what begins the cell, or follows a semicolon, " +
	"a tab or a line end in it, with nothing but spaces and quotation marks between. To have the very text, remove that " +
	"apostrophe. story.json has every text as it is."

// cellStart matches what may be the beginning of a cell: that of the text, or what follows a mark that separates cells
// where a spreadsheet expects no commas, as it does in most of Europe. The second group is the sign that is first there.
var cellStart = regexp.MustCompile(`((?:^|[;\t\r\n])[\p{Z}"]*)([` + formulaSigns + `'])`)

// signedNumber matches what stays a number, whatever a spreadsheet makes of it.
var signedNumber = regexp.MustCompile(`^[+-][0-9]+([.,][0-9]+)*\s*%?$`)

// Cell writes a text so that it cannot become a formula in a spreadsheet, and as aboutTexts says. Quotation marks around a
// cell do not prevent that, and CSV has no sign for "this is a text".
func Cell(text string) string {
	if signedNumber.MatchString(text) {
		return text
	}
	return cellStart.ReplaceAllString(text, "$1'$2")
}
