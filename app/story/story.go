// Package story holds the compiled explainer, which the desk hands to the page.
//
// A [Document] is one explainer in one language. It is plain data: every text is final (digits, dates, plural forms and
// quotation marks are already in the document's language), every reference is resolved, every position on a figure is a
// number. The page draws it without parsing, looking up or laying out anything.
//
//	doc := compile.Story(set, "ar")      // native, at build time
//	data, err := story.Encode(doc)       // data/story.json
//	data, err := story.Encode(doc.Excerpt())  // assets/story.<hash>.json, what the client needs
//	doc, err := story.Decode(data)       // in the browser
//
// Texts in a Document are plain text, never HTML.
package story

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
)

// Format is the version of the JSON form. It changes whenever a field changes its meaning, so that a client never
// draws a story it does not understand.
const Format = 1

// Document is one explainer in one language.
type Document struct {
	Format     int         `json:"format"`
	Slug       string      `json:"slug,omitzero"`
	Lang       string      `json:"lang,omitzero"` // BCP 47, as in explainer.yaml
	Dir        string      `json:"dir,omitzero"`  // "rtl" or "ltr"
	Languages  []Language  `json:"languages,omitzero"`
	Words      Words       `json:"words,omitzero"`
	Kicker     string      `json:"kicker,omitempty"`
	Title      string      `json:"title,omitzero"`
	ShortTitle string      `json:"shortTitle,omitempty"` // a name of some twelve characters
	Standfirst Rich        `json:"standfirst,omitzero"`
	Picture    Picture     `json:"picture,omitzero"`
	Summary    string      `json:"summary,omitzero"` // the standfirst as plain text
	FactsAsOf  Date        `json:"factsAsOf,omitzero"`
	Reading    string      `json:"reading,omitzero"` // reading time, as a phrase
	Steps      []Step      `json:"steps,omitempty"`
	KeyPoints  []Sentence  `json:"keyPoints,omitzero"` // empty if there are steps
	Numbers    []Number    `json:"numbers,omitempty"`
	Camps      []Camp      `json:"camps,omitzero"`
	Speakers   []Speaker   `json:"speakers,omitzero"`
	Timeline   Timeline    `json:"timeline,omitzero"`
	Calls      []Call      `json:"calls,omitempty"`
	Events     []Event     `json:"events,omitempty"`
	Map        Map         `json:"map,omitzero"`
	Actors     []Actor     `json:"actors,omitzero"`
	Relations  []Relation  `json:"relations,omitzero"`
	Sections   []Section   `json:"sections,omitzero"`
	Views      []View      `json:"views,omitzero"`
	Statements []Statement `json:"statements,omitzero"`
	Method     []Block     `json:"method,omitzero"`
	Changes    []Change    `json:"changes,omitzero"`
	Licence    Licence     `json:"licence,omitzero"` // of the texts and data; the zero value where the publisher names none
	Terms      []Term      `json:"terms,omitzero"`
	Theme      Theme       `json:"theme,omitzero"` // the publisher's; the zero value means Sharh's own look
	Sources    []Source    `json:"sources,omitzero"`
	Withdrawn  Withdrawn   `json:"withdrawn,omitzero"` // the zero value means that it is not
	Formerly   []string    `json:"formerly,omitempty"` // slugs that the explainer had before
	NoApp      bool        `json:"noApp,omitempty"`    // readers can save nothing of it
	// Attributions are the sources and speakers behind the marks in running text. A mark's number is its index here plus
	// one.
	Attributions []Attribution `json:"attributions,omitempty"`
	// Items are what a search finds, in the order of the page; the client gets them as part of the [Depth].
	Items []Item `json:"-"`
}

// Licence is what others may do with a story's texts and data.
type Licence struct {
	Name string `json:"name,omitempty"`
	URL  string `json:"url,omitempty"`
}

// Modified is the day of the last change to the story.
func (d *Document) Modified() string {
	day := d.FactsAsOf.ISO
	for _, c := range d.Changes {
		day = max(day, c.Date.ISO)
	}
	return max(day, d.Withdrawn.Date.ISO)
}

// Published is the day of its first publication, with which the change log begins; "" for a story without one.
func (d *Document) Published() string {
	day := ""
	for i, c := range d.Changes {
		if i == 0 || c.Date.ISO < day {
			day = c.Date.ISO
		}
	}
	return day
}

// Withdrawn is a publisher's notice that he took an explainer back.
type Withdrawn struct {
	Date      Date      `json:"date,omitzero"`
	Said      string    `json:"said,omitzero"` // who withdrew it, and when: a sentence
	Reason    string    `json:"reason,omitzero"`
	Successor Successor `json:"successor,omitzero"` // the zero value means that there is none
}

// Successor is what takes the place of a withdrawn explainer.
type Successor struct {
	Address string `json:"address,omitzero"` // "https://…", or the folder of another explainer's page in the site: "slug/en/"
	Title   string `json:"title,omitzero"`
	Lang    string `json:"lang,omitempty"` // of the title; "" for an address
	Dir     string `json:"dir,omitzero"`
}

