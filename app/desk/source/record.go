package source

import (
	"slices"

	"sharh/app/desk/diag"
)

// Records carry these tags:
//
//	yaml:"name,need"       the key; need: it must be there
//	text:"rich"            a Text that is Markdown of one paragraph; "blocks": of many. Others are plain.
//	list:"none"            a list or a Text for which `none` says that it is empty on purpose
//	missing:"<code>"       the rule that reports the key when it is missing, if it is not missing-key
//	unless:"<file>"        a needed key that may be missing where the explainer has that file instead
//	or:"<key>"             a needed key that may be missing where the record has that key instead

// Int is a whole number and its place; a zero Pos means that it was not given.
type Int struct {
	Value int
	Pos   diag.Pos
}

// Bool is a truth value and its place.
type Bool struct {
	Value bool
	Pos   diag.Pos
}

// Text is a text in each language of the explainer.
type Text struct {
	ByLang map[string]String
	Pos    diag.Pos
	Broken []string // languages whose text could not be read: that has been reported, and they are not missing
	None   bool     // it is empty on purpose
}

// In returns the text in lang, or "".
func (t Text) In(lang string) string { return t.ByLang[lang].Value }

// Given reports whether the text was written at all.
func (t Text) Given() bool { return t.ByLang != nil }

// Choice is a setting made for each language, such as digits. Unlike a Text it may be left out for a language.
type Choice Text

// In returns the choice for lang, or "".
func (c Choice) In(lang string) string { return c.ByLang[lang].Value }

// Sentence is a claim with its owner.
type Sentence struct {
	Pos        diag.Pos
	Kind       String   `yaml:"kind,need"`                  // what kind of sentence it is, so that a reader can tell a fact from a claim
	By         String   `yaml:"by" ref:"speaker"`           // whose it is: an actor or a speaker; only a fact or a background may leave it out
	Date       String   `yaml:"date"`                       // when it was said or happened: YYYY-MM-DD, or what is known of it: YYYY-MM, YYYY, spring 2021, 1990s, c. 1978, 2021-05-03/2021-05-09
	Text       Text     `yaml:"text,need" text:"rich"`      // rich text
	Sources    []String `yaml:"sources" ref:"source"`       // sources that carry it; at least one, unless statements names one
	Statements []String `yaml:"statements" ref:"statement"` // statements of the ledger that it repeats
}

// Explainer is explainer.yaml.
type Explainer struct {
	Pos        diag.Pos
	Languages  []String   `yaml:"languages,need"`                      // the first is the default one, published at /<folder>/; the others at /<folder>/<language>/
	Preparing  []String   `yaml:"preparing"`                           // languages that are being written: the preview shows them, a build leaves them out, and what they lack is only counted
	Listed     Bool       `yaml:"listed"`                              // false keeps it out of a build that does not name it: a draft, or a sample
	Digits     Choice     `yaml:"digits"`                              // for each language: arab (٠١٢٣), arabext (۰۱۲۳) or latn (0123); left out, those of the language
	Calendar   String     `yaml:"calendar"`                            // the calendar of dates before 1700: persian, hijri or umm-al-qura; left out, Gregorian
	Axis       Choice     `yaml:"axis"`                                // for each language: the direction in which time runs on the wide timeline, rtl or ltr
	FactsAsOf  String     `yaml:"facts_as_of,need"`                    // the day up to which everything was checked: YYYY-MM-DD
	Kicker     Text       `yaml:"kicker"`                              // two or three words above the title
	Title      Text       `yaml:"title,need"`                          // plain text
	ShortTitle Text       `yaml:"short_title"`                         // the name under the icon of the installed page: at most 12 characters
	Standfirst Text       `yaml:"standfirst,need" text:"rich"`         // rich text: one or two sentences under the title
	Picture    *Picture   `yaml:"picture"`                             // a picture of the whole story, under the standfirst
	Span       Span       `yaml:"span"`                                // the time of the story, needed where it has a timeline; an event after it is shown as an update
	Timeline   Figure     `yaml:"timeline"`                            // heading of the timeline, needed where there is one
	Map        Figure     `yaml:"map"`                                 // heading of the actor map, needed where there is one
	Camps      []Camp     `yaml:"camps"`                               // the sides; an actor may belong to one
	Speakers   []Speaker  `yaml:"speakers"`                            // who may stand in by without being an actor on the map
	KeyPoints  []Sentence `yaml:"key_points,need" unless:"steps.yaml"` // three to five sentences that a hurried reader needs; a story told in steps has none
	Numbers    []Number   `yaml:"numbers"`                             // key figures, up to four
	Sections   []Section  `yaml:"sections,need"`                       // parts of the article in reading order; their text is in sections/<id>.<language>.md
	Changes    []Change   `yaml:"changes"`                             // the change log, the latest first; corrections are among it
	Licence    *Licence   `yaml:"licence"`                             // what others may do with texts and data
	Theme      *Theme     `yaml:"theme"`                               // the publisher's colours and letters, where they are not the system's
	Withdrawn  *Withdrawn `yaml:"withdrawn"`                           // takes the explainer back: every page of it becomes a notice, and what readers saved ends
	Formerly   []String   `yaml:"formerly"`                            // names that its folder had before: their addresses lead here
	App        Bool       `yaml:"app"`                                 // false: readers cannot save it for offline use, and what they saved before ends
	Mute       []String   `yaml:"mute"`                                // codes of warnings that are not to be reported; sharh help lists them
}

