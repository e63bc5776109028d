# make run     serve the site on this machine, and again after each save
# make test    every test, in a browser too; FLAGS are more flags of go test
# make test-engines  every journey, in every variant, in Chromium, Firefox and WebKit
# make test-store  publishes to SeaweedFS, a real distributed store; compiling it takes a quarter of an hour the first time
# make test-release  makes the archive for this system twice, and works with it as an editor does; a minute
# make test-orca  reads the page with a screen reader, Orca, in two languages
# make lint    format, vet for both targets, staticcheck
# make check   what to run before a commit: lint, checks content, tests
# make test-busy  three times every test, while two loops keep two processors busy
# make build   content/ -> dist/
# make bench   measures; make bench-load a web server; make size prints what make build weighs, against budgets
# make release archives of the editor's tool for those who have no Go, in build/release; VERSION names it
# make notice  rewrites NOTICE, the licences of what is in the tool and the client
# make vulnerabilities  known ones of what we use: govulncheck, npm audit
# make fuzz    looks for inputs that break what parses: each target for FUZZTIME, a minute; then as long in a browser
# make golden  rewrites the files that tests compare with; read the difference
# make clean   removes what was built

GO ?= go
BASE ?= /
.PHONY: run build client browser engines servers test test-engines test-busy test-store test-release test-orca lint check bench bench-load \
	size fuzz release notice vulnerabilities golden clean

# Pages are served before the client is compiled, and nothing is compressed: a look at content need not wait for either.
# The program is compiled without inlining and C, in half of the time; it is a quarter slower then, which nobody sees here.
run:
	@mkdir -p build
	@test -e build/sharh || echo "compiling the program; the first time this takes the better part of a minute"
	@CGO_ENABLED=0 GOGC=400 $(GO) build -gcflags=all=-l -o build/sharh ./cmd/sharh
	@./build/sharh serve --compile --base "$(BASE)"

build: client
	$(GO) run ./cmd/sharh build --base "$(BASE)"

# Go knows best whether the client must be compiled again. SHARH_STOCK=1 compiles it with go-app as it comes.
client:
	$(GO) run ./cmd/sharh client

clean:
	rm -rf build dist

# Tests that need a browser fail without one. As root on Debian it is installed; anyone else is told what to do.
browser:
	@if [ -z "$$CHROMIUM" ] && ! command -v chromium chromium-browser google-chrome google-chrome-stable >/dev/null; then \
		if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
			echo "installing chromium"; apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium chromium-headless-shell >/dev/null; \
		else \
			echo "tests need Chromium: install it (Debian: apt-get install chromium chromium-headless-shell) or set CHROMIUM to its path" >&2; exit 1; \
		fi; \
	fi

# Firefox and WebKit, in which the journeys of readers run too: web/ENGINES.md. As root on Debian they are installed;
# anyone else is told what was not run.
engines:
	@if ! command -v firefox-esr firefox >/dev/null && [ -z "$$FIREFOX" ] || ! command -v WebKitWebDriver >/dev/null || ! command -v Xvfb >/dev/null; then \
		if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
			echo "installing firefox-esr, webkit2gtk-driver and xvfb"; \
			apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends firefox-esr webkit2gtk-driver xvfb >/dev/null; \
		else \
			echo "not run: the journeys in Firefox and WebKit (Debian: apt-get install firefox-esr webkit2gtk-driver xvfb)"; \
		fi; \
	fi

# nginx and Caddy, which tests start with the generated rules. As root on Debian they are installed, without starting a
# service; anyone else is told what was not run.
servers:
	@if ! PATH="$$PATH:/usr/sbin" command -v nginx >/dev/null || ! command -v caddy >/dev/null || ! test -e /usr/lib/nginx/modules/ngx_http_brotli_static_module.so; then \
		if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
			echo "installing nginx and caddy"; \
			if ! test -e /usr/sbin/policy-rc.d; then printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d; chmod +x /usr/sbin/policy-rc.d; trap "rm /usr/sbin/policy-rc.d" EXIT; fi; \
			apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends nginx-light libnginx-mod-http-brotli-static caddy >/dev/null; \
		else \
			echo "not run: the tests of the rules for nginx and Caddy (Debian: apt-get install nginx-light libnginx-mod-http-brotli-static caddy)"; \
		fi; \
	fi

# The tests in the browser take longest, so they begin first; a page often waits, so one more than there are processors is
# open. The journeys also pass with go-app as it comes, so that what the slim one leaves out is never needed. Vet is for
# make lint.
PARALLEL ?= $(shell echo $$(($$(getconf _NPROCESSORS_ONLN) + 1)))
test: browser engines servers
	$(GO) test $(FLAGS) -vet=off -timeout 60m -parallel $(PARALLEL) ./cmd/sharh ./...
	SHARH_STOCK=1 $(GO) test $(FLAGS) -vet=off -timeout 60m -parallel $(PARALLEL) ./cmd/sharh -run 'TestEngines/(choosing|the_client)/Chromium|TestTakeOver'

test-engines: browser engines
	SHARH_ENGINES=all $(GO) test $(FLAGS) -vet=off -count=1 -timeout 60m -parallel $(PARALLEL) ./cmd/sharh -run 'TestEngines|TestFaults|TestOldestBrowsers'