// Theme is a publisher's look: custom properties of web/style.css, by name without the leading dashes.
type Theme struct {
	Light map[string]string `json:"light,omitempty"` // colours, "#rrggbb"
	Dark  map[string]string `json:"dark,omitempty"`
	Every map[string]string `json:"every,omitempty"` // for light and dark: "text" and "ui", font families; "measure"
}

// Path is the folder of the document's language, relative to the explainer's folder: "" for the default language,
// otherwise for example "en/".
func (d *Document) Path() string {
	for _, l := range d.Languages {
		if l.Lang == d.Lang {
			return l.Path
		}
	}
	return ""
}

// Language is one language in which the explainer exists.
type Language struct {
	Lang string `json:"lang,omitzero"`
	Dir  string `json:"dir,omitzero"`
	Name string `json:"name,omitzero"` // in that language itself
	Path string `json:"path,omitzero"` // relative to the explainer's folder: "" for the default language, else "en/"
}

// Date is a day or a month. Text is shown on the page; ISO is for <time datetime>.
type Date struct {
	ISO  string `json:"iso,omitempty"`
	Text string `json:"text,omitempty"`
}

// Run is a piece of rich text. Exactly one of Text and Runs is set.
type Run struct {
	Style string `json:"s,omitempty"` // "", "em", "strong", "link", "term", "said", "foreign"
	Text  string `json:"t,omitempty"`
	Href  string `json:"h,omitempty"` // link, term and said: a fragment of the same page, "#actor-trump"
	Kind  string `json:"k,omitempty"` // said: the kind of statement, or "source"
	Note  string `json:"n,omitempty"` // said: the number of the source, as shown
	Mark  int    `json:"m,omitempty"` // said: number of its mark, see [Document.Attributions]
	Lang  string `json:"l,omitempty"` // foreign: its language
	Dir   string `json:"d,omitempty"` // foreign: its direction of writing
	Runs  []Run  `json:"r,omitempty"`
}

// Rich is rich text: runs in reading order.
type Rich []Run

// Plain returns the text without its styles.
func (r Rich) Plain() string {
	var text string
	for _, run := range r {
		text += run.Text + Rich(run.Runs).Plain()
	}
	return text
}

// Picture is a picture, or one that stands for a video. The zero value is none.
type Picture struct {
	File    string `json:"-"` // as the editor named it, in the folder of the explainer's pictures
	Alt     string `json:"alt,omitempty"`
	Credit  string `json:"credit,omitempty"`
	Caption Rich   `json:"caption,omitempty"`
	Licence string `json:"licence,omitempty"`
	Link    string `json:"link,omitempty"`  // the page where it comes from
	Video   string `json:"video,omitempty"` // the page of the video
	Focus   Point  `json:"-"`
	// Forms are the same picture in several sizes and types: those that most browsers take first, the smallest of a type
	// first. They are there once the site is planned.
	Forms []PictureForm `json:"forms,omitempty"`
}

// Given reports whether there is a picture: each has a credit.
func (p *Picture) Given() bool { return p.Credit != "" }

// Point is a point of a picture, each part from 0 to 1 from the upper left corner.
type Point struct{ X, Y float64 }

// PictureForm is a file of a picture.
type PictureForm struct {
	Path   string `json:"path"` // in the site
	Type   string `json:"type"` // "image/webp"
	Width  int    `json:"w"`    // in pixels
	Height int    `json:"h"`
}

// Pictures are all pictures of a document, to be changed in their places, with what each is for.
func (d *Document) Pictures(visit func(p *Picture, use PictureUse)) {
	see := func(p *Picture, use PictureUse) {
		if p.Given() {
			visit(p, use)
		}
	}
	see(&d.Picture, OnPage)
	for i := range d.Steps {
		see(&d.Steps[i].Picture, OnStep)
	}
	for i := range d.Events {
		see(&d.Events[i].Picture, OnPage)
	}
	for i := range d.Actors {
		see(&d.Actors[i].Portrait, OnActor)
	}
	blocks := func(all []Block) {
		for i := range all {
			see(&all[i].Picture, OnPage)
		}
	}
	for i := range d.Sections {
		blocks(d.Sections[i].Body)
	}
	blocks(d.Method)
}

// PictureUse is what a picture is for: it decides of its shape and size.
type PictureUse int

const (
	OnPage  PictureUse = iota // whole, as wide as the text
	OnStep                    // on a card of the story, all in one shape
	OnActor                   // a small square beside a name
)

// Sentence is a sentence with its kind, its speaker, and the sources where it can be checked.
type Sentence struct {
	Kind       string   `json:"kind,omitzero"` // one of [Kinds]
	By         string   `json:"by,omitempty"`  // id of a Speaker
	Date       Date     `json:"date,omitzero"`
	Text       Rich     `json:"text,omitzero"`
	Sources    []string `json:"sources,omitempty"`    // ids
	Statements []string `json:"statements,omitempty"` // ids
	Mark       int      `json:"mark,omitempty"`       // number of its mark, see [Document.Attributions]
}