// Licence is what others may do with an explainer's texts and data.
type Licence struct {
	Pos  diag.Pos
	Name Text   `yaml:"name,need"` // as people know it: CC BY 4.0
	URL  String `yaml:"url"`       // where its text is
}

// Withdrawn says that the publisher took the explainer back.
type Withdrawn struct {
	Pos       diag.Pos
	Date      String `yaml:"date,need"`   // the day: YYYY-MM-DD
	Reason    Text   `yaml:"reason,need"` // why, in a sentence or two: plain text
	Successor String `yaml:"successor"`   // what takes its place: the folder of another explainer, or an address, https://…
}

// Theme is how a publisher has his explainer look. What is not given stays as it is.
type Theme struct {
	Pos     diag.Pos
	Light   *Colours `yaml:"light"`   // the light theme
	Dark    *Colours `yaml:"dark"`    // the dark theme
	Text    String   `yaml:"text"`    // font families of text and headings, as in CSS; readers must have them: Georgia, serif
	Label   String   `yaml:"label"`   // font families of labels, figures and controls
	Measure String   `yaml:"measure"` // width of the text: 20rem to 50rem
}

// Colours are the colours of one theme, each #rrggbb.
type Colours struct {
	Pos    diag.Pos
	Paper  String `yaml:"paper"`  // the ground; quieter words, lines and the ground of panels follow from paper and ink
	Ink    String `yaml:"ink"`    // words and lines
	Accent String `yaml:"accent"` // kickers, numbers of sources, the frame of what has the focus
	Red    String `yaml:"red"`    // camps of the tone red
	Blue   String `yaml:"blue"`   // camps of the tone blue
	Ochre  String `yaml:"ochre"`  // camps of the tone ochre
	Grey   String `yaml:"grey"`   // camps of the tone grey
}

// Named are the colours by name.
func (c *Colours) Named() map[string]String {
	if c == nil {
		return nil
	}
	return map[string]String{
		"paper": c.Paper, "ink": c.Ink, "accent": c.Accent, "red": c.Red, "blue": c.Blue, "ochre": c.Ochre, "grey": c.Grey,
	}
}

// Undirected reports whether neither of the two acts on the other.
func (r *Relation) Undirected() bool { return r.Directed.Pos.Line != 0 && !r.Directed.Value }

// Written lists the languages that texts can be in: those that are published, then those that are being prepared.
func (e *Explainer) Written() []String { return slices.Concat(e.Languages, e.Preparing) }

// Unlisted reports whether a build leaves the explainer out unless it is named.
func (e *Explainer) Unlisted() bool { return e.Listed.Pos.Line != 0 && !e.Listed.Value }

// DependsOnOthers reports whether what is right for the explainer depends on the explainers beside it.
func (e *Explainer) DependsOnOthers() bool { return e.Withdrawn != nil || len(e.Formerly) > 0 }

// NoApp reports whether readers can save nothing of the explainer.
func (e *Explainer) NoApp() bool { return e.App.Pos.Line != 0 && !e.App.Value }

// Span is the time that the story covers.
type Span struct {
	Pos  diag.Pos
	From String `yaml:"from,need"` // first day of the timeline: YYYY-MM-DD, a month or a year, or a time such as 2025-06-21T18:00+03:00
	To   String `yaml:"to,need"`   // last day of the timeline, likewise
}

