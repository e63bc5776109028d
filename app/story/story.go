// Package story holds the compiled explainer: what the desk hands to the page.
//
// A [Document] is one explainer in one language. It is plain data: every text is final (digits, dates, plural forms
// and quotation marks already in the document's language), every reference is resolved, every place on a figure is a
// number. The page draws it without parsing, looking up or laying out anything.
//
//	doc := compile.Story(set, "ar")      // native, at build time
//	data, err := story.Encode(doc)       // assets/story.<hash>.json
//	doc, err := story.Decode(data)       // in the browser
//
// Texts in a Document are text, never HTML.
package story

import (
	"encoding/json"
	"fmt"
)

// Format is the version of the JSON form. It changes whenever a field changes its meaning, so that a client never
// draws a story it does not understand.
const Format = 1

// Document is one explainer in one language.
type Document struct {
	Format     int         `json:"format"`
	Slug       string      `json:"slug"`
	Lang       string      `json:"lang"` // BCP 47, as in explainer.yaml
	Dir        string      `json:"dir"`  // "rtl" or "ltr"
	Languages  []Language  `json:"languages"`
	Words      Words       `json:"words"`
	Kicker     string      `json:"kicker,omitempty"`
	Title      string      `json:"title"`
	Standfirst Rich        `json:"standfirst"`
	Summary    string      `json:"summary"` // the standfirst as plain text
	FactsAsOf  Date        `json:"factsAsOf"`
	Reading    string      `json:"reading"` // reading time, as a phrase
	KeyPoints  []Sentence  `json:"keyPoints"`
	Numbers    []Number    `json:"numbers,omitempty"`
	Camps      []Camp      `json:"camps"`
	Speakers   []Speaker   `json:"speakers"`
	Timeline   Timeline    `json:"timeline"`
	Calls      []Call      `json:"calls,omitempty"`
	Events     []Event     `json:"events,omitempty"`
	Map        Map         `json:"map"`
	Actors     []Actor     `json:"actors"`
	Relations  []Relation  `json:"relations"`
	Sections   []Section   `json:"sections"`
	Views      []View      `json:"views"`
	Statements []Statement `json:"statements"`
	Sources    []Source    `json:"sources"`
}

// Language is one language in which the explainer exists.
type Language struct {
	Lang string `json:"lang"`
	Dir  string `json:"dir"`
	Name string `json:"name"` // in that language itself
	Path string `json:"path"` // from the explainer's folder: "" for the default language, else "en/"
}

// Date is a day or a month. Text is as the page shows it; ISO is for <time datetime>.
type Date struct {
	ISO  string `json:"iso,omitempty"`
	Text string `json:"text,omitempty"`
}

// Run is a piece of rich text. Exactly one of Text and Runs is set.
type Run struct {
	Style string `json:"s,omitempty"` // "", "em", "strong", "link", "said", "foreign"
	Text  string `json:"t,omitempty"`
	Href  string `json:"h,omitempty"` // link and said: a fragment of the same page, "#actor-trump"
	Kind  string `json:"k,omitempty"` // said: the kind of statement, or "source"
	Note  string `json:"n,omitempty"` // said: the number of the source, as shown
	Lang  string `json:"l,omitempty"` // foreign
	Dir   string `json:"d,omitempty"` // foreign
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

// Sentence is something said: its kind, who says it, and where that can be checked.
type Sentence struct {
	Kind       string   `json:"kind"`         // one of [Kinds]
	By         string   `json:"by,omitempty"` // id of a Speaker
	Date       Date     `json:"date,omitzero"`
	Text       Rich     `json:"text"`
	Sources    []string `json:"sources,omitempty"`    // ids
	Statements []string `json:"statements,omitempty"` // ids
}

// Kinds are the kinds of statement, in the order in which the page lists them.
var Kinds = []string{"fact", "statement", "claim", "analysis", "background", "expectation"}

// Checks are the outcomes of checking a statement of the ledger.
var Checks = []string{"supported", "differs", "open"}

// Polarities are the polarities of a relation.
var Polarities = []string{"cooperative", "pressure", "conflictual", "neutral"}

// Number is a key figure.
type Number struct {
	Value   string   `json:"value"`
	Text    string   `json:"text"`
	Sources []string `json:"sources,omitempty"`
}

// Camp is a side. Tone and shape tell it apart, with its name.
type Camp struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Tone string `json:"tone"` // "red", "blue", "ochre" or "grey"
}

