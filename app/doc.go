// Package app is the architecture page of Sharh; it holds no code.
//
// Sharh turns content files into interactive explainers: static pages that can be read and used as built HTML, over
// which a WebAssembly program mounts the same components later, unseen.
//
// # Rooms
//
//	story            the compiled explainer in one language: plain data, JSON. The only thing desk and page share.
//	  address        the kinds of item and the keys of a query, in one table: how addresses name what is chosen
//	  fold           texts made comparable for a search: the desk folds what is found, the page what is looked for
//	desk/            from content files to a story; native only
//	  diag           problems as data; what is said of them, in each language; printers; the nearest name
//	  source         reads YAML and Markdown files into records that know their line and column
//	  markup         the small Markdown of content, to blocks and inline runs
//	  check          validation: rules over records
//	  rulebook       the rules explained, with their test cases as examples: sharh help
//	  locale         the page's words, digits, dates and counted nouns in each language: one YAML file a language
//	  palette        arithmetic of colours (ours are in web/palette.json): contrast, mixtures, how they look to the colour-blind
//	  figure         geometry of the time axis; how wide a text is
//	  scene          the actor map scene by scene, each laid out so that nothing covers anything
//	  compile        records to a story.Document
//	  draft          what sharh new lays out
//	  schema         a JSON Schema for each content file, from the records; content/.schema
//	  place          which item of the page a place in a content file is about
//	  desktest       compiles the explainers that tests stand on
//	page/            the explainer on the screen; native and WebAssembly
//	  reader         what the reader chose, and its address form; pure
//	  find           search over all that a story holds, as the reader types; pure
//	  browser        the only door to JavaScript; its other side is web/boot.js with web/takeover.js
//	  ui             go-app components
//	site             from stories to the static site: plans it in parts, one an explainer, then writes the whole folder
//	  page           the pages as values, and the HTML of one; a maker for each kind of page
//	  prerender      component tree to HTML
//	  offline        what readers save and install: workers, manifests
//	  share          what carries an explainer elsewhere: the dialog, oEmbed, pictures, data
//	  card           draws those pictures, and the icons
//	  hosting        how a site is served: types, headers, compression; a static host, and rules for others
//	  budget         what the parts of a site weigh, and may weigh
//	  script         scripts and styles made ready: filled in with what they share with Go, and short
//	  file           what these rooms share: the set of files, their names and addresses
//	  cache          keeps what takes long to make between builds, whole explainers too; knows what is damaged
//	  output         replaces a folder whole or not at all; refuses what is no site
//	  preview        serves a site while it is written: loads pages again, shows problems at their items
//	  sitetest       plans the site that tests stand on, and looks into its HTML
//	  wasm           compiles the client, with a slim copy of go-app
//	edition          tells versions of a part of this program from one another, for what is kept from build to build
//
// Beside app: web (what is written for the browser by hand; in webtest the browser driver of tests, the benchmark and the
// page of the peers' kit that it compares with), cmd/sharh (the
// editor's tool), cmd/client (the WebAssembly program), content (the explainers).
//
// # Flow
//
// Each arrow is one function that can be tested alone:
//
//	content/<slug>/*  -- source.Load -->  source.Set  -- check.Run -->  diag.List; stop when it has errors
//	source.Set  -- compile.Story -->  story.Document, one a language
//	[]story.Document  -- site.Plan -->  pages (page/ui through prerender), JSON, assets  -- site.Write -->  dist/
//	                  -- Site.Explainer -->  the same of one explainer  -- preview.Server -->  a browser
//	dist/ in the browser: page readable at once -> boot.js -> takeover.js, client.wasm, the story's excerpt -> the live
//	parts of the same components
//
// Imports go one way, desk -> story <- page <- site; imports_test.go says who may import whom, for both targets, and
// why each module is here.
//
// # Decisions
//
// The client has no words, tables or parsers. Every text in a story is final; plural rules, month names, digits and
// the page's own words are applied by desk/locale at build time, so a new language is a YAML file and no reader
// downloads one that he does not read. (Words that depend on a number once live, such as how many statements a search
// found, come as a list with one phrase for each possible number.)
//
// What Go and scripts both need to know stands once. The build fills it into the scripts (site/script): the kinds of item
// and the keys of queries (story/address), the heights of embeds and the code for them (page/ui), the words of dialogs. Where
// both have to compute the same, one file of cases holds both: what an address means (page/reader/readertest), how
// an accent is made legible (desk/palette/testdata/accents.json).
//
// A choice is shown at once, and explained by Go. What was chosen is marked, and its panel or card comes out: by :target with
// scripts off, by boot.js before WebAssembly and after. Once live Go adds what stands behind it: the scene of the map, the
// calls that an actor had to do with. The page as it was built never depends on that, so taking it over changes nothing.
// Scenes, and what the search over everything finds, are the story's depth (story.Depth): a file of its own, which comes once
// the page is live and has nothing else to do, or at the reader's first deed.
//
// A page is a value. Its maker says what it is (kind, addresses, what it loads first, later and with the client, what is said of it
// where it is shared, what of it is saved); its HTML, its weight, the list of its app's worker, oEmbed answers and the preview
// are made from that (site/page). A new kind of page is a row, a maker and its place in the list of makers.
//
// Links are the browser's own. Choosing is following a link to an item (#call-3); boot.js listens to clicks in one
// place, before and after take-over, so that no component has a handler for it, Back works, and a frame leaves its
// host's history alone. boot.js shows a choice at once; once live it also tells Go, which owns the state, renders the
// same attributes and answers with the address.
//
// Most of the page is settled. What never changes once it is built (prose, panels, sources, the drawing of a figure) is
// drawn when the site is built and left alone by the client, which mounts two hundred nodes instead of ten thousand
// (page/ui, settled) and gets an excerpt of the story with what can change or decides what does. Code and data of the
// rest are not in the client at all. A new part that Go is to change becomes live by moving out of settled, and its
// data into story.Document.Excerpt. A test draws each page from the excerpt as the client would, and compares it with the
// built page, node for node and for every kind of choice (page/ui, TestClientDrawsWhatTheBuiltPageHas).
//
// JavaScript stays behind a door. A JavaScript value that is not what it was taken for ends a Go program, so components
// see Go types alone: page/browser turns values into them by safejs, exceptions into errors that have names where somebody
// acts on them, and gives each listener an end. Its tests run in the browser, compiled for it, with boot.js and takeover.js
// as they are (web/webtest, GoTests). imports_test.go finds what would go around the door.
//
// Nothing is guessed. Every length of the page is known when it is first laid out: a place computed from a guessed length
// (content-visibility with an intrinsic size) leads links, Back and Reload thousands of pixels astray. The order of work at
// the start is the browser's; what makes the page quick is that it is short.
//
// A place is a paragraph. boot.js keeps, in the history's entry, which paragraph stood at the top and what was unfolded, and
// brings the reader there after a reload or Back, or to what the address names, again when fonts or the client arrive, until
// he goes on by himself. In a frame the history is the host's, and nothing is kept.
//
// What is put away can be found. Panels, tabs and cards that are not shown carry hidden="until-found": the browser's own
// search and links to words of the page find them, with scripts and without, and boot.js makes what was found the choice.
//
// Take-over adopts. go-app builds its tree by creating elements in document order and appending them. While it mounts,
// takeover.js hands it the elements that the page already has, in that order, and appending what is in its place does
// nothing. So no node is replaced: focus, selection, scroll, typed text and open panels stay because nobody touches them.
// Go's elements carry a mark, data-go or data-settled. What translators and extensions put between them, or make of their
// texts, is not looked at: the client mounts no text, and the one text that it changes it writes anew. It rests on
// prerender's proof that the HTML parses to the very tree that the components make. At the first difference, should there
// ever be one, the program is stopped and the page stays still, without a word: its reader misses nothing that he had.
//
// The other way would be to adopt in go-app itself, in the copy that site/wasm makes. It would keep seven hundred lines of
// node.go as ours, to be merged by hand whenever go-app changes, and go-app as it comes (SHARH_STOCK=1) would need today's
// way all the same; four methods of the document, replaced for the milliseconds in which Go mounts and no script of the page
// can run, are less to carry on, and a test that records what go-app calls (page/browser, TestGoAppMountsInTheOrderOfThePage)
// says when their order changes. Foreign nodes are borne alike by both, since either goes by the marks of our elements and
// not by their neighbours; extensions run in worlds of their own, where the document's methods are not replaced.
//
// Mounting is cut into tasks. Between compiling, starting the runtime, decoding, and mounting each figure the client
// rests (browser.Rest), so that no task blocks a slow phone for long; what the reader chooses in between counts.
//
// The page explains, the evidence proves. The explainer's page has the steps, the figures, the article and its readings;
// the page evidence/ has every statement, relation and source. Nothing stands in full on both: a sentence of the page ends
// with a mark (ui, sign), whose number leads to a story.Attribution. Still, the mark is a link to its place among the
// evidence; once live, Go draws a card there (ui, MarkCard), which takeover.js places, opens and closes. Written out in full,
// by wish and on paper, marks are generated text of the style sheet, so that the page is one and the same tree.
//
// A link says what it leads to, not on which page that is. Components write fragments; whoever writes a page knows which of
// them it has, and prerender.Part leads the others to the page that has them (ui, Part.Where). So one component serves the page,
// the evidence, the pages of items, frames, and the explainer in one file, which has all of it.
//
// Steps are a list. A row to swipe (scroll snap) on phones, in frames and without scripts; on wide screens boot.js says which
// step is in the middle of the window, and the style sheet lets its figure stay beside the texts. Nobody takes over the scroll.
//
// Steps, calls and views have pages of their own, to share: the same components, still, in a few kilobytes.
//
// What stands in frames of other pages is a page of its own kind (page/ui, Embed): steps, calls, map and readings under tabs, with
// the ids and the client of the whole page. boot.js gets bridge.js there, which speaks to host scripts before and without Go:
// objects to every host, strings only to one that has shown itself, since some take every string for theirs. The least height
// of an embed is fixed, so that publishers can keep it free; nothing in it depends on the height of the window, so that no
// host and no frame chase each other. The client comes only when a reader wants what needs it.
//
// Dialogs come when they are wished for. dialog.js and offline.js are not in the page; the build fills their words in.
//
// Style and boot.js are inline in an explainer's page. Then nothing but the page itself stands between a reader and the
// first paint, and the first click: one round trip. Its policy names both by hash.
//
// Prerendering proves itself. prerender writes HTML from the component tree, parses what it wrote and compares node
// for node; a tree that HTML cannot express (neighbouring texts, a paragraph within a paragraph) is an error of the
// build, whatever the content.
//
// What did not change is not made again. A site is planned in parts: what all pages share, each explainer, and last
// what is of the site as a whole, which takes headings of the stories and not the stories (story.Document.Heading). A
// build keeps the files of each explainer in one file of the cache (site/cache, Bundle), under a key that stands for
// all that they are made from: the content, byte for byte, the options, the shared files and so the client, and the
// program itself. So another version of the program, or of anything, begins anew, and no list of what depends on what
// can be wrong. Each file of the cache ends with its sum; a damaged one is none. sharh serve compresses nothing and
// plans an explainer when somebody asks for one of its pages, then again only when its files changed (cmd/sharh,
// desk).
//
// A build replaces a folder whole. The new folder and the old one change places in one step of the file system, under a
// lock that ends with its owner, and only a folder with the marker .sharh-site is replaced at all (site/output).
//
// The client is built slim. site/wasm copies the pinned go-app, leaves its server, encryption and regular expressions
// out, and builds with a module file of its own; SHARH_STOCK=1 builds with go-app as it comes, and everything works the
// same. The originals of what is left out are known by hash.
//
// Fields are not rendered with values. What a reader typed before Go came is in the field; Go reads it when it mounts.
//
// A scene is rows of sentences. desk/scene lays out the map for one state at a time:
// actors in columns by camp, and between the columns the words of each relation in the line of its arrow, so that a row
// reads who, does what, to whom. It is the layered drawing of Sugiyama with labels as nodes, turned on its side: there a
// label costs its height, not its width, and that is what lets twelve of them stand on a phone. Lines change their height
// between the columns only, on tracks, where neither actors nor words are; so nothing covers anything by construction, and
// only the order is searched for. Graphviz is not asked: it knows no camps, takes 96 s for a map of 150 actors where this takes
// one, and its engine was a third of what had to be compiled before the first page.
//
// What is saved is saved whole, and by wish. go-app's service worker deletes its neighbours' caches, activates after a failed
// install and loses queries; web/sw.js takes its place. The build fills in what it saves, with hashes: a file that is another's is
// none. The list is of what the pages say that they load, so that what a page will load can always be saved with it.
// A version is the hash of the filled worker; a new one is gathered beside the old one and shown when its reader wishes.
// There is one worker an explainer, in its folder; assets lie beside the folders, which is no matter, since a worker answers for
// its pages and not for a folder of files. web/README.md says the rest.
//
// A language is an app. The manifests of an explainer's languages have ids of their own and one scope: an installed app
// keeps its language whatever its reader looks at, and links between languages stay within it.
package app
