package share

import "regexp"

// aboutTexts tells readers of the data how to undo cell.
const aboutTexts = "So that no spreadsheet takes a text for a formula, an apostrophe stands before a first = + - @, " +
	"also a wide one, of a string that is not a number, and before a first apostrophe. First is what begins the cell, " +
	"or follows a semicolon, a tab or a line end in it, with nothing between but spaces, quotation marks and what is " +
	"invisible. To have the very text, remove that apostrophe. story.json has every text as it is."

// cellStart matches what may begin a cell with a sign by which spreadsheets know formulas, or with an apostrophe. A
// cell begins with the text, and with what follows a mark that separates cells where a spreadsheet expects no commas,
// as it does in most of Europe.
var cellStart = regexp.MustCompile(`((?:^|[;\t\r\n])[\p{Z}\p{C}"]*)([=+\-@＝＋－＠'])`)

// signedNumber matches what stays a number, whatever a spreadsheet makes of it.
var signedNumber = regexp.MustCompile(`^[+-][0-9]+([.,][0-9]+)*\s*%?$`)

// cell writes a text so that it cannot become a formula in a spreadsheet, as aboutTexts says. Quotation marks around a
// cell do not prevent that, and CSV has no sign for "this is a text".
func cell(text string) string {
	if signedNumber.MatchString(text) {
		return text
	}
	return cellStart.ReplaceAllString(text, "$1'$2")
}