// Speaker is anyone a sentence can be by: every actor, and those who are not on the map.
type Speaker struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	Camp  string `json:"camp,omitempty"`
	Actor bool   `json:"actor,omitempty"` // has an #actor-<id>
}

// Timeline is the first figure. Wide and Tall draw the same scale along x and along y.
type Timeline struct {
	Title string `json:"title"`
	Lead  Rich   `json:"lead"`
	Open  int    `json:"open"` // the call shown when none is chosen
	Wide  Axis   `json:"wide"`
	Tall  Axis   `json:"tall"`
}

// Axis is a drawn time axis. All lengths are in the units of its own box, whose origin is the top left.
type Axis struct {
	Width  float64 `json:"w"`
	Height float64 `json:"h"`
	Line   Line    `json:"line"`
	Ticks  []Tick  `json:"ticks"`
	Bars   []Bar   `json:"bars"`
	Gaps   []Label `json:"gaps"`
	Marks  []Mark  `json:"marks"`
	Scale  []Tick  `json:"scale,omitempty"` // lines of equal length of call
}

// Line is a straight line.
type Line struct {
	X1 float64 `json:"x1"`
	Y1 float64 `json:"y1"`
	X2 float64 `json:"x2"`
	Y2 float64 `json:"y2"`
}

// Label is a text and where it stands: X, Y is its anchor on the baseline. Anchor is physical, whatever the
// direction of the text: "left", "middle" or "right".
type Label struct {
	X      float64 `json:"x"`
	Y      float64 `json:"y"`
	Anchor string  `json:"a,omitempty"` // "" is middle
	Text   string  `json:"t"`
}

// Tick is a line and its label.
type Tick struct {
	Line  Line  `json:"line"`
	Label Label `json:"label"`
}

// Rect is an upright rectangle.
type Rect struct {
	X float64 `json:"x"`
	Y float64 `json:"y"`
	W float64 `json:"w"`
	H float64 `json:"h"`
}

// Bar is a call: Sure runs to the shortest account of its length, Range from there to the longest.
type Bar struct {
	Call  int     `json:"call"`
	Sure  Rect    `json:"sure"`
	Range Rect    `json:"range"`
	X     float64 `json:"x"` // centre of the numbered disc
	Y     float64 `json:"y"`
	Touch Rect    `json:"touch"` // what answers to a pointer
}

// Mark is an event on the axis.
type Mark struct {
	Event string  `json:"event"`
	Kind  string  `json:"kind"` // "summit" or "event"
	X     float64 `json:"x"`
	Y     float64 `json:"y"`
	Lead  Line    `json:"lead"` // from the mark to its label
	Label Label   `json:"label"`
}

// Call is a telephone call.
type Call struct {
	ID            int        `json:"id"`
	Name          string     `json:"name"`  // "the third call"
	Digit         string     `json:"digit"` // its number as shown
	Date          Date       `json:"date"`
	Day           string     `json:"day"`              // weekday and date
	Short         string     `json:"short"`            // what it was about
	Elsewhere     string     `json:"else,omitempty"`   // the date in another place
	Since         string     `json:"since,omitempty"`  // time since the call before
	Length        string     `json:"length,omitempty"` // shortest and longest account, as a phrase
	Lengths       []Length   `json:"lengths"`
	Initiator     Sentence   `json:"initiator"`
	Topics        Sentence   `json:"topics"`
	Accounts      []Account  `json:"accounts"`
	Followed      []Sentence `json:"followed,omitempty"`
	Disagreements []Sentence `json:"disagreements,omitempty"`
	Actors        []string   `json:"actors"`
	Views         []string   `json:"views,omitempty"`
}

// Length is one account of how long a call took.
type Length struct {
	By      string   `json:"by"`
	Minutes int      `json:"minutes"`
	Text    string   `json:"text"`
	Sources []string `json:"sources"`
}

// Account is what one side said after a call.
type Account struct {
	Camp      string     `json:"camp"`
	Sentences []Sentence `json:"sentences"`
}

// Event is anything dated that is not a call.
type Event struct {
	ID        string     `json:"id"`
	Date      Date       `json:"date,omitzero"`
	Label     string     `json:"label"`
	Figure    string     `json:"figure,omitempty"` // "summit", "event", or "" when not drawn
	After     bool       `json:"after,omitempty"`  // after the span of the story: an update
	Sentences []Sentence `json:"sentences"`
	Calls     []int      `json:"calls,omitempty"`
}

