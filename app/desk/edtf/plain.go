package edtf

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// The ways in which people write vague dates, and what they are in EDTF. Words are English, since keys of content are;
// what readers see is in their language.
var (
	about    = regexp.MustCompile(`(?i)^(?:c\.|ca\.|ca|circa|about|around)\s*`)
	seasonIn = regexp.MustCompile(`(?i)^(spring|summer|autumn|fall|winter)(?: of)? (-?\d{4})$`)
	quarter  = regexp.MustCompile(`(?i)^(?:Q([1-4]) (\d{4})|(\d{4})[- ]?Q([1-4]))$`)
	decade   = regexp.MustCompile(`(?i)^(?:the )?(\d{3})0['’]?s$`)
	century  = regexp.MustCompile(`(?i)^(?:the )?(\d{1,2})(?:st|nd|rd|th) (?:century|c\.)$`)
	before   = regexp.MustCompile(`(?i)^(\d{1,4}) ?(?:BCE|BC|B\.C\.|B\.C\.E\.)$`)
	common   = regexp.MustCompile(`(?i)^(.*\S) ?(?:\bAD|\bCE|A\.D\.|C\.E\.)$|^(?:AD|A\.D\.) ?(\d.*)$`)
	clock    = regexp.MustCompile(`^(\d{4}-\d\d-\d\d) (\d\d:\d\d(?::\d\d)?) ?(Z|UTC|[+-]\d\d(?::?\d\d)?)?$`)
)

var seasons = map[string]int{"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}

// plain writes in EDTF what people write instead. Anything else stays as it is. era tells that the text names the
// common era, and so the Gregorian calendar.
func plain(text string) (edtf string, era bool) {
	if begin := about.FindString(text); begin != "" {
		edtf, era = plain(text[len(begin):])
		return edtf + "~", era
	}
	if m := common.FindStringSubmatch(text); m != nil {
		text = strings.TrimSpace(m[1] + m[2])
		if n, err := strconv.Atoi(text); err == nil && len(text) < 4 {
			return fmt.Sprintf("%04d", n), true
		}
		edtf, _ = plain(text)
		return edtf, true
	}
	return inWords(text), false
}

func inWords(text string) string {
	if m := seasonIn.FindStringSubmatch(text); m != nil {
		return fmt.Sprintf("%s-%d", m[2], seasons[strings.ToLower(m[1])])
	}
	if m := quarter.FindStringSubmatch(text); m != nil {
		n, _ := strconv.Atoi(m[1] + m[4])
		return fmt.Sprintf("%s-%d", m[2]+m[3], 32+n)
	}
	if m := decade.FindStringSubmatch(text); m != nil {
		return m[1] + "X"
	}
	if m := century.FindStringSubmatch(text); m != nil {
		if n, _ := strconv.Atoi(m[1]); n > 0 {
			return fmt.Sprintf("%02dXX", n-1)
		}
	}
	if m := before.FindStringSubmatch(text); m != nil {
		switch n, _ := strconv.Atoi(m[1]); n {
		case 0:
		case 1:
			return "0000"
		default:
			return fmt.Sprintf("-%04d", n-1)
		}
	}
	if m := clock.FindStringSubmatch(text); m != nil {
		return m[1] + "T" + m[2] + strings.Replace(m[3], "UTC", "Z", 1)
	}
	return text
}
