package browser

// Story returns the bytes of the story that boot.js has fetched.
func Story() ([]byte, error) { return story() }

// Depth returns the bytes of the story's depth after they have been fetched; [Live] reports when that is.
func Depth() ([]byte, error) { return depth() }

// Chosen returns what the reader chose before Go started, as a query: "?call=3".
func Chosen() string { return chosen() }

// Part returns which part of the explainer the page shows: "" for the whole page, otherwise a part for frames ("map").
func Part() string { return part() }

// Adopt tells takeover.js that go-app is about to mount the page. From now on, instead of creating elements, the
// document hands out those that the page already has.
func Adopt() error { return adopt() }

// Rest lets the browser handle the reader's input before the program goes on. Long work is split by calls of Rest.
func Rest() { rest() }

// Live tells takeover.js that the page is mounted, and listens until stop is called. It fails if the page is not the
// one that was mounted. hear receives a verb and two arguments:
//
//   - ("choose", fragment, "") when the reader followed a link to an item
//   - ("address", query, fragment) after Back and Forward
//   - ("clear", kind, "") when the choice of a kind was dropped, or all of it for ""
//   - ("away", "", "") when the reader did something outside of the search
//   - ("form", form, "") when the map must change to another form
//   - ("mark", number, "") when the card of a mark must open, or close for ""
//   - ("window", number, "") when a part of the time axis is to be shown: by [Turn], or because a mark was chosen that
//     stands for several events, which come apart there
//   - ("depth", "", "") when the story's depth has been fetched
func Live(hear func(verb, a, b string)) (stop func(), err error) { return live(hear) }

// State tells takeover.js the reader's state, as the query for the address. A browser may refuse to change the address,
// in some frames or after too many changes; the state on the page still changes then.
func State(query string) { state(query) }

// Turn asks for another part of the time axis: [Live] hears of it once the browser's event is over.
func Turn(part int) { turn(part) }

// Span says which part of the time axis is shown, and the keys, with spaces between them, that show another one.
func Span(name, keys string) { span(name, keys) }

// Fail reports an error to boot.js, which restores the still page, as it was before Go started.
func Fail(err error) { fail(err) }
