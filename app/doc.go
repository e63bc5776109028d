// Package app is the architecture page of Sharh; it holds no code.
//
// Sharh turns content files into interactive explainers. An explainer is a set of static pages that work as plain HTML.
// Later, unnoticed by the reader, a WebAssembly program, the client, takes over a small part of each main page. Page
// and client are made from the same components.
//
// # Words
//
//	explainer     one subject with all its pages, in all its languages; a folder of content
//	story         the compiled explainer in one language (story.Document)
//	item          a thing with an address: a call, actor, view, event, statement, source, term, section, step, relation
//	choice        the call, actor or view that the reader has selected; the address keeps it
//	scene         the drawing of the actor map for one choice
//	still page    the page as it was built, before or without the client
//	client        the WebAssembly program (cmd/client); the comments also say Go for it
//	live          mounted by the client; the page is live once the client has mounted its parts
//	settled       never changed after the build, so not mounted by the client
//	excerpt       the part of a story that the client loads at its start
//	depth         the part of a story that the client loads later: scenes, and items for the search
//	embed         a page for frames in other sites; the host is the page around it
//	mark          the small sign at the end of a sentence; it leads to the speaker and the sources
//	worker        the service worker that saves an explainer for offline use
//
// # Rooms
//
// A room is a package.
//
//	story            the compiled explainer in one language: plain data, JSON. Only this is shared by desk and page.
//	  address        one table of the kinds of item, with which can be chosen, and of the keys that a query may have
//	  cell           keeps spreadsheets from taking a text of a CSV file for a formula
//	  fold           makes texts comparable: the desk folds what can be found, the page what the reader types
//	  storytest      changes stories for tests: hostile texts, missing parts
//	desk/            from content files to a story; native only
//	  diag           problems found in content, as data; their texts in each language; printers
//	  source         reads YAML and Markdown files into records that know their line and column
//	  markup         parses the small Markdown of content into blocks and inline runs
//	  check          validation: rules over records; only here a date or an id is more than text
//	  rulebook       explains the rules, with their test cases as examples: sharh help
//	  edtf           reads dates, which may be vague, long, or of another calendar
//	  locale         the page's own words, digits, dates and plural forms: one YAML file for each language
//	  palette        computes with colours: contrast, mixtures, colour blindness. Sharh's own are in web/palette.json
//	  figure         lays out the time axis; estimates how wide a text is
//	  scene          lays out the actor map, scene by scene, so that nothing covers anything
//	  compile        turns records into a story.Document
//	  draft          makes the files of a new explainer: sharh new
//	  importer       reads files of other tools into records: sharh import
//	  schema         makes a JSON Schema for each content file from the records: content/.schema
//	  place          finds the item of the page that a line of a content file belongs to
//	  desktest       compiles the explainers that tests use; makes hostile ones of them
//	page/            the explainer on the screen; native and WebAssembly
//	  reader         the reader's choice and filters, and how an address stores them; no browser needed
//	    readertest   addresses with their meaning, for tests of this package and of web/boot.js
//	  find           the search over all items of a story, as the reader types; no browser needed
//	  browser        the only package that calls JavaScript; its counterpart is web/boot.js and web/takeover.js
//	  ui             the go-app components
//	site             from stories to the static site: plans it in parts, one for each explainer, then writes the folder
//	  page           the pages as values, and their HTML; one maker for each kind of page
//	  prerender      turns a component tree into HTML
//	  offline        workers and manifests, for explainers that readers save and install
//	  discovery      sitemaps, robots.txt and feeds, by which machines find what a site has
//	  share          the share dialog, oEmbed answers, share pictures, and the data and pictures to download
//	  card           draws the share pictures, the pictures of the map, and the icons
//	  hosting        types, headers and compression; a static host, and rules for other hosts
//	  publish        puts a built site into a folder or a store, in an order in which readers never miss a file
//	  budget         compares the sizes of a site's parts with their limits
//	  script         prepares scripts and styles: fills in what they share with Go, and minifies them
//	  file           what the packages of site share: the set of files, and their names and addresses
//	  media          makes the pictures of editors, in the sizes and types that pages need
//	  cache          stores slow results between builds, whole explainers too; recognises damaged files
//	  output         replaces the output folder completely or not at all; never touches a folder that is not a site
//	  preview        serves a site while its content is written: reloads pages, shows problems at their items, all
//	                 scenes of a map on one sheet
//	  sitetest       plans the site that tests use, and examines its HTML
//	  wasm           compiles the client, with a reduced copy of go-app
//	picture          reads the picture files of editors, and scales, cuts and encodes them; native only
//	edition          a hash of a part of this program, so that stored results of an older version are not used
//
// Beside app:
//
//	cmd/sharh        the command that editors use; its tests use all of it, and sites that it built, in a browser
//	cmd/client       the client
//	cmd/release      archives of sharh, with the client inside, for editors without Go
//	content          the explainers
//	web              hand-written scripts and styles; web/README.md describes them
//	web/webtest      the browser driver of tests, the benchmark, and the pages that it is compared with
//
// The scripts of a page:
//
//	boot.js          in every page, from the start: theme, choice, address, the reader's place on the page, starting the
//	                 client. The page works with it alone.
//	takeover.js      loaded only when the client starts: runs it, hands it the elements of the page, passes messages
//	                 between page and client, restores the still page if the client ends
//	bridge.js        added to boot.js in embeds: tabs, and messages between the embed and its host
//	dialog.js        the share dialog, loaded when a reader opens it
//	offline.js       saving for offline use, loaded when a reader wants it or has saved something
//	embed.js         runs in the host's page and makes the frames there
//	sw.js            the worker
//	sw-off.js        the worker that ends another one
//	moved.js         in pages at addresses that others had before: leads on to them
//
// # Flow
//
// Each arrow is one function that can be tested alone:
//
//	content/<slug>/*  -- source.Load -->  source.Set  -- check.Run -->  diag.List; stop if it has errors
//	source.Set  -- compile.Story -->  story.Document, one for each language
//	[]story.Document  -- site.Plan -->  pages (page/ui through prerender), JSON, assets  -- site.Write -->  dist/
//	                  -- Site.Explainer -->  the same for one explainer  -- preview.Server -->  a browser
//
// In the browser:
//
//	the page can be read at once -> boot.js makes it usable -> it loads takeover.js, client.wasm and the excerpt
//	-> the client mounts the live parts -> it loads the depth
//
// Imports go one way, desk -> story <- page <- site. imports_test.go lists which package may import which, for both
// targets, and why each module is needed.
//
// # Decisions
//
// The client has no words, tables or parsers. Every text in a story is final. desk/locale applies plural rules, month
// names, digits and the page's own words at build time. So a new language is a YAML file, and readers download only
// their own. (Words that depend on a number on the live page, such as how many statements a search found, are a list
// with one phrase for each possible number.)
//
// What Go and scripts share is written once. The build fills it into the scripts (site/script): the kinds of item and
// the keys of queries (story/address), the heights and code of embeds (page/ui), the words of dialogs. Where Go and a
// script must compute the same, one file of cases tests both: the meaning of addresses (page/reader/readertest), and
// how an accent colour is made legible (desk/palette/testdata/accents.json).
//
// A choice is shown at once, and the client adds detail. The chosen item is marked, and its panel or card appears: by
// :target without scripts, otherwise by boot.js, before and after the client is live. The live client adds the scene of
// the map and highlights the calls of an actor; for a call or a reading it does so after the browser has drawn the
// page. The page as built does not show these, so taking over changes nothing. Scenes and search items are the story's
// depth (story.Depth). It is a file of its own, loaded when the live page is idle, or at the reader's first action.
//
// A new kind of item is a row in story/address, a record in desk/source (its file is a field of Set; tags say which
// field is its id, and which fields refer to other items), its type in story, its lines in desk/compile with what a
// search finds of it, a component with its line in page/ui, its words and its style. The rest follows from these: the
// query, links, the check of ids and references, the JSON Schema, the preview's places, the scripts. Tests say what is
// missing.
//
// A page is a value. Its maker sets its kind and addresses, the files that it loads first, later and with the client,
// its description for previews, and what of it is saved offline. Its HTML, its size, the list of the worker, oEmbed
// answers and the preview are all made from this value (site/page). A new kind of page needs a row in the table of
// kinds, a maker, and an entry in the list of makers.
//
// Links are plain links. To choose an item is to follow a link to it (#call-3). boot.js handles all clicks in one
// place, before and after the client is live. So components need no click handlers for links, Back works, and an embed
// leaves the host's history alone. boot.js shows a choice at once. On a live page it also tells the client, which owns
// the state, renders the same attributes and returns the new address.
//
// Most of the page is settled. Prose, panels, sources and the drawings of figures never change after the build, so the
// client does not mount them: it mounts a few hundred nodes of about ten thousand (page/ui, settled). It loads an
// excerpt of the story, which has what can change and what decides such changes. The code and data of settled parts are
// not in the client. To make a new part live, move it out of settled, and its data into story.Document.Excerpt. A test
// draws each page from the excerpt as the client would, and compares it with the built page, node for node and for
// every kind of choice (page/ui, TestClientDrawsWhatTheBuiltPageHas).
//
// All calls of JavaScript are in page/browser. A JavaScript value of an unexpected type ends a Go program, so
// components see only Go types. page/browser converts values by safejs, turns exceptions into errors, named where a
// caller can act on them, and gives each listener an end. Its tests run in a browser, compiled for it, with the real
// boot.js and takeover.js (web/webtest, GoTests). imports_test.go finds code that calls JavaScript elsewhere.
//
// No length is guessed. Every length of the page is known when it is first laid out. A position computed from a guessed
// length (content-visibility with an intrinsic size) would send links, Back and Reload thousands of pixels astray. The
// browser decides in which order it works at the start; the page is fast because it is short.
//
// The reader's place is a paragraph. boot.js stores, in the history entry, which paragraph was at the top and what was
// unfolded. After a reload or Back it scrolls there; for a new address it scrolls to the item. It does so again when
// fonts or the client arrive, until the reader scrolls. An embed stores nothing, because the history is the host's.
//
// Hidden content can be found. Panels, tabs and cards that are not shown have hidden="until-found". So the browser's
// own search and links to words find them, with and without scripts, and boot.js chooses the item that was found.
//
// Take-over keeps the elements. go-app builds its tree by creating elements in document order and appending them. While
// it mounts, takeover.js hands it the elements that the page already has, in that order, and appending an element that
// is in its place does nothing. So no node is replaced, and focus, selection, scroll position, typed text and open
// panels stay. Elements for the client have a mark, data-go or data-settled. Whatever translators and extensions insert
// between them, or do to their texts, is ignored: the client mounts no texts, and it sets the one text that it changes
// directly. Take-over relies on the proof of prerender that the HTML parses to exactly the tree of the components. At
// the first difference the client is stopped and the page stays still, without a message, because nothing that the
// reader had is lost.
//
// The alternative was to keep existing elements in go-app itself, in the copy that site/wasm makes. Then seven hundred
// lines of node.go would be ours, to be merged by hand whenever go-app changes, and an unchanged go-app (SHARH_STOCK=1)
// would still need today's way. It is less work to replace four methods of the document, for the milliseconds in which
// the client mounts and no script of the page can run. A test records what go-app calls (page/browser,
// TestGoAppMountsInTheOrderOfThePage) and reports when the order changes. Both ways tolerate foreign nodes equally,
// since both go by the marks of our elements and not by their neighbours. Extensions run in worlds of their own, where
// the document's methods are not replaced.
//
// Mounting is cut into tasks. Between compiling, starting the runtime, decoding, and mounting each figure the client
// rests (browser.Rest), so that no task blocks a slow phone for long. What the reader chooses meanwhile is kept.
//
// The page explains, the evidence page proves. The explainer's page has the steps, the figures, the article and the
// readings of analysts; the page evidence/ has every statement, relation and source. Nothing is in full on both: a
// sentence of the page ends with a mark (ui, sign) with the number of a story.Attribution. On the still page the mark
// is a link to the evidence page. On the live page the client draws a card (ui, MarkCard), which takeover.js places,
// opens and closes. On paper, or if the reader wants it, marks are written out; this is generated text of the style
// sheet, so the tree of the page stays the same.
//
// A link names an item, not a page. Components write fragments. The code that writes a page knows which fragments the
// page has, and prerender.Part points the others to the page that has them (ui, Part.Where). So one component serves
// the explainer's page, the evidence page, the pages of items, embeds, and the explainer in one file, which has
// everything.
//
// Steps are a list. On phones, in embeds and without scripts it is a row to swipe (scroll snap). On wide screens
// boot.js marks the step in the middle of the window, and the style sheet keeps its figure beside the texts. No script
// controls the scrolling.
//
// Steps, calls, views and actors also have small pages of their own, to share: the same components, still, in a few
// kilobytes.
//
// An embed is a kind of page of its own (page/ui, Embed): steps, calls, map and readings under tabs, with the same ids
// and client as the whole page. bridge.js talks to host scripts, before and without the client. It sends objects to
// every host, but strings only to a host script that has shown itself, since some scripts take every string for their
// own. The least height of an embed is fixed, so that publishers can reserve it. Nothing in an embed depends on the
// height of the window, so host and frame cannot keep resizing each other. The client is loaded only when the reader
// uses something that needs it.
//
// Style and boot.js are inline in an explainer's page. So the first paint and the first click need only the page
// itself: one round trip. The page's content security policy allows both by hash.
//
// Prerendering checks itself. prerender writes HTML from the component tree, parses it, and compares node for node. A
// tree that HTML cannot express (adjacent texts, a paragraph within a paragraph) is an error of the build, whatever the
// content.
//
// What did not change is not made again. A site is planned in parts: what all pages share, each explainer, and at the
// end the pages of the site as a whole, which need only the headings of stories (story.Document.Heading). A build
// stores the files of each explainer in one file of the cache (site/cache, Bundle). Its key covers everything that
// they are made from: each byte of the content, the options, the shared files with the client, and the program itself.
// So any change of these starts anew, and there is no list of dependencies that could be wrong. What is in the cache
// has checksums; what is damaged is made anew. A planned explainer is not in memory: of a bundle only the headings are
// read, and the names and contents of its files when it must be written. So memory hardly grows with a site. sharh
// serve compresses nothing. It plans an explainer when somebody opens one of its pages, and again only when its files
// have changed (cmd/sharh, serve.go). Of many it reads first those of which somebody wants a page, and the rest while
// it serves. What the shelf shows of one without problems is kept, with the mark in the cache that there are none; so
// the next start does not read it before somebody wants its page.
//
// A build replaces the whole folder. The new folder and the old one are exchanged in one step of the file system, under
// a lock that ends with the process that holds it. A folder without the marker .sharh-site is never replaced
// (site/output). The folder that was replaced stays in the cache, its files linked, and the next one is made of it. Of
// an explainer that is the same, files and folders are only looked at, to see that nobody touched them.
//
// A large site compresses for its budgets. To compress pages as well as can be is nine tenths of a build, and gains a
// sixteenth. From a hundred and one explainers on only those pages are compressed so well that would be over their
// budget otherwise (site, Few).
//
// A site can be built in shares, on several machines: sharh build --shard 3/10. Explainers take turns, and what is of
// the site as a whole is in the first share, which plans the pages of all, but without pictures and compression. A
// share has a file that names all explainers. From it publish knows which files at a target are of this share: others
// it neither removes nor misses, so shares that are published to one place are, byte for byte, the site that one build
// makes. A site that is one app cannot be divided, since its worker lists all pages.
//
// Publishing keeps readers whole at every moment. site/publish writes new assets first, then pages, those deep in the
// site before those that lead to them, then workers and embed.js; what a site no longer has goes after a grace time, by
// which open pages are gone. Which file has which turn, type and cache rule is one table (hosting.Table), from which
// also come the handler, the rules for other hosts and the headers of objects. State is a manifest at the target. A run
// writes there what it intends before it changes anything, so that the next one knows what a killed one may have
// changed. Pages have no hash in their names, so the old ones are kept beside, for the publication before to come
// back. Two publishers exclude each other by an object that a store makes only if it is not there.
//
// A published address answers for ever. An explainer that is withdrawn keeps every page as a notice (site/page,
// Notices), and one whose folder was renamed keeps a page at each old address that leads on (site/page, Moved). The
// notice's story has nothing of what the explainer said (story.Document.Notice), so nothing of it can be published.
// A redirect is a page and not a rule for hosts, because any static host serves it; a script keeps query and
// fragment, which a refresh by the browser would lose, so that one is only for readers without scripts. Workers of
// readers who saved the explainer are replaced by one that deletes what they saved and sends open pages on (web/sw-
// off.js). Publishing knows from the manifest of the target which explainers readers know, and refuses to lose one.
//
// What the rules for hosts promise is measured. Tests start nginx and Caddy with them (site/hosting, servers_test.go)
// and compare each answer with the table; our own handler, and what publish lists, go through the same cases. Where
// there is nothing, hosts show the nearest 404.html, or the one at the root, which speaks every language of the site.
//
// The client is built small. site/wasm copies the pinned go-app, leaves out its server, encryption and regular
// expressions, and builds with a module file of its own. SHARH_STOCK=1 builds with the unchanged go-app, and everything
// works the same, a little later: go-app renders at the ticks of a clock, which the copy lets tick at once, so that
// what the reader chose on the map is laid out and painted once. site/wasm identifies the original files that it
// replaces by their hashes. encoding/json is left out too: it was 70 KB of a megabyte, and story.Decode, a small
// decoder on top of a JSON parser, is a third faster. Its fuzz test compares it with encoding/json.
//
// A page carries the styles and the script that it needs before the client. What only the client draws is in live.css,
// which comes with it; what a page in a frame never needs, the build leaves out of its boot.js.
//
// Fields are not rendered with values. A field may already have what the reader typed before the client started; the
// client reads it when it mounts.
//
// A scene is rows of sentences. desk/scene lays out the map for one state: actors in columns by camp, and between the
// columns the words of each relation in the line of its arrow, so that a row reads: who, does what, to whom. It is the
// layered drawing of Sugiyama with labels as nodes, turned on its side. There a label costs its height, not its width,
// so twelve of them fit on a phone. Lines change their height only between the columns, on tracks, where there are
// neither actors nor words. So nothing can cover anything, and only the order must be searched for. Graphviz is not
// used: it knows no camps, takes 96 s for a map of 150 actors where this takes one, and its engine was a third of what
// had to be compiled before the first page. What other maps have that this one lacks: desk/scene/README.md.
//
// A time axis that gathers marks can be drawn nearer on the live page, in steps. What is nearer is not the same drawing
// made larger, in which marks would lie far apart and labels cover each other: each part of the axis is laid out anew,
// by the same code as the whole (desk/figure, Windows). That code is large, so it stays in the desk: parts are drawn
// when the site is built, kept in the depth as plain shapes (story.Shape), and the client only puts the elements into
// the page and marks what is chosen. The page of a story whose axis gathers nothing has not a byte of it.
//
// A picture of the map is drawn once more, not copied from the page. The page draws a scene with elements and styles,
// whose look depends on the reader's fonts and theme. site/card draws the same layout with outlines, on a surface that
// is either a PNG or an SVG. A test compares its pens with the style sheet, another one the two formats in a browser.
//
// A picture of an editor is never passed on. It is decoded, and what is published is encoded anew (picture,
// site/media): so no place, no camera and no script is in it, and SVG, which can be a program, is refused. Each has
// three sizes as WebP and one as JPEG, each with a limit of bytes for which its quality is lowered. So the count of
// pictures limits what readers save, and a rule can say so before anything is encoded. Readers save one size; the
// worker lets it stand for the others. The encoder of WebP is libwebp, compiled to WebAssembly: it makes the same
// bytes everywhere and needs no C. Its module would also load the system's libwebp, through a module with which
// every program needs a dynamic linker; go.mod puts a few lines in the place of that one (picture/purego). A helper
// program, compiled only where there are pictures, would have saved three seconds of the first compilation, and been
// a second program to keep.
//
// An editor can pin an actor to the top or the bottom of its column, nothing finer: camps decide the columns, there are
// fewer of them on a phone, and each scene has other actors, so no row but the first and the last is the same in all.
// What cannot be drawn legibly is found from the same measures, but without the search for an order (scene.Map.Faults):
// check runs at each save, for every explainer.
//
// An explainer is saved completely, and only if the reader wants it. go-app's service worker deletes the caches of its
// neighbours, activates after a failed install and loses queries, so web/sw.js replaces it. The build fills in the list
// of files to save, with hashes; a file with another hash is rejected. The list comes from the pages' own lists of what
// they load, so whatever a page loads can also be saved with it. A version is the hash of the filled-in worker. A new
// version is saved beside the old one, and shown when the reader asks for it. There is one worker for each explainer,
// in its folder. The shared assets are outside of this folder, which does no harm, since a worker answers the requests
// of its pages from any folder. web/README.md says more.
//
// Each language is an installable app. The manifests of an explainer's languages have different ids and the same scope:
// an installed app keeps its language whatever its reader opens, and links between languages stay within the app.
package app
