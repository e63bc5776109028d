package story

// Words are the page's own words in one language. They come from app/desk/locale, so that a language is data and not
// code; the client carries no word of its own.
type Words struct {
	SkipToArticle string `json:"skipToArticle" yaml:"skip_to_article"`
	FactsAsOf     string `json:"factsAsOf" yaml:"facts_as_of"`
	Tools         string `json:"tools" yaml:"tools"`
	ThemeLight    string `json:"themeLight" yaml:"theme_light"`
	ThemeDark     string `json:"themeDark" yaml:"theme_dark"`
	ThemeAuto     string `json:"themeAuto" yaml:"theme_auto"`
	Theme         string `json:"theme" yaml:"theme"`

	KeyPoints  string `json:"keyPoints" yaml:"key_points"`
	KeyNumbers string `json:"keyNumbers" yaml:"key_numbers"`
	Article    string `json:"article" yaml:"article"`
	Ledger     string `json:"ledger" yaml:"ledger"`
	LedgerLead string `json:"ledgerLead" yaml:"ledger_lead"`
	Updates    string `json:"updates" yaml:"updates"`
	UpdateLead string `json:"updateLead" yaml:"update_lead"`
	Sources    string `json:"sources" yaml:"sources"`
	SourceLead string `json:"sourceLead" yaml:"source_lead"`
	Events     string `json:"events" yaml:"events"`

	Length        string `json:"length" yaml:"length"`
	Initiator     string `json:"initiator" yaml:"initiator"`
	Topics        string `json:"topics" yaml:"topics"`
	Elsewhere     string `json:"elsewhere" yaml:"elsewhere"`
	Since         string `json:"since" yaml:"since"`
	AccountOf     string `json:"accountOf" yaml:"account_of"`
	Followed      string `json:"followed" yaml:"followed"`
	Disagreements string `json:"disagreements" yaml:"disagreements"`
	TookPart      string `json:"tookPart" yaml:"took_part"`
	ViewsOnCall   string `json:"viewsOnCall" yaml:"views_on_call"`
	Previous      string `json:"previous" yaml:"previous"`
	Next          string `json:"next" yaml:"next"`
	LegendSure    string `json:"legendSure" yaml:"legend_sure"`
	LegendRange   string `json:"legendRange" yaml:"legend_range"`
	LegendSummit  string `json:"legendSummit" yaml:"legend_summit"`
	LegendEvent   string `json:"legendEvent" yaml:"legend_event"`
	LegendGaps    string `json:"legendGaps" yaml:"legend_gaps"`

	Twin     string `json:"twin" yaml:"twin"`
	TwinLead string `json:"twinLead" yaml:"twin_lead"`
	Via      string `json:"via" yaml:"via"`
	Added    string `json:"added" yaml:"added"`
	Clear    string `json:"clear" yaml:"clear"`

	View       string `json:"view" yaml:"view"`
	ReadingBy  string `json:"readingBy" yaml:"reading_by"`
	RestsOn    string `json:"restsOn" yaml:"rests_on"`
	Counter    string `json:"counter" yaml:"counter"`
	NoCounter  string `json:"noCounter" yaml:"no_counter"`
	SinceThen  string `json:"sinceThen" yaml:"since_then"`
	StateMedia string `json:"stateMedia" yaml:"state_media"`
	AllKinds   string `json:"allKinds" yaml:"all_kinds"`
	AllCamps   string `json:"allCamps" yaml:"all_camps"`
	CampFilter string `json:"campFilter" yaml:"camp_filter"`
	KindFilter string `json:"kindFilter" yaml:"kind_filter"`
	Search     string `json:"search" yaml:"search"`
	Failed     string `json:"failed" yaml:"failed"`
	Colon      string `json:"colon" yaml:"colon"`
	Quote      string `json:"quote" yaml:"quote"` // the two quotation marks

	Kinds      map[string]string `json:"kinds" yaml:"kinds"`
	Checks     map[string]string `json:"checks" yaml:"checks"`
	Polarities map[string]string `json:"polarities" yaml:"polarities"`
	Shapes     map[string]string `json:"shapes" yaml:"shapes"`

	// Found holds the phrase for each possible number of statements found, from none to all of them: plural rules
	// and digits stay with the desk.
	Found []string `json:"found" yaml:"-"`
}
