package share

// Cell is for tests.
var Cell = cell