// Attribution is what a mark in running text stands for: the kind of the sentence, its speaker, and the sources where
// it can be checked. Sentences for which all of this is equal share one.
type Attribution struct {
	Kind       string   `json:"kind,omitempty"` // one of [Kinds], or "source" for a text that only names its sources
	By         string   `json:"by,omitempty"`   // id of a Speaker
	Date       string   `json:"date,omitempty"` // as shown
	Sources    []string `json:"sources,omitempty"`
	Statements []string `json:"statements,omitempty"`
	Label      string   `json:"label,omitempty"` // name of the mark: "statement, Yuri Ushakov, 2 sources"
}

// At returns the fragment of the evidence page that the mark leads to: the first statement, or else the first source.
func (a *Attribution) At() string {
	if len(a.Statements) > 0 {
		return "#statement-" + a.Statements[0]
	}
	return "#source-" + a.Sources[0]
}

// Kinds are the kinds of statement, in the order in which the page lists them.
var Kinds = []string{"fact", "statement", "claim", "analysis", "background", "expectation"}

// Checks are the outcomes of checking a statement of the ledger.
var Checks = []string{"supported", "differs", "contradicted", "open"}

// Media are the kinds of sources that are not pages of the web.
var Media = []string{"print", "interview", "broadcast", "archive"}

// Polarities are the polarities of a relation.
var Polarities = []string{"cooperative", "pressure", "conflictual", "neutral"}

// Step is a card of the story; the steps alone tell it. A step shows a call or an event, with a Figure, or actors and
// relations, with a Scene.
type Step struct {
	Number    int        `json:"n,omitzero"`     // 1, 2, 3 …
	Digit     string     `json:"digit,omitzero"` // the same as shown
	Name      string     `json:"name,omitzero"`  // "Step 2 of 6"
	Headline  string     `json:"headline,omitzero"`
	Sentences []Sentence `json:"sentences,omitzero"`
	Call      int        `json:"call,omitempty"`
	Event     string     `json:"event,omitempty"`
	Actors    []string   `json:"actors,omitempty"`    // ids, including those at the ends of Relations
	Relations []string   `json:"relations,omitempty"` // ids
	Figure    Axis       `json:"figure,omitzero"`     // every call and drawn event, and the event of the step
	Scene     Scene      `json:"scene,omitzero"`
	Picture   Picture    `json:"picture,omitzero"`
}

// Number is a key figure.
type Number struct {
	Value   string   `json:"value,omitzero"`
	Text    string   `json:"text,omitzero"`
	Sources []string `json:"sources,omitempty"`
	Mark    int      `json:"mark,omitempty"`
}

// Camp is a side. Its tone, its shape and its name distinguish it.
type Camp struct {
	ID   string `json:"id,omitzero"`
	Name string `json:"name,omitzero"`
	Tone string `json:"tone,omitzero"` // "red", "blue", "ochre" or "grey"
}

// Speaker is a possible author of a sentence: an actor, or somebody who is not on the map.
type Speaker struct {
	ID    string `json:"id,omitzero"`
	Name  string `json:"name,omitzero"`
	Camp  string `json:"camp,omitempty"`
	Actor bool   `json:"actor,omitempty"` // is an actor, so that #actor-<id> exists

	Also []string `json:"-"` // other spellings
}

// Timeline is the first figure. Wide has the time scale along x, Tall has it along y; Strip is small and has only the
// calls.
type Timeline struct {
	Title string `json:"title,omitzero"`
	Lead  Rich   `json:"lead,omitzero"`
	Open  int    `json:"open,omitzero"`   // number of the call shown when none is chosen
	Signs []Sign `json:"signs,omitempty"` // of the story's own
	Times string `json:"times,omitempty"` // of an axis of hours, of which zone they are
	Wide  Axis   `json:"wide,omitzero"`
	Tall  Axis   `json:"tall,omitzero"`
	Strip Axis   `json:"strip,omitzero"`

	// Whole says what the axis shows, "" unless Wide or Tall has marks that stand for several events. Then Windows are
	// parts of the axis in which these come apart; the first is all of it. The client gets them as part of the [Depth].
	Whole   string   `json:"whole,omitzero"`
	Windows []Window `json:"-"`
}

// Gathers reports whether the axis has marks that stand for several events.
func (t *Timeline) Gathers() bool { return t.Whole != "" }

// Window is a part of the time axis that is laid out as an axis of its own, and the ways from it to other windows, by
// their indices: 0 is all of the axis, or no way.
type Window struct {
	Name   string    `json:"name,omitzero"`   // what it shows: "18 March – 2 May 1994: 12 of 80"
	Wide   Axis      `json:"-"`               // the client gets of both only how they look, and where calls are
	Tall   Axis      `json:"-"`               //
	Drawn  []Shape   `json:"drawn,omitzero"`  // Wide and Tall, as the client shows them; set when the site is built
	Calls  []string  `json:"calls,omitzero"`  // ids of the calls that it has
	Places []float64 `json:"places,omitzero"` // of these in Wide, then of these in Tall; see Place
	Keys   string    `json:"keys,omitzero"`   // the keys that show another window, with spaces between them
	RTL    bool      `json:"rtl,omitzero"`    // time runs from right to left in Wide
	In     []int     `json:"in,omitzero"`     // nearer, at each tenth of it, in the order of time
	Out    int       `json:"out,omitzero"`    // further away
	Before int       `json:"before,omitzero"` // earlier
	After  int       `json:"after,omitzero"`  // later
}

