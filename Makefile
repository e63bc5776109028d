# make run     build the site and serve it on this machine
# make test    every test, in a browser too
# make check   what to run before a commit: formats, vets, checks content, tests
# make build   content/ -> dist/
# make bench   measures; make size prints sizes against their budgets
# make golden  rewrites the files that tests compare with; read the difference
# make clean   removes what was built

GO ?= go
BASE ?= /
# Written once: tests build the client with the same flags (web/webtest).
CLIENT_FLAGS = -trimpath -ldflags="-s -w -buildid="
CLIENT_FILES = $(shell $(GO) list -deps -f '{{if and .Module .Module.Main}}{{$$d := .Dir}}{{range .GoFiles}}{{$$d}}/{{.}} {{end}}{{end}}' ./cmd/client 2>/dev/null) \
	$(wildcard app/page/*/*_wasm.go)

.PHONY: run build browser test check bench size golden clean

run: build/client.wasm build/wasm_exec.js
	$(GO) run ./cmd/sharh serve --base "$(BASE)"

build: build/client.wasm build/wasm_exec.js
	$(GO) run ./cmd/sharh build --base "$(BASE)"

build/client.wasm: $(CLIENT_FILES) go.mod go.sum Makefile
	@mkdir -p build
	GOOS=js GOARCH=wasm $(GO) build $(CLIENT_FLAGS) -o $@ ./cmd/client

build/wasm_exec.js: build/client.wasm
	cp "$$($(GO) env GOROOT)/lib/wasm/wasm_exec.js" $@
	@touch $@

clean:
	rm -rf build dist

# Tests that need a browser fail without one. As root on Debian it is installed; anyone else is told what to do.
browser:
	@if [ -z "$$CHROMIUM" ] && ! command -v chromium chromium-browser google-chrome google-chrome-stable >/dev/null; then \
		if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
			echo "installing chromium"; apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null; \
		else \
			echo "tests need Chromium: install it (Debian: apt-get install chromium) or set CHROMIUM to its path" >&2; exit 1; \
		fi; \
	fi

test: browser
	$(GO) test ./...

check: build/client.wasm build/wasm_exec.js
	@test -z "$$(gofmt -l app cmd content web)" || { gofmt -l app cmd content web; echo "run gofmt -w on these files" >&2; exit 1; }
	$(GO) vet ./...
	GOOS=js GOARCH=wasm $(GO) vet ./app/page/... ./cmd/client
	$(GO) tool staticcheck ./...
	$(GO) run ./cmd/sharh check
	$(MAKE) test

size: build
	$(GO) run ./cmd/sharh size

bench: size
	@echo "building the site once more, client compiled and compressed:"
	@$(GO) build -o build/sharh ./cmd/sharh && for i in 1 2 3; do ./build/sharh build --base "$(BASE)"; done

golden:
	$(GO) test ./app/desk/source ./app/desk/check ./app/desk/compile -golden
