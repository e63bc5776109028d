package story

import "strings"

// Markdown writes the text in the Markdown of content: reading it gives the same text.
func (r Rich) Markdown() string {
	text := r.markdown()
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

func (r Rich) markdown() string {
	var b strings.Builder
	for _, run := range r {
		inner := EscapeMarkdown(run.Text) + Rich(run.Runs).markdown()
		switch run.Style {
		case "em":
			b.WriteString("*" + inner + "*")
		case "strong":
			b.WriteString("**" + inner + "**")
		case "foreign":
			b.WriteString("[" + inner + "](lang:" + run.Lang + ")")
		case "":
			b.WriteString(inner)
		default: // kinds of links
			b.WriteString("[" + inner + "](" + run.Href + ")")
		}
	}
	return b.String()
}

// EscapeMarkdown returns Markdown that shows a text as it is, within a paragraph.
func EscapeMarkdown(text string) string {
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