// Place returns which share of the length is before a call, in either form; ok is false if it is not in the window.
func (w *Window) Place(call string, tall bool) (share float64, ok bool) {
	i := slices.Index(w.Calls, call)
	if i < 0 {
		return 0, false
	}
	if tall {
		i += len(w.Calls)
	}
	return w.Places[i], true
}

// Shape is an element of a drawing, or a text if it has no tag.
type Shape struct {
	Tag        string   `json:"t,omitzero"`
	Attributes []string `json:"a,omitzero"` // names and values in turn
	Body       []Shape  `json:"b,omitzero"`
	Text       string   `json:"x,omitzero"`
	Call       int      `json:"c,omitzero"` // the call whose link it is
}

// Sign is how a story draws events of a kind that is its own.
type Sign struct {
	ID    string `json:"id,omitzero"`
	Shape string `json:"shape,omitzero"` // one of [Signs]
	Name  string `json:"name,omitzero"`
}

// Signs are the shapes of marks.
var Signs = []string{"diamond", "square", "triangle"}

// Axis is a drawn time axis. All lengths are in the units of its own box, whose origin is the top left corner.
type Axis struct {
	Width  float64 `json:"w,omitzero"`
	Height float64 `json:"h,omitzero"`
	Line   Line    `json:"line,omitzero"`
	Ticks  []Tick  `json:"ticks,omitzero"`
	Bars   []Bar   `json:"bars,omitzero"`
	Gaps   []Label `json:"gaps,omitzero"`
	Marks  []Mark  `json:"marks,omitzero"`
	Scale  []Tick  `json:"scale,omitempty"` // lines of equal length of call
	Lanes  []Lane  `json:"lanes,omitempty"` // of the groups of events; their marks are the last ones, in this order
}

// Lane is the part of an axis that has the events of a group.
type Lane struct {
	Line  Line  `json:"line,omitzero"`  // above it
	Name  Label `json:"name,omitzero"`  // of the group
	Marks int   `json:"marks,omitzero"` // number of its marks
}

// Line is a straight line.
type Line struct {
	X1 float64 `json:"x1,omitzero"`
	Y1 float64 `json:"y1,omitzero"`
	X2 float64 `json:"x2,omitzero"`
	Y2 float64 `json:"y2,omitzero"`
}

// Label is a text and its position: X, Y is its anchor on the baseline. Anchor is physical, whatever the direction of
// the text: "left", "middle" or "right".
type Label struct {
	X      float64 `json:"x,omitzero"`
	Y      float64 `json:"y,omitzero"`
	Anchor string  `json:"a,omitempty"` // "" means middle
	Text   string  `json:"t,omitzero"`
}

// Tick is a line and its label.
type Tick struct {
	Line  Line  `json:"line,omitzero"`
	Label Label `json:"label,omitzero"`
}

// Rect is an upright rectangle.
type Rect struct {
	X float64 `json:"x,omitzero"`
	Y float64 `json:"y,omitzero"`
	W float64 `json:"w,omitzero"`
	H float64 `json:"h,omitzero"`
}

// Baseline returns the height of the baseline of line i of n, all centred in the box. size is that of the text, height
// the distance between two lines.
func (r Rect) Baseline(i, n int, size, height float64) float64 {
	return r.Y + r.H/2 + size*.36 + height*(float64(i)-float64(n-1)/2)
}

// Bar is a call. Sure ends at the shortest account of the call's length, Range goes on from there to the longest.
type Bar struct {
	Call  int     `json:"call,omitzero"`
	Sure  Rect    `json:"sure,omitzero"`
	Range Rect    `json:"range,omitzero"`
	X     float64 `json:"x,omitzero"` // centre of the numbered disc
	Y     float64 `json:"y,omitzero"`
	Touch []Rect  `json:"touch,omitempty"` // further areas that react to a pointer
}

// Mark is an event on the axis.
type Mark struct {
	Event string `json:"event,omitzero"`
	Kind  string `json:"kind,omitzero"`  // one of [Figures], or the id of a [Sign]
	Count int    `json:"count,omitzero"` // of the events that it stands for, if several; Event is the first
	// Window is the index of the window in which these come apart, 0 for none.
	Window int     `json:"window,omitzero"`
	X      float64 `json:"x,omitzero"`
	Y      float64 `json:"y,omitzero"`
	Span   Rect    `json:"span,omitzero"` // of an event that lasted, or is not known to the day
	Lead   Line    `json:"lead,omitzero"` // from the mark to its label
	Label  Label   `json:"label,omitzero"`
	Group  Label   `json:"group,omitzero"`  // name of its group, where that has no lane
	Touch  []Rect  `json:"touch,omitempty"` // further areas that react to a pointer
}

