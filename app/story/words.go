package story

// Words are the page's own words in one language. They come from the data files of app/desk/locale, so a new language
// needs no code; the client has no words of its own.
type Words struct {
	SkipToArticle  string `json:"skipToArticle,omitzero" yaml:"skip_to_article"`
	SkipToTimeline string `json:"skipToTimeline,omitzero" yaml:"skip_to_timeline"`
	SkipToMap      string `json:"skipToMap,omitzero" yaml:"skip_to_map"`
	SkipToStory    string `json:"skipToStory,omitzero" yaml:"skip_to_story"`
	FactsAsOf      string `json:"factsAsOf,omitzero" yaml:"facts_as_of"`
	Tools          string `json:"tools,omitzero" yaml:"tools"`
	ThemeLight     string `json:"themeLight,omitzero" yaml:"theme_light"`
	ThemeDark      string `json:"themeDark,omitzero" yaml:"theme_dark"`
	ThemeAuto      string `json:"themeAuto,omitzero" yaml:"theme_auto"`
	Theme          string `json:"theme,omitzero" yaml:"theme"`
	SaveOffline    string `json:"saveOffline,omitzero" yaml:"save_offline"`

	// For screen readers: what a number in the text refers to, and what was chosen.
	CiteSource    string `json:"citeSource,omitzero" yaml:"cite_source"`
	CiteStatement string `json:"citeStatement,omitzero" yaml:"cite_statement"`
	Chosen        string `json:"chosen,omitzero" yaml:"chosen"`
	Cleared       string `json:"cleared,omitzero" yaml:"cleared"`

	Steps      string `json:"steps,omitzero" yaml:"steps"`
	KeyPoints  string `json:"keyPoints,omitzero" yaml:"key_points"`
	KeyNumbers string `json:"keyNumbers,omitzero" yaml:"key_numbers"`
	Article    string `json:"article,omitzero" yaml:"article"`
	Ledger     string `json:"ledger,omitzero" yaml:"ledger"`
	LedgerLead string `json:"ledgerLead,omitzero" yaml:"ledger_lead"`
	Updates    string `json:"updates,omitzero" yaml:"updates"`
	UpdateLead string `json:"updateLead,omitzero" yaml:"update_lead"`
	Sources    string `json:"sources,omitzero" yaml:"sources"`
	SourceLead string `json:"sourceLead,omitzero" yaml:"source_lead"`
	Events     string `json:"events,omitzero" yaml:"events"`

	// For a story without calls.
	EventsAlone string `json:"eventsAlone,omitzero" yaml:"events_alone"`
	EventAlone  string `json:"eventAlone,omitzero" yaml:"event_alone"`

	Length        string `json:"length,omitzero" yaml:"length"`
	Initiator     string `json:"initiator,omitzero" yaml:"initiator"`
	Topics        string `json:"topics,omitzero" yaml:"topics"`
	Elsewhere     string `json:"elsewhere,omitzero" yaml:"elsewhere"`
	Since         string `json:"since,omitzero" yaml:"since"`
	AccountOf     string `json:"accountOf,omitzero" yaml:"account_of"`
	Followed      string `json:"followed,omitzero" yaml:"followed"`
	Disagreements string `json:"disagreements,omitzero" yaml:"disagreements"`
	TookPart      string `json:"tookPart,omitzero" yaml:"took_part"`
	ViewsOnCall   string `json:"viewsOnCall,omitzero" yaml:"views_on_call"`
	Previous      string `json:"previous,omitzero" yaml:"previous"`
	Next          string `json:"next,omitzero" yaml:"next"`
	LegendSure    string `json:"legendSure,omitzero" yaml:"legend_sure"`
	LegendRange   string `json:"legendRange,omitzero" yaml:"legend_range"`
	LegendSummit  string `json:"legendSummit,omitzero" yaml:"legend_summit"`
	LegendEvent   string `json:"legendEvent,omitzero" yaml:"legend_event"`
	LegendGaps    string `json:"legendGaps,omitzero" yaml:"legend_gaps"`

	Twin     string `json:"twin,omitzero" yaml:"twin"`
	Whole    string `json:"whole,omitzero" yaml:"whole"` // put before the name of a list that is folded on phones
	TwinLead string `json:"twinLead,omitzero" yaml:"twin_lead"`
	From     string `json:"from,omitzero" yaml:"from"` // From, Towards, With and Via come before a name; Towards may be "a … b"
	Towards  string `json:"towards,omitzero" yaml:"towards"`
	With     string `json:"with,omitzero" yaml:"with"`
	Via      string `json:"via,omitzero" yaml:"via"`
	Added    string `json:"added,omitzero" yaml:"added"`
	Clear    string `json:"clear,omitzero" yaml:"clear"`

	// The map's controls, once the page is live.
	Filters   string `json:"filters,omitzero" yaml:"filters"`
	TieFilter string `json:"tieFilter,omitzero" yaml:"tie_filter"`
	AllTies   string `json:"allTies,omitzero" yaml:"all_ties"`
	Only      string `json:"only,omitzero" yaml:"only"`
	Until     string `json:"until,omitzero" yaml:"until"`
	AllTime   string `json:"allTime,omitzero" yaml:"all_time"`
	WholeMap  string `json:"wholeMap,omitzero" yaml:"whole_map"`
	ZoomIn    string `json:"zoomIn,omitzero" yaml:"zoom_in"`
	ZoomOut   string `json:"zoomOut,omitzero" yaml:"zoom_out"`
	Fit       string `json:"fit,omitzero" yaml:"fit"`
	Earlier   string `json:"earlier,omitzero" yaml:"earlier"`
	Later     string `json:"later,omitzero" yaml:"later"`

	View       string `json:"view,omitzero" yaml:"view"`
	ReadingBy  string `json:"readingBy,omitzero" yaml:"reading_by"`
	RestsOn    string `json:"restsOn,omitzero" yaml:"rests_on"`
	Counter    string `json:"counter,omitzero" yaml:"counter"`
	Against    string `json:"against,omitzero" yaml:"against"`
	NoCounter  string `json:"noCounter,omitzero" yaml:"no_counter"`
	SinceThen  string `json:"sinceThen,omitzero" yaml:"since_then"`
	StateMedia string `json:"stateMedia,omitzero" yaml:"state_media"`
	AllKinds   string `json:"allKinds,omitzero" yaml:"all_kinds"`
	AllCamps   string `json:"allCamps,omitzero" yaml:"all_camps"`
	CampFilter string `json:"campFilter,omitzero" yaml:"camp_filter"`
	KindFilter string `json:"kindFilter,omitzero" yaml:"kind_filter"`
	Search     string `json:"search,omitzero" yaml:"search"`
	Find       string `json:"find,omitzero" yaml:"find"`
	FindNone   string `json:"findNone,omitzero" yaml:"find_none"`
	FindAll    string `json:"findAll,omitzero" yaml:"find_all"`
	Failed     string `json:"failed,omitzero" yaml:"failed"`
	Off        string `json:"off,omitzero" yaml:"off"`
	Blocked    string `json:"blocked,omitzero" yaml:"blocked"`
	Reload     string `json:"reload,omitzero" yaml:"reload"`
	Close      string `json:"close,omitzero" yaml:"close"`
	// The evidence page, marks and their cards.
	Evidence     string `json:"evidence,omitzero" yaml:"evidence"`
	EvidenceLead string `json:"evidenceLead,omitzero" yaml:"evidence_lead"`
	ToEvidence   string `json:"toEvidence,omitzero" yaml:"to_evidence"`
	Marks        string `json:"marks,omitzero" yaml:"marks"`
	MarksFull    string `json:"marksFull,omitzero" yaml:"marks_full"`

	// Pictures: before the name of whose it is, and before the site of a video.
	Picture string `json:"picture,omitzero" yaml:"picture"`
	Video   string `json:"video,omitzero" yaml:"video"`

	Method    string `json:"method,omitzero" yaml:"method"`
	Changes   string `json:"changes,omitzero" yaml:"changes"`
	Glossary  string `json:"glossary,omitzero" yaml:"glossary"`
	Downloads string `json:"downloads,omitzero" yaml:"downloads"`
	// The name of the map among the downloads.
	MapPicture string `json:"mapPicture,omitzero" yaml:"map_picture"`
	OneFile    string `json:"oneFile,omitzero" yaml:"one_file"`
	Colon      string `json:"colon,omitzero" yaml:"colon"`
	Comma      string `json:"comma,omitzero" yaml:"comma"`

	Share string `json:"share,omitzero" yaml:"share"`
	// Dialog has the words of web/dialog.js. The build fills them into that script.
	Dialog map[string]string `json:"dialog,omitzero" yaml:"dialog"`

	// Demo has the words of the demo page.
	Demo map[string]string `json:"demo,omitzero" yaml:"demo"`

	// Notice has the words of pages whose explainer was withdrawn or has moved.
	Notice map[string]string `json:"notice,omitzero" yaml:"notice"`

	// For embeds: in frames of other pages.
	EmbedParts  string `json:"embedParts,omitzero" yaml:"embed_parts"`
	TabSteps    string `json:"tabSteps,omitzero" yaml:"tab_steps"`
	TabCalls    string `json:"tabCalls,omitzero" yaml:"tab_calls"`
	TabTimeline string `json:"tabTimeline,omitzero" yaml:"tab_timeline"`
	TabMap      string `json:"tabMap,omitzero" yaml:"tab_map"`
	TabViews    string `json:"tabViews,omitzero" yaml:"tab_views"`
	EmbedMore   string `json:"embedMore,omitzero" yaml:"embed_more"`
	EmbedChoose string `json:"embedChoose,omitzero" yaml:"embed_choose"`
	EmbedWhole  string `json:"embedWhole,omitzero" yaml:"embed_whole"`
	NewWindow   string `json:"newWindow,omitzero" yaml:"new_window"`

	Kinds      map[string]string `json:"kinds,omitzero" yaml:"kinds"`
	Checks     map[string]string `json:"checks,omitzero" yaml:"checks"`
	Media      map[string]string `json:"media,omitzero" yaml:"media"` // kinds of sources, as part of a line
	Polarities map[string]string `json:"polarities,omitzero" yaml:"polarities"`
	Shapes     map[string]string `json:"shapes,omitzero" yaml:"shapes"`
	Groups     map[string]string `json:"groups,omitzero" yaml:"groups"` // headings of search results, by kind

	// Shortcuts are the entries in the menu of an installed app, each for a part of the page: timeline, map, readings.
	Shortcuts map[string]string `json:"shortcuts,omitzero" yaml:"shortcuts"`

	// Missing has the words of the page that stands where there is nothing.
	Missing map[string]string `json:"missing,omitzero" yaml:"missing"`

	// Offline has the words of web/offline.js. The build fills them into that script.
	Offline map[string]string `json:"offline,omitzero" yaml:"offline"`

	// Found holds the phrase for each possible number of statements found, from none to all of them. So the plural rules
	// and digits stay in the desk.
	Found []string `json:"found,omitzero" yaml:"-"`
	// Digits are the ten digits.
	Digits string `json:"digits,omitzero" yaml:"-"`
	// Quotes are the opening and the closing quotation mark, with the spaces that belong to them.
	Quotes []string `json:"quotes,omitzero" yaml:"-"`
	// OpenGraph is the language with a country in the form of Open Graph, or "".
	OpenGraph string `json:"openGraph,omitzero" yaml:"-"`
	// Fonts are the letters of which a page loads the fonts first; see app/desk/locale.
	Fonts string `json:"fonts,omitzero" yaml:"-"`

	// Folding has pairs of letters that a search takes for one another in this language; see package fold.
	Folding []string `json:"folding,omitzero" yaml:"-"`
}
