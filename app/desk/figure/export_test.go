package figure

// Width is for tests that look for texts that overlap.
var Width = width
