package source

import "sharh/app/desk/diag"

// String is a text and its place.
type String struct {
	Value string
	Pos   diag.Pos
}

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
	Kind       String   `yaml:"kind,need"`
	By         String   `yaml:"by"`
	Date       String   `yaml:"date"`
	Text       Text     `yaml:"text,need"`
	Sources    []String `yaml:"sources"`
	Statements []String `yaml:"statements"`
}

// Explainer is explainer.yaml.
type Explainer struct {
	Pos        diag.Pos
	Languages  []String   `yaml:"languages,need"`
	Digits     Choice     `yaml:"digits"`
	Axis       Choice     `yaml:"axis"`
	FactsAsOf  String     `yaml:"facts_as_of,need"`
	Kicker     Text       `yaml:"kicker"`
	Title      Text       `yaml:"title,need"`
	Standfirst Text       `yaml:"standfirst,need"`
	Span       Span       `yaml:"span,need"`
	Timeline   Figure     `yaml:"timeline,need"`
	Map        Figure     `yaml:"map,need"`
	Camps      []Camp     `yaml:"camps"`
	Speakers   []Speaker  `yaml:"speakers"`
	KeyPoints  []Sentence `yaml:"key_points,need"`
	Numbers    []Number   `yaml:"numbers"`
	Sections   []Section  `yaml:"sections,need"`
	Changes    []Change   `yaml:"changes"`
}

// Span is the time that the story covers.
type Span struct {
	Pos  diag.Pos
	From String `yaml:"from,need"`
	To   String `yaml:"to,need"`
}

// Figure is the heading of a figure.
type Figure struct {
	Pos   diag.Pos
	Title Text `yaml:"title,need"`
	Lead  Text `yaml:"lead,need"`
	Open  Int  `yaml:"open"`
}

// Camp is a side.
type Camp struct {
	Pos  diag.Pos
	ID   String `yaml:"id,need"`
	Name Text   `yaml:"name,need"`
	Tone String `yaml:"tone,need"`
}

// Speaker can be named by sentences without being on the map.
type Speaker struct {
	Pos  diag.Pos
	ID   String `yaml:"id,need"`
	Name Text   `yaml:"name,need"`
	Camp String `yaml:"camp"`
}

// Number is a key figure.
type Number struct {
	Pos     diag.Pos
	Value   Text     `yaml:"value,need"`
	Text    Text     `yaml:"text,need"`
	Sources []String `yaml:"sources,need"`
}

// Section is a part of the article. Body is read from sections/<id>.<language>.md.
type Section struct {
	Pos   diag.Pos
	ID    String   `yaml:"id,need"`
	Title Text     `yaml:"title,need"`
	Views []String `yaml:"views"`
	Body  Text
}

// Change is an entry of the change log.
type Change struct {
	Pos  diag.Pos
	Date String `yaml:"date,need"`
	Text Text   `yaml:"text,need"`
}

// Timeline is timeline.yaml.
type Timeline struct {
	Pos    diag.Pos
	Calls  []Call  `yaml:"calls"`
	Events []Event `yaml:"events"`
}

// Call is a telephone call.
type Call struct {
	Pos           diag.Pos
	ID            Int        `yaml:"id,need"`
	Date          String     `yaml:"date,need"`
	Elsewhere     *Elsewhere `yaml:"elsewhere"`
	Short         Text       `yaml:"short,need"`
	Lengths       []Length   `yaml:"lengths,need"`
	Initiator     Sentence   `yaml:"initiator,need"`
	Topics        Topics     `yaml:"topics,need"`
	Accounts      []Account  `yaml:"accounts,need"`
	Followed      []Sentence `yaml:"followed"`
	Disagreements []Sentence `yaml:"disagreements"`
	Actors        []String   `yaml:"actors,need"`
	Views         []String   `yaml:"views"`
}

// Elsewhere is the date of a call in another time zone.
type Elsewhere struct {
	Pos   diag.Pos
	Date  String `yaml:"date,need"`
	Place Text   `yaml:"place,need"`
}

// Length is one account of how long a call took.
type Length struct {
	Pos     diag.Pos
	By      String   `yaml:"by,need"`
	Minutes Int      `yaml:"minutes,need"`
	Text    Text     `yaml:"text,need"`
	Sources []String `yaml:"sources,need"`
}

