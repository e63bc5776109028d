package importer

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"sharh/app/desk/diag"
	"sharh/app/desk/edtf"
	"sharh/app/desk/source"
)

// slide is a row of a TimelineJS sheet, or an entry of its JSON.
type slide struct {
	kind           string // "title", "era", or an event
	from, to       string // EDTF, or as they are written
	display        string // shown in place of the date
	headline, text string
	group, id      string
	media          map[string]string // url, credit, caption, thumbnail, alt, link
	background     string

	place func(what string) diag.Pos // of the slide, or of one of its parts
}

// timelineSheet reads a sheet with the columns of TimelineJS 3 (Year, Month, Day …) or 2 (Start Date, End Date).
func (r *reading) timelineSheet(t *table) {
	var slides []slide
	for _, row := range t.rows {
		s := slide{
			kind: strings.ToLower(row.get("type")), display: row.get("displaydate"),
			headline: row.get("headline"), text: row.get("text"),
			group: row.get("group", "tag"), background: row.get("background"),
			media: map[string]string{
				"url": row.get("media"), "credit": row.get("mediacredit"), "caption": row.get("mediacaption"),
				"thumbnail": row.get("mediathumbnail"),
				"alt":       row.get("alttext", "mediaalttext", "alt"), "link": row.get("medialink"),
			},
			from: dateOf(row.get("year"), row.get("month"), row.get("day"), row.get("time")),
			to:   dateOf(row.get("endyear"), row.get("endmonth"), row.get("endday"), row.get("endtime")),
			place: func(what string) diag.Pos {
				return row.at(map[string]string{
					"date": "year", "url": "media", "credit": "mediacredit", "caption": "mediacaption", "thumbnail": "mediathumbnail",
				}[what], what)
			},
		}
		if start := row.get("startdate"); start != "" {
			s.from, s.to = american(start), american(row.get("enddate"))
		}
		slides = append(slides, s)
	}
	r.slides(slides)
}

var slashed = regexp.MustCompile(`^(\d{1,2})/(\d{1,2})/(-?\d{1,4})(?:\s+(\d{1,2}:\d\d\S*(?: ?[AaPp][Mm])?))?$`)

// american reads a date of TimelineJS 2, which has the month first.
func american(text string) string {
	if m := slashed.FindStringSubmatch(strings.TrimSpace(text)); m != nil {
		if month, _ := strconv.Atoi(m[1]); month > 12 {
			m[1], m[2] = m[2], m[1]
		}
		return dateOf(m[3], m[1], m[2], m[4])
	}
	return date(strings.ReplaceAll(text, ",", "-"))
}

var year = regexp.MustCompile(`^-?\d+$`)

// dateOf makes a date of its parts. What cannot be read is returned as it is written.
func dateOf(y, month, day, clock string) string {
	y = strings.NewReplacer(",", "", " ", "").Replace(y)
	written := strings.Join(slices.DeleteFunc([]string{y, month, day, clock}, func(s string) bool { return s == "" }), "-")
	if !year.MatchString(y) {
		return date(written)
	}
	n, err := strconv.Atoi(y)
	if err != nil {
		return written
	}
	if n < 0 {
		n++ // TimelineJS writes 44 BC as -44, and EDTF as -0043
	}
	text := edtf.Date{Precision: edtf.Year, Year: n}.String()
	if month == "" {
		if day != "" {
			return written
		}
		return checked(text, written)
	}
	m, ok := monthOf(month)
	if !ok {
		return written
	}
	text += "-" + two(m)
	if day == "" {
		return checked(text, written)
	}
	d, err := strconv.Atoi(strings.TrimSuffix(strings.TrimSpace(day), ".0"))
	if err != nil {
		return written
	}
	text += "-" + two(d)
	if clock != "" {
		at, ok := clockOf(clock)
		if !ok {
			return written
		}
		text += "T" + at
	}
	return checked(text, written)
}

func checked(text, written string) string {
	if _, ok := edtf.Parse(text); ok {
		return text
	}
	return written
}

func two(n int) string {
	if n >= 0 && n < 10 {
		return "0" + strconv.Itoa(n)
	}
	return strconv.Itoa(n)
}

// monthOf reads a month as a number or an English name.
func monthOf(text string) (int, bool) {
	text = strings.TrimSuffix(strings.TrimSpace(text), ".")
	text = strings.TrimSuffix(text, ".0")
	if n, err := strconv.Atoi(text); err == nil {
		return n, n >= 1 && n <= 12
	}
	for m := time.January; m <= time.December; m++ {
		if len(text) >= 3 && len(text) <= len(m.String()) && strings.EqualFold(text, m.String()[:len(text)]) {
			return int(m), true
		}
	}
	return 0, false
}

