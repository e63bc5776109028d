package main

import (
	"net/http/httptest"
	"testing"
)

// samples are pages of the samples in content that are stories of another shape than the published one: many vague
// dates, languages that the test content lacks, a network without directions.
var samples = []string{
	"/metre-and-units/", "/metre-and-units/ar/", "/norouz-instant/", "/norouz-instant/fa/", "/shared-laboratories/", "/shared-laboratories/ar/",
}

// samplesServer serves the samples to all tests.
func samplesServer(t *testing.T) *httptest.Server {
	t.Helper()
	return serve(t, buildSiteOf(t, contentFlags{Content: "../../content", Slugs: []string{"metre-and-units", "norouz-instant", "shared-laboratories"}}))
}