// Topics is what was talked about.
type Topics struct {
	Pos     diag.Pos
	Text    Text     `yaml:"text,need"`
	Sources []String `yaml:"sources,need"`
}

// Account is what one side said after a call.
type Account struct {
	Pos       diag.Pos
	Camp      String     `yaml:"camp,need"`
	Sentences []Sentence `yaml:"sentences,need"`
}

// Event is anything on the timeline that is not a call.
type Event struct {
	Pos       diag.Pos
	ID        String     `yaml:"id,need"`
	Date      String     `yaml:"date"`
	Figure    String     `yaml:"figure"`
	Label     Text       `yaml:"label,need"`
	Sentences []Sentence `yaml:"sentences,need"`
	Calls     []Int      `yaml:"calls"`
}

// Actors is actors.yaml.
type Actors struct {
	Pos       diag.Pos
	Actors    []Actor    `yaml:"actors,need"`
	Relations []Relation `yaml:"relations"`
}

// Actor is a node of the map.
type Actor struct {
	Pos        diag.Pos
	ID         String   `yaml:"id,need"`
	Shape      String   `yaml:"shape,need"`
	Camp       String   `yaml:"camp"`
	Name       Text     `yaml:"name,need"`
	Label      Text     `yaml:"label"`
	Role       Text     `yaml:"role,need"`
	Added      Bool     `yaml:"added"`
	Calls      []Int    `yaml:"calls"`
	Statements []String `yaml:"statements"`
	Sources    []String `yaml:"sources"`
}

// Relation is an arrow of the map.
type Relation struct {
	Pos      diag.Pos
	ID       String   `yaml:"id,need"`
	From     String   `yaml:"from,need"`
	To       String   `yaml:"to,need"`
	Via      String   `yaml:"via"`
	Kind     Text     `yaml:"kind,need"`
	Polarity String   `yaml:"polarity,need"`
	Label    Text     `yaml:"label,need"`
	Sentence Sentence `yaml:"sentence,need"`
	Calls    []Int    `yaml:"calls"`
	Added    Bool     `yaml:"added"`
}

// Ledger is statements.yaml.
type Ledger struct {
	Pos        diag.Pos
	Statements []Statement `yaml:"statements,need"`
}

// Statement is an entry of the ledger.
type Statement struct {
	Pos     diag.Pos
	ID      String   `yaml:"id,need"`
	Section String   `yaml:"section,need"`
	By      String   `yaml:"by,need"`
	Kind    String   `yaml:"kind,need"`
	Check   String   `yaml:"check,need"`
	Text    Text     `yaml:"text,need"`
	Note    Text     `yaml:"note"`
	Actors  []String `yaml:"actors"`
	Calls   []Int    `yaml:"calls"`
	Sources []String `yaml:"sources"`
}

// Views is views.yaml.
type Views struct {
	Pos   diag.Pos
	Views []View `yaml:"views,need"`
}

// View is an analyst view. Counter is empty but not nil when the file says "none".
type View struct {
	Pos     diag.Pos
	ID      String     `yaml:"id,need"`
	Title   Text       `yaml:"title,need"`
	By      String     `yaml:"by,need"`
	Reading Text       `yaml:"reading,need"`
	RestsOn []String   `yaml:"rests_on,need"`
	Counter []Sentence `yaml:"counter,need"`
	Since   []Sentence `yaml:"since"`
	Calls   []Int      `yaml:"calls"`
}

// Glossary is glossary.yaml.
type Glossary struct {
	Pos   diag.Pos
	Terms []Term `yaml:"terms,need"`
}

// Term is a word that a reader may not know.
type Term struct {
	Pos     diag.Pos
	ID      String   `yaml:"id,need"`
	Name    Text     `yaml:"name,need"`
	Meaning Text     `yaml:"meaning,need"`
	Sources []String `yaml:"sources"`
}

// Sources is sources.yaml.
type Sources struct {
	Pos     diag.Pos
	Sources []Source `yaml:"sources,need"`
}

// Source is where something can be checked.
type Source struct {
	Pos           diag.Pos
	ID            String `yaml:"id,need"`
	Publisher     Text   `yaml:"publisher,need"`
	Date          String `yaml:"date"`
	Subject       Text   `yaml:"subject,need"`
	URL           String `yaml:"url,need"`
	Quote         String `yaml:"quote"`
	QuoteLanguage String `yaml:"quote_language"`
	StateMedia    Bool   `yaml:"state_media"`
}