// Figure is the heading of a figure.
type Figure struct {
	Pos   diag.Pos
	Title Text `yaml:"title,need" missing:"missing-alternative"`            // plain text
	Lead  Text `yaml:"lead,need" text:"rich" missing:"missing-alternative"` // rich text: how to read the figure
	Open  Int  `yaml:"open" ref:"call"`                                     // of the timeline: the call whose panel is open at first; the last one, unless given
}

// Camp is a side.
type Camp struct {
	Pos  diag.Pos
	ID   String `yaml:"id,need" id:"camp"` // lower-case letters, digits and hyphens
	Name Text   `yaml:"name,need"`         // plain text
	Tone String `yaml:"tone,need"`         // its colour; each has a shape too
}

// Speaker can be named by sentences without being on the map.
type Speaker struct {
	Pos  diag.Pos
	ID   String   `yaml:"id,need" id:"speaker"` // lower-case letters, digits and hyphens; no actor has the same
	Name Text     `yaml:"name,need"`            // plain text
	Also []String `yaml:"also"`                 // other spellings of the name that readers may search for, in any language
	Camp String   `yaml:"camp" ref:"camp"`      // id of his camp, if he has one
}

// Number is a key figure.
type Number struct {
	Pos     diag.Pos
	Value   Text     `yaml:"value,need"`                // the figure, as short as it can be
	Text    Text     `yaml:"text,need"`                 // what it counts: plain text
	Sources []String `yaml:"sources,need" ref:"source"` // sources that carry it
}

// Section is a part of the article. Body is read from sections/<id>.<language>.md.
type Section struct {
	Pos   diag.Pos
	ID    String   `yaml:"id,need" id:"section"` // names its files: sections/<id>.<language>.md
	Title Text     `yaml:"title,need"`           // plain text
	Views []String `yaml:"views" ref:"view"`     // analyst views shown beside it
	Body  Text     `text:"blocks"`

	Pictures []Picture `yaml:"pictures"` // its pictures; ![](<file>) in its text puts one at its place, the others stand at its begin
}

// Picture is a picture from the folder media/, or a video, for which a picture stands.
type Picture struct {
	Pos     diag.Pos
	File    String `yaml:"file,need"`                                          // a file in media/: bridge.jpg; a JPEG, a PNG or a WebP
	Alt     Text   `yaml:"alt,need" missing:"missing-alternative" list:"none"` // what is to be seen, in a sentence, for readers who do not see it; none for a portrait beside its name, or for decoration
	Credit  Text   `yaml:"credit,need"`                                        // who made it, and whose it is: plain text
	Caption Text   `yaml:"caption" text:"rich"`                                // rich text under it: what it shows, where and when
	Licence String `yaml:"licence"`                                            // the licence under which it is shown: CC BY 4.0
	Link    String `yaml:"link"`                                               // the page where it comes from: https://…
	Video   String `yaml:"video"`                                              // the page of the video that the picture stands for: https://…
	Focus   []Int  `yaml:"focus"`                                              // what must be seen where it is cut, in percent from the left and from the top: [50, 30]; left out, the middle
}

// Change is an entry of the change log.
type Change struct {
	Pos  diag.Pos
	Date String `yaml:"date,need"`             // YYYY-MM-DD
	Text Text   `yaml:"text,need" text:"rich"` // rich text: what was changed, and why
}

// Steps is steps.yaml.
type Steps struct {
	Pos   diag.Pos
	Steps []Step `yaml:"steps,need"` // five to eight cards that tell the story by themselves, in reading order
}

// Step is a card of the story. Its number is its place in the list.
type Step struct {
	Pos       diag.Pos
	Headline  Text       `yaml:"headline,need"`  // what it says, in a line: plain text, at most 60 characters
	Sentences []Sentence `yaml:"sentences,need"` // the card: at most 45 words together
	Shows     Shows      `yaml:"shows"`          // what its figure shows; left out, it has none
	Picture   *Picture   `yaml:"picture"`        // a picture in place of a figure
}

// Shows is what the figure of a step shows: a call, an event, or actors and relations.
type Shows struct {
	Pos       diag.Pos
	Call      Int      `yaml:"call" ref:"call"`          // number of a call, shown on the timeline
	Event     String   `yaml:"event" ref:"event"`        // id of an event that has a day, shown on the timeline
	Actors    []String `yaml:"actors" ref:"actor"`       // ids of actors, shown as a part of the map; with relations, more actors than those at their ends
	Relations []String `yaml:"relations" ref:"relation"` // ids of relations, shown with the actors at their ends
}