// Map is the second figure.
type Map struct {
	Title string `json:"title"`
	Lead  Rich   `json:"lead"`
	Wide  Layout `json:"wide"` // with a label on each arrow
	Tall  Layout `json:"tall"` // without
}

// Layout is a drawn actor map. Nodes and Arrows are in the order of the document's Actors and Relations.
type Layout struct {
	Width  float64 `json:"w"`
	Height float64 `json:"h"`
	Nodes  []Rect  `json:"nodes"`
	Arrows []Arrow `json:"arrows"`
}

// Arrow is a drawn relation.
type Arrow struct {
	Path string `json:"d"` // SVG path data of the line; its head is at its end
	// Tether is SVG path data of thin lines from the label to actors who belong to the relation without being its ends.
	Tether string `json:"tether,omitempty"`
	Box    Rect   `json:"box,omitzero"` // what its label covers
	Label  Label  `json:"label,omitzero"`
}

// Actor is a node of the map.
type Actor struct {
	ID         string   `json:"id"`
	Shape      string   `json:"shape"` // one of [Shapes]
	Camp       string   `json:"camp,omitempty"`
	Name       string   `json:"name"`
	Label      string   `json:"label"`
	Role       string   `json:"role"`
	Added      bool     `json:"added,omitempty"` // not in the article that is explained
	Calls      []int    `json:"calls,omitempty"`
	Near       []string `json:"near"` // itself and whoever shares a relation with it
	Statements []string `json:"statements,omitempty"`
	Sources    []string `json:"sources,omitempty"`
}

// Shapes are the shapes of actors.
var Shapes = []string{"person", "institution", "state", "voices", "summit", "event", "object", "media"}

// Relation is an arrow of the map.
type Relation struct {
	ID       string   `json:"id"`
	From     string   `json:"from"`
	To       string   `json:"to"`
	Via      string   `json:"via,omitempty"`
	Kind     string   `json:"kind"`
	Polarity string   `json:"polarity"` // one of [Polarities]
	Label    string   `json:"label"`
	Said     Sentence `json:"said"`
	Ends     []string `json:"ends"` // From, To, and whoever else belongs to it: their choice lights it
	Calls    []int    `json:"calls,omitempty"`
	Added    bool     `json:"added,omitempty"`
}

// Section is a part of the article.
type Section struct {
	ID    string   `json:"id"`
	Title string   `json:"title"`
	Body  []Block  `json:"body"`
	Views []string `json:"views,omitempty"`
}

// Block is a paragraph, a list or a quotation.
type Block struct {
	Kind  string `json:"kind"` // "p", "ul", "ol", "quote"
	Text  Rich   `json:"text,omitempty"`
	Items []Rich `json:"items,omitempty"`
}

// View is an analyst view.
type View struct {
	ID      string     `json:"id"`
	Title   string     `json:"title"`
	By      string     `json:"by"`
	Reading Rich       `json:"reading"`
	RestsOn []string   `json:"restsOn"`
	Counter []Sentence `json:"counter,omitempty"` // none: the article has none
	Since   []Sentence `json:"since,omitempty"`
	Calls   []int      `json:"calls,omitempty"`
}

// Statement is an entry of the ledger.
type Statement struct {
	ID      string   `json:"id"`
	Digit   string   `json:"digit"`             // its number as shown
	Section string   `json:"section,omitempty"` // "" for title and lead
	By      string   `json:"by"`
	Kind    string   `json:"kind"`
	Check   string   `json:"check"` // one of [Checks]
	Text    string   `json:"text"`
	Note    Rich     `json:"note,omitempty"`
	Actors  []string `json:"actors,omitempty"`
	Calls   []int    `json:"calls,omitempty"`
	Sources []string `json:"sources,omitempty"`
}

// Source is where something can be checked.
type Source struct {
	ID         string `json:"id"`
	Digit      string `json:"digit"` // its number as shown
	Publisher  string `json:"publisher"`
	Date       Date   `json:"date,omitzero"`
	Subject    string `json:"subject"`
	URL        string `json:"url"`
	Quote      string `json:"quote,omitempty"`
	QuoteLang  string `json:"quoteLang,omitempty"`
	QuoteDir   string `json:"quoteDir,omitempty"`
	StateMedia bool   `json:"stateMedia,omitempty"`
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
	if err := json.Unmarshal(data, &d); err != nil {
		return nil, fmt.Errorf("decoding story: %w", err)
	}
	if d.Format != Format {
		return nil, fmt.Errorf("decoding story: format %d, this program reads format %d", d.Format, Format)
	}
	return &d, nil
}