// Call is a telephone call.
type Call struct {
	ID            int        `json:"id,omitzero"`
	Name          string     `json:"name,omitzero"`  // "the third call"
	Digit         string     `json:"digit,omitzero"` // its number as shown
	Date          Date       `json:"date,omitzero"`
	Day           string     `json:"day,omitzero"`     // weekday and date
	Short         string     `json:"short,omitzero"`   // what it was about
	Elsewhere     string     `json:"else,omitempty"`   // the date in another time zone
	There         Elsewhere  `json:"-"`                // the same in parts
	Since         string     `json:"since,omitempty"`  // time since the previous call
	Length        string     `json:"length,omitempty"` // shortest and longest account, as a phrase
	Lengths       []Length   `json:"lengths,omitzero"`
	Initiator     Sentence   `json:"initiator,omitzero"`
	Topics        Sentence   `json:"topics,omitzero"`
	Accounts      []Account  `json:"accounts,omitzero"`
	Followed      []Sentence `json:"followed,omitempty"`
	Disagreements []Sentence `json:"disagreements,omitempty"`
	Actors        []string   `json:"actors,omitzero"`
	Views         []string   `json:"views,omitempty"`
}

// Elsewhere is a date in another time zone.
type Elsewhere struct{ Date, Place string }

// Length is one account of how long a call took.
type Length struct {
	By      string   `json:"by,omitzero"`
	Minutes int      `json:"minutes,omitzero"`
	Text    string   `json:"text,omitzero"`
	Sources []string `json:"sources,omitzero"`
	Mark    int      `json:"mark,omitempty"`
}

// Account is what one side said about a call afterwards.
type Account struct {
	Camp      string     `json:"camp,omitzero"`
	Sentences []Sentence `json:"sentences,omitzero"`
}

// Event is a dated event that is not a call.
type Event struct {
	ID        string     `json:"id,omitzero"`
	Date      Date       `json:"date,omitzero"`
	Label     string     `json:"label,omitzero"`
	Title     string     `json:"title,omitempty"` // longer than Label; empty if it says the same
	Group     string     `json:"group,omitempty"` // name of the group that it is in
	Place     string     `json:"place,omitempty"`
	Figure    string     `json:"figure,omitempty"` // one of [Figures], the id of a [Sign], or "" when not drawn
	After     bool       `json:"after,omitempty"`  // after the span of the story: an update
	Sentences []Sentence `json:"sentences,omitzero"`
	Calls     []int      `json:"calls,omitempty"`
	Actors    []string   `json:"actors,omitempty"`
	Link      string     `json:"link,omitempty"` // id of a source that tells more
	Picture   Picture    `json:"picture,omitzero"`
}

// Figures are the ways in which an event is drawn: a diamond, a dot, or a band for a time that lasted.
var Figures = []string{"summit", "event", "era"}

// HasTimeline reports whether there is a timeline: a call, or an event that is no update.
func (d *Document) HasTimeline() bool {
	return len(d.Calls) > 0 || slices.ContainsFunc(d.Events, func(e Event) bool { return !e.After })
}

// HasAxis reports whether there is anything to draw on the timeline.
func (d *Document) HasAxis() bool {
	return len(d.Calls) > 0 || slices.ContainsFunc(d.Events, func(e Event) bool { return !e.After && e.Figure != "" })
}

// Drawn reports whether a step has a figure.
func (s *Step) Drawn() bool {
	return s.Call != 0 || s.Event != "" || len(s.Scene.Actors) > 0 || len(s.Picture.Forms) > 0
}

// Headline is what the event is called in lists.
func (e *Event) Headline() string { return cmp.Or(e.Title, e.Label) }

// Tone returns the tone of a camp, "none" if there is no such camp.
func (d *Document) Tone(camp string) string {
	for _, c := range d.Camps {
		if c.ID == camp {
			return c.Tone
		}
	}
	return "none"
}

// Map is the second figure.
type Map struct {
	Title string `json:"title,omitzero"`
	Lead  Rich   `json:"lead,omitzero"`
	Core  Scene  `json:"core,omitzero"` // shown when nothing is chosen
	// Weights says what the thickness of lines shows, and from how much to how much: "Meetings in 2025: 1–12".
	Weights string `json:"weights,omitempty"`
	Counted string `json:"-"` // the same without the numbers, as the editor gave it
	// Scenes are all other scenes, by [SceneKey], each encoded; the client gets them as part of the [Depth].
	Scenes map[string]json.RawMessage `json:"scenes,omitempty"`
}

// Actor is a node of the map.
type Actor struct {
	ID         string   `json:"id,omitzero"`
	Shape      string   `json:"shape,omitzero"` // one of [Shapes]
	Camp       string   `json:"camp,omitempty"`
	Name       string   `json:"name,omitzero"`
	Label      string   `json:"label,omitzero"`
	Role       string   `json:"role,omitzero"`
	Added      bool     `json:"added,omitempty"` // added by the editors: not in the article that is explained
	Calls      []int    `json:"calls,omitempty"`
	Near       []string `json:"near,omitzero"` // ids of the actor itself and of all actors that share a relation with it
	Statements []string `json:"statements,omitempty"`
	Sources    []string `json:"sources,omitempty"`
	Mark       int      `json:"mark,omitempty"`

	Also []string `json:"-"` // other spellings
	Core bool     `json:"-"` // wanted on the map before anything is chosen
	Pin  string   `json:"-"` // "top", "bottom" or ""

	Portrait Picture `json:"portrait,omitzero"`
}

