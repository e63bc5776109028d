package scene

import "sharh/app/story"

// spec is what a form fixes, in units of its box.
type spec struct {
	width   float64
	columns int

	// Of actors' names: the longest line and the longest word, room beside it, and the least height of a box.
	nodeMax, nodeWord, nodePad, nodeHigh float64
	// Of the words of relations: the longest line, and the shortest that is worth breaking for.
	labelMax, labelMin float64
	// How many relations a scene can have and still be read with words on each.
	most int

	channel  float64 // width between a column of actors and what stands beside it, without lines that change their height
	track    float64 // and for each that does
	nodeGap  float64 // least room between two actors of a column
	labelGap float64 // between two labels
	laneGap  float64 // between a line and what it passes
	port     float64 // between two heads on one side of an actor
	straight float64 // how much taller an actor may be for each of his lines, to let them run straight
}

var specs = map[story.Form]spec{
	story.Wide: {
		width: 720, columns: 3, nodeMax: 92, nodeWord: 110, nodePad: 11, nodeHigh: 38,
		labelMax: 130, labelMin: 80, most: 40,
		channel: 26, track: 8, nodeGap: 16, labelGap: 9, laneGap: 8, port: 12, straight: 44,
	},
	story.Narrow: {
		width: 344, columns: 2, nodeMax: 72, nodeWord: 88, nodePad: 6, nodeHigh: 38,
		labelMax: 100, labelMin: 60, most: 20,
		channel: 17, track: 4.5, nodeGap: 12, labelGap: 8, laneGap: 6, port: 11, straight: 44,
	},
	story.Small: {
		width: 344, columns: 2, nodeMax: 72, nodeWord: 88, nodePad: 6, nodeHigh: 34,
		labelMax: 100, labelMin: 60, most: 20,
		channel: 17, track: 4.5, nodeGap: 8, labelGap: 5, laneGap: 5, port: 11, straight: 44,
	},
}