# What holds on an idle machine holds on a busy one: nothing in a test depends on how fast it is.
test-busy:
	@for i in 1 2; do (while :; do :; done) & loops="$$loops $$!"; done; trap "kill $$loops" EXIT; \
	for i in 1 2 3; do echo "pass $$i of 3, beside two busy loops"; $(MAKE) test GO="$(GO)" FLAGS="-count=1 $(FLAGS)" || exit 1; done

# SeaweedFS is a program of its own, with hundreds of modules that nothing else here needs: it is compiled in a module of
# its own, in build/, and kept there.
WEED = github.com/seaweedfs/seaweedfs/weed
build/store/weed:
	@mkdir -p build/store
	@test -e build/store/go.mod || (cd build/store && $(GO) mod init store)
	cd build/store && $(GO) get -tool $(WEED)@v0.0.0-20261109003541-7506e5f91cd6 && $(GO) build -o weed $(WEED)

test-store: build/store/weed
	SHARH_WEED=$(CURDIR)/build/store/weed $(GO) test -tags store -vet=off -count=1 -timeout 20m -v -run TestSeaweedFS ./app/site/publish

lint:
	@test -z "$$(gofmt -l app cmd content web)" || { gofmt -l app cmd content web; echo "run gofmt -w on these files" >&2; exit 1; }
	$(GO) vet ./...
	GOOS=js GOARCH=wasm $(GO) vet ./app/page/... ./cmd/client
	$(GO) vet -tags store ./app/site/publish
	$(GO) vet -tags archives ./cmd/release
	$(GO) vet -tags orca ./cmd/sharh
	$(GO) tool staticcheck ./...

check: lint
	$(GO) run ./cmd/sharh check
	$(MAKE) test

size: client
	$(GO) run ./cmd/sharh size --base "$(BASE)"

# The page of comparison is made of npm packages: besides Chromium this needs npm, and the network the first time. It also
# rewrites the table of where time goes, web/webtest/bench/MOMENTS.md.
bench: browser servers size
	@echo "building the site once more, client compiled and compressed:"
	@$(GO) build -o build/sharh ./cmd/sharh && for i in 1 2 3; do ./build/sharh build --base "$(BASE)"; done
	$(GO) run ./web/webtest/bench

# nginx under a bounded load, our page beside the peers'. Also needs nginx and wrk.
bench-load: browser servers
	$(GO) run ./web/webtest/bench -load -runs 2

# The files of an archive have the commit's time, so that whoever makes it from the same source has the same bytes.
VERSION ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo unreleased)
DATE ?= $(shell git log -1 --format=%cd --date=format-local:%Y-%m-%dT%H:%M:%SZ 2>/dev/null)
release:
	TZ=UTC $(GO) run ./cmd/release -version "$(VERSION)" $(if $(DATE),-date "$(DATE)")

notice:
	$(GO) run ./cmd/release -notice

test-release:
	$(GO) test -tags archives -vet=off -count=1 ./cmd/release

# Two ways through the page by keyboard and Orca, on a desktop that nobody sees: what Orca says is compared.
test-orca:
	@if ! command -v orca xdotool Xvfb openbox >/dev/null; then \
		if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
			echo "installing Orca and a desktop"; \
			apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
				chromium orca at-spi2-core speech-dispatcher dbus xvfb xdotool openbox >/dev/null; \
		else \
			echo "test-orca needs orca, at-spi2-core, speech-dispatcher, dbus, xvfb, xdotool and openbox" >&2; exit 1; \
		fi; \
	fi
	$(GO) test -tags orca -vet=off -count=1 -v -run TestOrca ./cmd/sharh

# The database of Go's vulnerabilities is read from its module, since vuln.go.dev is not reached from everywhere.
VULNDB = golang.org/x/vulndb
vulnerabilities:
	@mkdir -p build/vulnerabilities
	@cd build/vulnerabilities && { test -e go.mod || $(GO) mod init vulnerabilities; } 2>/dev/null; $(GO) get -tool $(VULNDB)/cmd/indexdb@latest
	cd build/vulnerabilities && $(GO) tool indexdb -vulns "$$($(GO) list -m -f '{{.Dir}}' $(VULNDB))/data/osv" -out db
	$(GO) run golang.org/x/vuln/cmd/govulncheck@v1.9.0 -db "file://$(CURDIR)/build/vulnerabilities/db" ./...
	for folder in axe hosts peers; do (cd web/webtest/$$folder && npm audit --package-lock-only) || exit 1; done

# What a target finds it writes into its testdata/fuzz, from where every later go test runs it; it belongs into the tree.
FUZZTIME ?= 1m
fuzz: browser
	@grep -rl '^func Fuzz' --include='*_test.go' app cmd web | sort | while read file; do \
		for target in $$(sed -n 's/^func \(Fuzz[A-Za-z]*\)(.*/\1/p' $$file); do \
			echo "$$target in $$(dirname $$file)"; \
			$(GO) test ./$$(dirname $$file) -run '^$$' -fuzz "^$$target$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 2s || exit 1; \
		done; \
	done
	SHARH_FUZZ=$(FUZZTIME) $(GO) test ./cmd/sharh -count=1 -run TestFuzzInTheBrowser

golden:
	$(GO) test ./app/desk/source ./app/desk/check ./app/desk/compile ./app/desk/schema ./app/site/card -golden
	$(GO) test ./cmd/sharh -run 'TestLook|TestScreenshots|TestSpoken' -golden