// Shapes are the shapes of actors.
var Shapes = []string{"person", "institution", "state", "voices", "summit", "event", "object", "media"}

// Relation is an arrow of the map.
type Relation struct {
	ID        string   `json:"id,omitzero"`
	From      string   `json:"from,omitzero"`
	To        string   `json:"to,omitzero"`
	Via       string   `json:"via,omitempty"`
	Kind      string   `json:"kind,omitzero"`
	Polarity  string   `json:"polarity,omitzero"` // one of [Polarities]
	Label     string   `json:"label,omitzero"`
	Said      Sentence `json:"said,omitzero"`
	Ends      []string `json:"ends,omitzero"` // ids of all actors concerned: choosing one lights the relation
	Calls     []int    `json:"calls,omitempty"`
	First     int      `json:"first,omitempty"`     // the call by which the relation existed, 0 for before all calls
	Last      int      `json:"last,omitempty"`      // the last call at which it still existed, 0 for no end
	Mutual    bool     `json:"mutual,omitempty"`    // goes both ways
	Between   bool     `json:"between,omitempty"`   // goes neither way
	Weight    int      `json:"weight,omitempty"`    // how much it is; 0 if that is not counted
	Amount    string   `json:"amount,omitempty"`    // the same in words: "Meetings in 2025: 12"
	Thickness int      `json:"thickness,omitempty"` // thickness of its line, from 1 to [Thicknesses]; 0 if it has no weight
	Added     bool     `json:"added,omitempty"`

	Since, Until Date `json:"-"` // as the editor gave them
	Core         bool `json:"-"` // wanted on the map before anything is chosen
}

// Section is a part of the article.
type Section struct {
	ID    string   `json:"id,omitzero"`
	Title string   `json:"title,omitzero"`
	Body  []Block  `json:"body,omitzero"`
	Views []string `json:"views,omitempty"`
}

// Block is a paragraph, a subheading, a list, a quotation, a table or a picture.
type Block struct {
	Kind  string   `json:"kind,omitzero"` // "p", "h", "ul", "ol", "quote", "note", "table", "picture"
	Text  Rich     `json:"text,omitempty"`
	Items []Rich   `json:"items,omitempty"` // of a list; of a table, its headings
	Rows  [][]Rich `json:"rows,omitempty"`  // of a table, without its headings
	Ends  []bool   `json:"ends,omitempty"`  // of a table: whether a column stands at its end, as numbers do

	Picture Picture `json:"picture,omitzero"`
}

// Texts are all texts of a block, in reading order.
func (b *Block) Texts() []Rich {
	all := append([]Rich{b.Text}, b.Items...)
	for _, row := range b.Rows {
		all = append(all, row...)
	}
	return all
}

// View is an analyst's reading of the events.
type View struct {
	ID      string     `json:"id,omitzero"`
	Title   string     `json:"title,omitzero"`
	By      string     `json:"by,omitzero"`
	Whose   string     `json:"whose,omitempty"` // whose reading it is, in words: shown instead of the name of By
	Reading Rich       `json:"reading,omitzero"`
	RestsOn []string   `json:"restsOn,omitzero"`
	Counter []Sentence `json:"counter,omitempty"` // counter-arguments; empty if the article has none
	Since   []Sentence `json:"since,omitempty"`
	Calls   []int      `json:"calls,omitempty"`
}

// Statement is an entry of the ledger.
type Statement struct {
	ID      string   `json:"id,omitzero"`
	Digit   string   `json:"digit,omitzero"`    // its number as shown
	Section string   `json:"section,omitempty"` // "" for the article's title and lead
	By      string   `json:"by,omitzero"`
	Date    Date     `json:"date,omitzero"` // when it was said
	Kind    string   `json:"kind,omitzero"`
	Check   string   `json:"check,omitzero"`    // one of [Checks]
	Against []string `json:"-"`                 // ids of those who contradict it
	Verdict string   `json:"verdict,omitempty"` // the outcome in words, where it says more than [Words.Checks]
	Text    string   `json:"text,omitzero"`
	Note    Rich     `json:"note,omitempty"`
	Actors  []string `json:"actors,omitempty"`
	Calls   []int    `json:"calls,omitempty"`
	Sources []string `json:"sources,omitempty"`
	Mark    int      `json:"mark,omitempty"`
	Search  string   `json:"search,omitempty"` // the words by which a search finds it, folded (see package fold)
}

// Change is an entry of the change log.
type Change struct {
	Date Date `json:"date"`
	Text Rich `json:"text"`
}

// Term is an entry of the glossary.
type Term struct {
	ID      string   `json:"id"`
	Name    string   `json:"name"`
	Meaning Rich     `json:"meaning"`
	Sources []string `json:"sources,omitempty"`
}