// Timeline is timeline.yaml.
type Timeline struct {
	Pos    diag.Pos
	Groups []Group `yaml:"groups"` // lanes of the line, from the top; an event is in one of them or in none
	Marks  []Sign  `yaml:"marks"`  // kinds of events that have a mark of their own
	Calls  []Call  `yaml:"calls"`  // in order of date
	Events []Event `yaml:"events"` // what happened besides: in the time of the story, after it, or long before
}

// Sign is how events of a kind are drawn.
type Sign struct {
	Pos   diag.Pos
	ID    String `yaml:"id,need" id:"mark"` // lower-case letters, digits and hyphens; what events name as their figure
	Shape String `yaml:"shape,need"`        // how it is drawn
	Name  Text   `yaml:"name,need"`         // what it stands for, below the line: plain text
}

// Group is what some events have in common: a place, a side, a strand of the story.
type Group struct {
	Pos  diag.Pos
	ID   String `yaml:"id,need" id:"group"` // lower-case letters, digits and hyphens
	Name Text   `yaml:"name,need"`          // beside its events: at most 22 characters
}

// Call is a telephone call.
type Call struct {
	Pos           diag.Pos
	ID            Int        `yaml:"id,need" id:"call"`       // its number: 1, 2, 3 …
	Date          String     `yaml:"date,need"`               // YYYY-MM-DD, within the span
	Elsewhere     *Elsewhere `yaml:"elsewhere"`               // its date in another time zone, where it differs
	Short         Text       `yaml:"short,need"`              // what it was about: at most 45 characters
	Lengths       []Length   `yaml:"lengths,need"`            // one for each account of how long it took
	Initiator     Sentence   `yaml:"initiator,need"`          // who rang whom, by whose account
	Topics        Topics     `yaml:"topics,need"`             // what was talked about
	Accounts      []Account  `yaml:"accounts,need"`           // what each side said afterwards, side by side
	Followed      []Sentence `yaml:"followed"`                // what followed: dated sentences
	Disagreements []Sentence `yaml:"disagreements"`           // where accounts differ
	Actors        []String   `yaml:"actors,need" ref:"actor"` // ids of actors whom it concerns
	Views         []String   `yaml:"views" ref:"view"`        // ids of analyst views that concern it
}

// Elsewhere is the date of a call in another time zone.
type Elsewhere struct {
	Pos   diag.Pos
	Date  String `yaml:"date,need"`  // YYYY-MM-DD
	Place Text   `yaml:"place,need"` // where it was that date
}

// Length is one account of how long a call took.
type Length struct {
	Pos     diag.Pos
	By      String   `yaml:"by,need" ref:"speaker"`     // whose account: an actor or a speaker
	Minutes Int      `yaml:"minutes,need"`              // the number that is drawn: the bar runs to the shortest, its paler part to the longest
	Text    Text     `yaml:"text,need"`                 // as that account put it
	Sources []String `yaml:"sources,need" ref:"source"` // sources that carry it
}

// Topics is what was talked about.
type Topics struct {
	Pos     diag.Pos
	Text    Text     `yaml:"text,need" text:"rich"`     // rich text
	Sources []String `yaml:"sources,need" ref:"source"` // sources that carry it
}

// Account is what one side said after a call.
type Account struct {
	Pos       diag.Pos
	Camp      String     `yaml:"camp,need" ref:"camp"` // id of the camp
	Sentences []Sentence `yaml:"sentences,need"`       // what that side said
}

