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

.PHONY: run build test check bench size golden clean

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