// Source is a publication where a statement can be checked.
type Source struct {
	ID         string `json:"id,omitzero"`
	Digit      string `json:"digit,omitzero"` // its number as shown
	Publisher  string `json:"publisher,omitzero"`
	Date       Date   `json:"date,omitzero"`
	Subject    string `json:"subject,omitzero"`
	URL        string `json:"url,omitzero"`       // empty for a source that is not on the web
	Where      string `json:"where,omitempty"`    // where else it is found: "in print, 3 May 2021, page 4"
	Medium     string `json:"-"`                  // "print" …; Where says it in words
	Place      string `json:"-"`                  // Where without the medium
	Language   string `json:"language,omitempty"` // its name, where the language is known
	Quote      string `json:"quote,omitempty"`
	QuoteLang  string `json:"quoteLang,omitempty"`
	QuoteDir   string `json:"quoteDir,omitempty"`
	StateMedia bool   `json:"stateMedia,omitempty"`
}

// IsWithdrawn reports whether the publisher took the explainer back.
func (d *Document) IsWithdrawn() bool { return d.Withdrawn.Date.ISO != "" }

// Notice returns what is left of a withdrawn explainer: its title, the notice, and what the addresses of its pages are
// made of.
func (d *Document) Notice() *Document {
	x := &Document{
		Format: d.Format, Slug: d.Slug, Lang: d.Lang, Dir: d.Dir, Languages: d.Languages, Words: d.Words, Title: d.Title,
		Theme: d.Theme, Withdrawn: d.Withdrawn, Formerly: d.Formerly, NoApp: d.NoApp,
	}
	for _, s := range d.Steps {
		x.Steps = append(x.Steps, Step{Number: s.Number})
	}
	for _, c := range d.Calls {
		x.Calls = append(x.Calls, Call{ID: c.ID})
	}
	for _, e := range d.Events {
		x.Events = append(x.Events, Event{ID: e.ID, After: e.After})
	}
	for _, a := range d.Actors {
		x.Actors = append(x.Actors, Actor{ID: a.ID})
	}
	for _, v := range d.Views {
		x.Views = append(x.Views, View{ID: v.ID})
	}
	return x
}

// Heading returns the part of d that a list of explainers shows. See package ui, Shelf.
func (d *Document) Heading() *Document {
	x := &Document{
		Slug: d.Slug, Lang: d.Lang, Dir: d.Dir, Languages: d.Languages,
		Words: Words{
			Comma: d.Words.Comma, Colon: d.Words.Colon, Towards: d.Words.Towards, With: d.Words.With, Via: d.Words.Via,
			Offline: d.Words.Offline, Missing: d.Words.Missing, Fonts: d.Words.Fonts, OpenGraph: d.Words.OpenGraph,
		},
		Title: d.Title, Withdrawn: d.Withdrawn,
	}
	if d.IsWithdrawn() {
		return x
	}
	x.Kicker, x.Summary, x.FactsAsOf, x.Timeline = d.Kicker, d.Summary, d.FactsAsOf, Timeline{Title: d.Timeline.Title}
	for _, c := range d.Calls {
		x.Calls = append(x.Calls, Call{ID: c.ID, Digit: c.Digit, Name: c.Name, Day: c.Day, Length: c.Length})
	}
	if len(d.Steps) == 0 {
		x.Timeline.Strip = d.Timeline.Strip
		return x
	}
	shown := d.Steps[0]
	shown.Sentences, shown.Picture = nil, Picture{}
	x.Camps = d.Camps
	for _, e := range d.Events {
		if e.ID == shown.Event {
			x.Events = append(x.Events, Event{ID: e.ID, Label: e.Label, Date: e.Date})
		}
	}
	// The scene refers to actors and relations by index, and the lists are shorter here. So the indices change.
	old := shown.Scene
	shown.Scene.Actors, shown.Scene.Relations = nil, nil
	for i, a := range d.Actors {
		if slices.Contains(shown.Actors, a.ID) {
			if slices.Contains(old.Actors, i) {
				shown.Scene.Actors = append(shown.Scene.Actors, len(x.Actors))
			}
			x.Actors = append(x.Actors, Actor{ID: a.ID, Shape: a.Shape, Camp: a.Camp, Name: a.Name, Label: a.Label})
			x.Speakers = append(x.Speakers, Speaker{ID: a.ID, Name: a.Name})
		}
	}
	for i, r := range d.Relations {
		if slices.Contains(shown.Relations, r.ID) {
			if slices.Contains(old.Relations, i) {
				shown.Scene.Relations = append(shown.Scene.Relations, len(x.Relations))
			}
			x.Relations = append(x.Relations, Relation{
				ID: r.ID, From: r.From, To: r.To, Via: r.Via, Polarity: r.Polarity, Label: r.Label, Mutual: r.Mutual,
				Between: r.Between, Thickness: r.Thickness, Amount: r.Amount,
			})
			for _, s := range d.Speakers {
				if s.ID == r.Via && !slices.Contains(shown.Actors, s.ID) { // named, but not drawn
					x.Speakers = append(x.Speakers, Speaker{ID: s.ID, Name: s.Name})
				}
			}
		}
	}
	x.Steps = []Step{shown}
	return x
}