// Event is anything on the timeline that is not a call.
type Event struct {
	Pos       diag.Pos
	ID        String     `yaml:"id,need" id:"event"`    // lower-case letters, digits and hyphens; its address is #event-<id>
	Date      String     `yaml:"date"`                  // YYYY-MM-DD, or what is known of it, as in a sentence; may be left out where figure is left out
	Figure    String     `yaml:"figure"`                // draws it on the timeline: summit, event, era, or the id of one of the marks; left out, it is only listed
	Label     Text       `yaml:"label,need" or:"title"` // on the timeline: at most 22 characters; may be left out where title is given and as short
	Title     Text       `yaml:"title"`                 // a headline for lists: plain text, at most 120 characters; left out, the label
	Sentences []Sentence `yaml:"sentences,need"`        // what happened
	Group     String     `yaml:"group" ref:"group"`     // id of its group, if it has one
	Calls     []Int      `yaml:"calls" ref:"call"`      // numbers of the calls that it has to do with
	Actors    []String   `yaml:"actors" ref:"actor"`    // ids of actors whom it concerns
	Place     Text       `yaml:"place"`                 // where it happened: plain text
	Link      String     `yaml:"link" ref:"source"`     // id of a source that tells more of it
	Picture   *Picture   `yaml:"picture"`               // a picture of it
}

// Actors is actors.yaml.
type Actors struct {
	Pos       diag.Pos
	Actors    []Actor    `yaml:"actors"`               // people, institutions, states and subjects on the map
	Relations []Relation `yaml:"relations"`            // arrows between them
	Sources   []String   `yaml:"sources" ref:"source"` // sources of the list as a whole: they carry what names none of its own
	Weights   Text       `yaml:"weights"`              // what the weights of relations count, such as “meetings in 2025”: needed where a relation has one
}

// Actor is a node of the map.
type Actor struct {
	Pos        diag.Pos
	ID         String   `yaml:"id,need" id:"actor speaker"` // lower-case letters, digits and hyphens; its address is #actor-<id>
	Shape      String   `yaml:"shape,need"`                 // what it is; each is drawn in its own way
	Camp       String   `yaml:"camp" ref:"camp"`            // id of its camp, if it has one
	Name       Text     `yaml:"name,need"`                  // plain text
	Label      Text     `yaml:"label"`                      // a shorter name for the map: at most 22 characters
	Also       []String `yaml:"also"`                       // other spellings of that shorter name, or of the name, that readers may search for, in any language
	Role       Text     `yaml:"role,need"`                  // one line
	Portrait   *Picture `yaml:"portrait"`                   // a picture of him or it, cut to a square
	Added      Bool     `yaml:"added"`                      // true: not in the article that is explained, only in other sources
	Core       Bool     `yaml:"core"`                       // true: on the map before anything is chosen; without any, what weighs most is
	Pin        String   `yaml:"pin"`                        // the end of its column on the map where it stands: top or bottom; left out, where fewest lines cross
	Calls      []Int    `yaml:"calls" ref:"call"`           // numbers of the calls that concern it
	Statements []String `yaml:"statements" ref:"statement"` // statements that carry it; these or sources
	Sources    []String `yaml:"sources" ref:"source"`       // sources that carry it; these or statements
}

// Relation is an arrow of the map.
type Relation struct {
	Pos      diag.Pos
	ID       String   `yaml:"id,need" id:"relation"` // lower-case letters, digits and hyphens
	From     String   `yaml:"from,need" ref:"actor"` // id of the actor who acts
	To       String   `yaml:"to,need" ref:"actor"`   // id of the actor on whom
	Via      String   `yaml:"via" ref:"actor"`       // id of a third actor, by way of whom
	Kind     Text     `yaml:"kind,need"`             // a word or two for what it is
	Polarity String   `yaml:"polarity,need"`         // how the one acts on the other; each has a colour and a line
	Label    Text     `yaml:"label,need"`            // on the arrow: at most 24 characters
	Sentence Sentence `yaml:"sentence"`              // who says so, and what carries it; left out, the arrow is a fact that the sources of the list carry
	Calls    []Int    `yaml:"calls" ref:"call"`      // numbers of the calls to which it belongs
	Since    String   `yaml:"since"`                 // when it began, as exactly as it is known; left out, with the first of its calls
	Until    String   `yaml:"until"`                 // when it ended, likewise; left out, not yet
	Weight   Int      `yaml:"weight"`                // how much it is, from 1 to 9999: the more, the thicker its line; left out, not counted
	Mutual   Bool     `yaml:"mutual"`                // true: of both to each other; the arrow has two heads
	Directed Bool     `yaml:"directed"`              // false: between both, as partners or relatives are; a line without heads
	Added    Bool     `yaml:"added"`                 // true: not in the article that is explained, only in other sources
	Core     Bool     `yaml:"core"`                  // true: on the map before anything is chosen
}

// Ledger is statements.yaml.
type Ledger struct {
	Pos        diag.Pos
	Statements []Statement `yaml:"statements,need"` // in the order of the article
}

