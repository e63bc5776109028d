package engine

import (
	"html"
	"net/url"
)

// Firefox and WebKit cannot be told to run no scripts, so there a page without scripts is in a frame that allows none.
// The frame fills the window, and has the origin of the page around it, so that scripts of the test can look into it.

// framedAt is the path of the page around the frame, on the server of the page in the frame.
const framedAt = "/.webtest/framed"

// framed is the address of a page with the page at address in its frame.
func framed(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address // nobody can open it
	}
	return u.Scheme + "://" + u.Host + framedAt + "?" + url.Values{"page": {address}}.Encode()
}

// frame is the page at an address that framed returned.
func frame(address string) string {
	page := ""
	if u, err := url.Parse(address); err == nil {
		page = u.Query().Get("page")
	}
	return `<!doctype html><title>frame</title>
<style>html,body,iframe{display:block;margin:0;border:0;width:100%;height:100%}</style>
<iframe sandbox="allow-same-origin" src="` + html.EscapeString(page) + `"></iframe>`
}

// inFrame evaluates an expression as if it stood in the page in the frame.
func inFrame(expression string) string {
	return "(async () => { with (frames[0]) { return await (" + expression + "\n); } })()"
}