// Excerpt returns the part of d that the client needs: what can change while the reader looks, and what decides such
// changes. The rest of the page stays as it was built. See package ui, settled.
func (d *Document) Excerpt() *Document {
	x := &Document{
		Format: d.Format, Slug: d.Slug, Lang: d.Lang, Dir: d.Dir,
		Words: Words{
			Found: d.Words.Found, Kinds: d.Words.Kinds, Checks: d.Words.Checks, Comma: d.Words.Comma, Close: d.Words.Close,
			Colon: d.Words.Colon, Towards: d.Words.Towards, With: d.Words.With, Via: d.Words.Via,
			StateMedia: d.Words.StateMedia, Sources: d.Words.Sources, ToEvidence: d.Words.ToEvidence,
			Counter: d.Words.Counter, Against: d.Words.Against, NewWindow: d.Words.NewWindow, AllTime: d.Words.AllTime,
			ZoomIn: d.Words.ZoomIn, ZoomOut: d.Words.ZoomOut, Fit: d.Words.Fit,
			FindNone: d.Words.FindNone, FindAll: d.Words.FindAll, Groups: d.Words.Groups, Digits: d.Words.Digits,
			Folding: d.Words.Folding,
		},
		Attributions: make([]Attribution, len(d.Attributions)),
		Timeline:     Timeline{Open: d.Timeline.Open, Whole: d.Timeline.Whole},
	}
	for _, s := range d.Steps {
		x.Steps = append(x.Steps, Step{Number: s.Number})
	}
	for _, c := range d.Calls {
		x.Calls = append(x.Calls, Call{ID: c.ID, Name: c.Name, Date: Date{Text: c.Date.Text}, Actors: c.Actors})
	}
	for _, e := range d.Events {
		x.Events = append(x.Events, Event{ID: e.ID, Figure: e.Figure, After: e.After})
	}
	for _, c := range d.Camps {
		x.Camps = append(x.Camps, Camp{ID: c.ID, Tone: c.Tone})
	}
	for _, a := range d.Actors {
		x.Actors = append(x.Actors, Actor{
			ID: a.ID, Shape: a.Shape, Camp: a.Camp, Name: a.Name, Label: a.Label, Added: a.Added,
		})
	}
	for _, r := range d.Relations {
		x.Relations = append(x.Relations, Relation{
			ID: r.ID, From: r.From, To: r.To, Via: r.Via, Polarity: r.Polarity, Label: r.Label, First: r.First, Last: r.Last,
			Mutual: r.Mutual, Between: r.Between, Thickness: r.Thickness, Amount: r.Amount, Added: r.Added,
			Said: Sentence{Mark: r.Said.Mark},
		})
	}
	height := func(l Layout) Layout { return Layout{Height: l.Height} }
	core := &d.Map.Core
	x.Map = Map{
		Title: d.Map.Title,
		Core:  Scene{Wide: height(core.Wide), Narrow: height(core.Narrow), Small: height(core.Small)},
	}
	for _, v := range d.Views {
		view := View{ID: v.ID}
		if len(v.Counter) > 0 { // for the cards of the statements on either side
			view.Title, view.By, view.Whose, view.RestsOn = v.Title, v.By, v.Whose, v.RestsOn
			view.Reading = Rich{{Text: v.Reading.Plain()}}
		}
		for _, c := range v.Counter {
			view.Counter = append(view.Counter,
				Sentence{By: c.By, Text: Rich{{Text: c.Text.Plain()}}, Statements: c.Statements})
		}
		x.Views = append(x.Views, view)
	}
	for _, s := range d.Statements {
		said := Statement{
			ID: s.ID, Digit: s.Digit, By: s.By, Kind: s.Kind, Check: s.Check, Verdict: s.Verdict, Text: s.Text,
			Sources: s.Sources, Search: s.Search,
		}
		if len(s.Note) > 0 {
			said.Note = Rich{{Text: s.Note.Plain()}}
		}
		x.Statements = append(x.Statements, said)
	}
	for i, a := range d.Attributions {
		a.Label = "" // already written at the mark
		x.Attributions[i] = a
	}
	for _, s := range d.Speakers {
		x.Speakers = append(x.Speakers, Speaker{ID: s.ID, Name: s.Name})
	}
	for _, s := range d.Sources {
		s.Quote, s.QuoteLang, s.QuoteDir = "", "", ""
		x.Sources = append(x.Sources, s)
	}
	return x
}

// Encode returns the JSON form of d.
func Encode(d *Document) ([]byte, error) {
	data, err := json.Marshal(d)
	if err != nil {
		return nil, fmt.Errorf("encoding story %s (%s): %w", d.Slug, d.Lang, err)
	}
	return data, nil
}

// Decode reads the JSON form. It fails on data that is not a story or has another [Format].
func Decode(data []byte) (*Document, error) {
	var d Document
	if err := decode(data, &d); err != nil {
		return nil, fmt.Errorf("decoding story: %w", err)
	}
	if d.Format != Format {
		return nil, fmt.Errorf("decoding story: format %d, this program reads format %d", d.Format, Format)
	}
	return &d, nil
}