// clockOf reads a time of day: 14:30, 14:30:05, 2:30 PM.
func clockOf(text string) (string, bool) {
	text = strings.ToUpper(strings.Join(strings.Fields(text), " "))
	for _, layout := range []string{"15:04", "15:04:05", "3:04 PM", "3:04PM", "3:04:05 PM", "3PM", "3 PM"} {
		if t, err := time.Parse(layout, text); err == nil {
			return t.Format("15:04"), true
		}
	}
	return "", false
}

// slides adds the slides of one timeline.
func (r *reading) slides(all []slide) {
	titled := false
	seen := map[string]diag.Pos{}
	for _, s := range all {
		at := s.place("")
		if s.headline == "" && s.text == "" {
			r.remark(at, diag.Say("import-blank"))
			continue
		}
		key := strings.Join([]string{s.kind, s.from, s.to, s.headline, s.text}, "\x00")
		if before, twice := seen[key]; twice {
			r.remark(at, diag.Say("import-twice", before.Line))
			continue
		}
		seen[key] = at
		if s.kind == "title" && !titled && r.fresh {
			titled = true
			r.titleSlide(s)
			continue
		}
		if s.kind == "title" {
			r.remark(at, diag.Say("import-second-title"))
		}
		r.eventSlide(s)
	}
}

func (r *reading) titleSlide(s slide) {
	e := &r.set.Explainer
	e.Title = r.said(r.plainText(s.place("headline"), s.headline))
	p := fromHTML(s.text, r.citing(s.place("text"), s.headline))
	r.lostElements(s.place("text"), p)
	e.Standfirst = r.said(markdown(joined(p.paragraphs)))
	r.media(s, nil)
	r.lost(s.place("background"), "Background", s.background)
}

func (r *reading) eventSlide(s slide) {
	headline := r.plainText(s.place("headline"), s.headline)
	e := source.Event{Figure: str("event"), Title: r.said(headline)}
	if s.kind == "era" {
		e.Figure = str("era")
	}
	e.Date = str(r.slideDate(s))
	id := s.id
	if id == "" {
		id = headline
	}
	e.ID = str(r.id("event", id, "event-"+e.Date.Value))
	var carried []string
	if link := r.media(s, &e); link != "" {
		e.Link = str(link)
	}
	text := s.text
	if strings.TrimSpace(r.plainOf(text)) == "" {
		text = s.headline // the slide says nothing else
	}
	e.Sentences = r.sentences(s.place("text"), text, headline, carried)
	if s.group != "" {
		e.Group = str(r.group(s.group, ""))
	}
	r.lost(s.place("background"), "Background", s.background)
	r.event(e)
}

// plainOf is the text of HTML, without a remark.
func (r *reading) plainOf(text string) string {
	var all string
	for _, runs := range fromHTML(text, func(link) string { return "" }).paragraphs {
		all += runs.Plain()
	}
	return all
}

// slideDate is the date of a slide. Display Date is what the newsroom wants to be read: if it is a date, a vaguer one,
// such as "Spring 2019" beside 2019-03-01, it is the date.
func (r *reading) slideDate(s slide) string {
	text := s.from
	if s.to != "" && s.to != s.from {
		text += "/" + s.to
	}
	if text == "" {
		text = date(s.display)
		return text
	}
	w, ok := edtf.Parse(text)
	if !ok {
		r.doubtful(s.place("date"), text)
		return text
	}
	if s.display == "" {
		return text
	}
	shown := date(s.display)
	if shown == text {
		return text
	}
	if v, ok := edtf.Parse(shown); ok && !v.After(w) && !w.After(v) {
		return shown
	}
	r.remark(s.place("displaydate"), diag.Say("import-display", s.display, diag.Raw(text)))
	return text
}

// pictures are the endings of files that are pictures.
var pictures = []string{".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".svg", ".bmp", ".tif", ".tiff", ".heic"}

// media handles what a slide shows. A page of the web becomes a source, whose id it returns: a video is a link.
func (r *reading) media(s slide, e *source.Event) (linked string) {
	m := s.media
	address := webAddress(m["url"])
	if address != "" && e != nil && !isPicture(address) {
		subject := r.plainText(s.place("caption"), m["caption"])
		if subject == "" {
			subject = e.Title.In(r.Language)
		}
		linked = r.cite(link{address, subject})
		r.remark(s.place("url"), diag.Say("import-media", address))
		r.lost(s.place("credit"), "Media Credit", m["credit"])
		r.lost(s.place("url"), "Alt Text", m["alt"])
		r.lost(s.place("url"), "Media Link", m["link"])
	} else if p := r.picture(medium{file: m["url"], credit: m["credit"], caption: m["caption"], alt: m["alt"],
		link: m["link"], at: s.place}); p != nil && e != nil {
		e.Picture = p
	} else if p != nil {
		r.set.Explainer.Picture = p
	}
	r.lost(s.place("thumbnail"), "Media Thumbnail", m["thumbnail"])
	return linked
}