// Statement is an entry of the ledger.
type Statement struct {
	Pos     diag.Pos
	ID      String   `yaml:"id,need" id:"statement"`          // lower-case letters, digits and hyphens; its address is #statement-<id>
	Section String   `yaml:"section,need" ref:"section,lead"` // id of the section where it stands; lead for title and lead
	By      String   `yaml:"by,need" ref:"speaker"`           // whose it is: an actor or a speaker
	Date    String   `yaml:"date"`                            // when it was said, as exactly as it is known
	Kind    String   `yaml:"kind,need"`                       // what kind of statement it is
	Check   String   `yaml:"check,need"`                      // how it checked out: supported, differs (needs a note), contradicted (needs contradicted_by), open (an opinion, or cannot be checked)
	Against []String `yaml:"contradicted_by" ref:"speaker"`   // who contradicts it: actors or speakers
	Text    Text     `yaml:"text,need"`                       // plain text, in our own words
	Note    Text     `yaml:"note" text:"rich"`                // rich text; needed with check: differs
	Actors  []String `yaml:"actors" ref:"actor"`              // ids of actors that it is about
	Calls   []Int    `yaml:"calls" ref:"call"`                // numbers of the calls that it is about
	Sources []String `yaml:"sources" ref:"source"`            // what it was checked against; may be left out where check is open
}

// Views is views.yaml.
type Views struct {
	Pos   diag.Pos
	Views []View `yaml:"views,need"` // readings of analysts
}

// View is an analyst view. Counter is empty when the file says "none".
type View struct {
	Pos     diag.Pos
	ID      String     `yaml:"id,need" id:"view"`                                  // lower-case letters, digits and hyphens; its address is #view-<id>
	Title   Text       `yaml:"title,need"`                                         // a question or a thesis: at most 60 characters
	By      String     `yaml:"by,need" ref:"speaker"`                              // whose reading it is: an actor or a speaker
	Whose   Text       `yaml:"whose"`                                              // the same in words, where it is not his alone or his name does not say it
	Reading Text       `yaml:"reading,need" text:"rich"`                           // rich text
	RestsOn []String   `yaml:"rests_on,need" ref:"statement"`                      // ids of statements that it rests on
	Counter []Sentence `yaml:"counter,need" list:"none" missing:"missing-counter"` // sentences against it; none where the article has none
	Since   []Sentence `yaml:"since"`                                              // what happened since: dated sentences
	Calls   []Int      `yaml:"calls" ref:"call"`                                   // numbers of the calls that it is about
}

// Glossary is glossary.yaml.
type Glossary struct {
	Pos   diag.Pos
	Terms []Term `yaml:"terms,need"` // in the order in which the page lists them
}

// Term is a word that a reader may not know.
type Term struct {
	Pos     diag.Pos
	ID      String   `yaml:"id,need" id:"term"`        // lower-case letters, digits and hyphens; its address is #term-<id>
	Name    Text     `yaml:"name,need"`                // plain text
	Meaning Text     `yaml:"meaning,need" text:"rich"` // rich text: one sentence
	Sources []String `yaml:"sources" ref:"source"`     // sources that carry it; may be left out for what a dictionary says
}

// Sources is sources.yaml.
type Sources struct {
	Pos     diag.Pos
	Sources []Source `yaml:"sources,need"` // numbered in this order on the page
}

// Source is where something can be checked.
type Source struct {
	Pos           diag.Pos
	ID            String `yaml:"id,need" id:"source"` // lower-case letters, digits and hyphens; its address is #source-<id>
	Publisher     Text   `yaml:"publisher,need"`      // plain text
	Date          String `yaml:"date"`                // when it was published: YYYY-MM-DD, or what is known of it
	Subject       Text   `yaml:"subject,need"`        // what it is about, in a few words
	URL           String `yaml:"url,need" or:"where"` // begins with https://; may be left out where it is only elsewhere
	Medium        String `yaml:"medium"`              // what it is, if not a page of the web
	Where         Text   `yaml:"where"`               // where it can be found or heard, if not at the address alone: plain text
	Quote         String `yaml:"quote"`               // a few supporting words, as printed
	QuoteLanguage String `yaml:"quote_language"`      // language of the quote: en
	StateMedia    Bool   `yaml:"state_media"`         // true: owned by or aligned with a state; good evidence of what that state said
}
