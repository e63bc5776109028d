package markup

import (
	"strings"

	"sharh/app/story"
)

// Write returns the Markdown of a text as [ParseInline] returns it. Reading it gives the same text, and the same styles
// where Markdown can say them: not in a**"b"**c.
func Write(r story.Rich) string {
	text := written(r)
	// What would begin a block other than a paragraph, at the start of the text.
	end := 0
	for end < len(text) && text[end] >= '0' && text[end] <= '9' {
		end++
	}
	switch {
	case text == "":
	case strings.IndexByte("#>+-=~|", text[0]) >= 0:
		text = `\` + text
	case end > 0 && end < len(text) && (text[end] == '.' || text[end] == ')'):
		text = text[:end] + `\` + text[end:]
	}
	return text
}

func written(r story.Rich) string {
	var b strings.Builder
	for _, run := range r {
		inner := literal(run.Text) + written(run.Runs)
		switch run.Style {
		case "em":
			b.WriteString("*" + inner + "*")
		case "strong":
			b.WriteString("**" + inner + "**")
		case "":
			b.WriteString(inner)
		default: // links, also to a language
			b.WriteString("[" + inner + "](" + run.Href + ")")
		}
	}
	return b.String()
}

// literal returns Markdown that shows a text as it is, within a paragraph.
func literal(text string) string {
	var b strings.Builder
	for i := range len(text) {
		switch c := text[i]; c {
		case '\\', '*', '_', '[', ']', '<', '&', '`':
			b.WriteByte('\\')
			b.WriteByte(c)
		case '\n', '\r', '\t':
			b.WriteByte(' ')
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}
