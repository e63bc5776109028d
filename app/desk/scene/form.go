package scene

import "sharh/app/story"

// spec has the measures of a form, in units of its box.
type spec struct {
	width   float64
	columns int

	// For actors' names: the longest line and the longest word, the margin beside it, and the least height of a box.
	nodeMax, nodeWord, nodePad, nodeHigh float64
	// For the words of relations: the longest line, and the shortest line into which words are broken.
	labelMax, labelMin float64
	// The greatest number of relations with which a scene is still readable if each has its words.
	most int
	// The greatest height that a reader sees at once: on a desk, on a phone of 360 by 640 pixels or, for the card of a
	// step, above its text on such a phone.
	screen float64

	channel  float64 // width between a column of actors and the words beside it, without tracks
	track    float64 // additional width for each track
	nodeGap  float64 // least distance between two actors of a column
	labelGap float64 // least distance between two labels
	laneGap  float64 // least distance between a line and an item it passes
	port     float64 // least distance between two arrowheads on one side of an actor
	straight float64 // how much taller an actor's box may become for each of its lines, to let them run straight
}

var specs = map[story.Form]spec{
	story.Wide: {
		width: 720, columns: 3, nodeMax: 92, nodeWord: 110, nodePad: 11, nodeHigh: 38,
		labelMax: 130, labelMin: 80, most: 40, screen: 720,
		channel: 26, track: 8, nodeGap: 16, labelGap: 9, laneGap: 8, port: 12, straight: 44,
	},
	story.Narrow: {
		width: 344, columns: 2, nodeMax: 72, nodeWord: 94, nodePad: 6, nodeHigh: 38,
		labelMax: 100, labelMin: 60, most: 20, screen: 640,
		channel: 17, track: 4.5, nodeGap: 12, labelGap: 8, laneGap: 6, port: 11, straight: 44,
	},
	story.Small: {
		width: 344, columns: 2, nodeMax: 72, nodeWord: 94, nodePad: 6, nodeHigh: 34,
		labelMax: 104, labelMin: 63, most: 20, screen: 200,
		channel: 17, track: 4.5, nodeGap: 8, labelGap: 5, laneGap: 5, port: 11, straight: 44,
	},
}
