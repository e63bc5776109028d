package browser

// Story returns the bytes of the story that boot.js has fetched.
func Story() ([]byte, error) { return story() }

// Depth returns the bytes of the story's depth, once it has come: Live hears of it.
func Depth() ([]byte, error) { return depth() }

// Chosen returns what the reader chose before Go came, as a query: "?call=3".
func Chosen() string { return chosen() }

// Part returns what the page shows of the explainer: "" for all of it, else a part of it for frames ("map").
func Part() string { return part() }

// Adopt tells takeover.js that the page is about to be mounted: elements that are made from now on are those that the
// page already has.
func Adopt() error { return adopt() }

// Rest lets the page answer its reader before more work is done: what takes long is cut into pieces with a Rest between.
func Rest() { rest() }

// Live tells takeover.js that the page is mounted, and listens until stop is called. hear hears ("choose", fragment, "")
// when a link to an item was followed, ("address", query, fragment) after Back and Forward, ("clear", "", "") when
// the choice was dropped, ("away", "", "") when the reader did something outside of the search, ("form", form, "") when
// the map is to be shown in another form, and ("depth", "", "") when the story's depth has come. It fails when the page is not the one that was mounted.
func Live(hear func(verb, a, b string)) (stop func(), err error) { return live(hear) }

// State tells takeover.js what is chosen, as the query for the address. A browser that refuses to change the address, for the
// frame it is in or after too many changes, costs the address and not the choice.
func State(query string) { state(query) }

// Fail hands the page back to boot.js, which restores the still page.
func Fail(err error) { fail(err) }
