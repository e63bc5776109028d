package main

import (
	"math"
	"slices"
)

// A Measure is one figure of a visit, and how it is compared and judged. Times are in milliseconds.
type Measure struct {
	Key    string // as in the JSON
	Name   string // as in the table
	Unit   string // "ms", "KB", "" for a plain number
	Brief  bool   // belongs in the table of README
	Ratio  bool   // a ratio of both pages means something
	Map    bool   // of the use of the map and of the search
	Moment string // of the table of moments, in which its time is a part or the whole
	Of     func(v *Visit) float64
	Atmost Budget
}

// Budget is the limit for a measure of Sharh's page; 0 means no limit. Ratios are of the peers' figure on the same
// profile, the others in the measure's unit.
type Budget struct {
	Ratio   float64
	Desktop float64 // the ratio on the desktop, where it is another
	Phone   float64 // on the phone profile
	Every   float64 // on every profile
	None    bool    // must be 0, on every profile
	Least   float64 // the least, on every profile that has it
}

const absent = math.MaxFloat64 // stands for a figure that a visit does not have; JSON has no NaN

// measures are the rows of the table.
var measures = []Measure{
	{Key: "fcp", Name: "first paint", Unit: "ms", Brief: true, Ratio: true, Moment: firstPaint,
		Atmost: Budget{Ratio: 0.7, Desktop: 0.9}, Of: func(v *Visit) float64 { return positive(v.FCP) }},
	{Key: "lcp", Name: "largest paint", Unit: "ms", Brief: true, Ratio: true, Moment: firstPaint,
		Atmost: Budget{Ratio: 0.7, Desktop: 0.9}, Of: func(v *Visit) float64 { return positive(v.LCP) }},
	{Key: "drawn", Name: "timeline drawn", Unit: "ms", Brief: true, Ratio: true,
		Of: func(v *Visit) float64 { return positive(v.Drawn) }},
	{Key: "answer", Name: "first click on a call answered", Unit: "ms", Brief: true, Ratio: true, Moment: firstAnswer,
		Atmost: Budget{Ratio: 0.3}, Of: func(v *Visit) float64 { return positive(v.Answer) }},
	{Key: "answerStep", Name: "first click on a step answered", Unit: "ms", Brief: true, Ratio: true, Moment: firstAnswer,
		Atmost: Budget{Ratio: 0.3}, Of: func(v *Visit) float64 { return positive(v.AnswerStep) }},
	{Key: "answerActor", Name: "first click on an actor answered", Unit: "ms", Brief: true, Ratio: true,
		Moment: firstAnswer, Atmost: Budget{Ratio: 0.3}, Of: func(v *Visit) float64 { return positive(v.AnswerActor) }},
	{Key: "answerBytes", Name: "bytes before the answer to a call", Unit: "KB", Brief: true, Ratio: true,
		Atmost: Budget{Every: 40}, Of: func(v *Visit) float64 { return positive(v.AnswerBytes / 1000) }},
	{Key: "blocking", Name: "blocking time, whole visit", Unit: "ms", Brief: true, Ratio: true, Moment: goingLive,
		Atmost: Budget{Ratio: 0.45}, Of: func(v *Visit) float64 { return v.Blocking }},
	{Key: "longest", Name: "longest task", Unit: "ms", Ratio: true, Moment: firstPaint,
		Atmost: Budget{Phone: 120}, Of: func(v *Visit) float64 { return v.Longest }},
	{Key: "shift", Name: "layout shift, whole visit", Brief: true,
		Atmost: Budget{None: true}, Of: func(v *Visit) float64 { return v.Shift }},
	{Key: "cls", Name: "  as the standard's CLS", Of: func(v *Visit) float64 { return v.CLS }},
	{Key: "shiftAfterInput", Name: "  not counted: within 0.5 s of a click",
		Of: func(v *Visit) float64 { return v.ShiftAfterInput }},
	{Key: "selection", Name: "a call chosen, once live (median)", Unit: "ms", Brief: true, Ratio: true, Moment: aChoice,
		Atmost: Budget{Ratio: 0.8}, Of: func(v *Visit) float64 { return median(v.Selections) }},
	{Key: "selectionWorst", Name: "  the slowest of them", Unit: "ms", Ratio: true,
		Of: func(v *Visit) float64 { return worst(v.Selections) }},
	{Key: "actor", Map: true, Name: "an actor chosen on the map, once live (median)", Unit: "ms", Brief: true, Ratio: true,
		Moment: aScene, Atmost: Budget{Ratio: 0.8, Phone: 200}, Of: func(v *Visit) float64 { return median(v.Actors) }},
	{Key: "actorWorst", Map: true, Name: "  the slowest of them", Unit: "ms", Ratio: true,
		Of: func(v *Visit) float64 { return worst(v.Actors) }},
	{Key: "drag", Map: true, Name: "dragging the whole map, frames a second", Ratio: true, Brief: true,
		Atmost: Budget{Least: 50},
		Of:     func(v *Visit) float64 { return positive(v.Drag) }},
	{Key: "dragGap", Map: true, Name: "  the longest time without one", Unit: "ms", Ratio: true,
		Of: func(v *Visit) float64 { return positive(v.DragGap) }},
	{Key: "key", Map: true, Name: "a key in the search (median)", Unit: "ms", Brief: true, Moment: aKey,
		Atmost: Budget{Phone: 50},
		Of:     func(v *Visit) float64 { return median(v.Keys) }},
	{Key: "keyWorst", Map: true, Name: "  the slowest of them", Unit: "ms",
		Of: func(v *Visit) float64 { return worst(v.Keys) }},
	{Key: "bytes", Name: "bytes, whole visit", Unit: "KB", Brief: true, Ratio: true,
		Of: func(v *Visit) float64 {
			var sum float64
			for _, n := range v.Bytes {
				sum += n
			}
			return sum / 1000
		}},
	bytesOf("document"), bytesOf("style"), bytesOf("script"), bytesOf("font"), bytesOf("wasm"), bytesOf("other"),
	{Key: "live", Name: "live", Unit: "ms", Of: func(v *Visit) float64 { return positive(v.Live) }},
	phase("start", "  until the program was asked for", "", "sharh:start"),
	phase("compiled", "  fetched and compiled", "sharh:start", "sharh:compiled"),
	phase("go", "  Go's runtime up", "sharh:compiled", "sharh:go"),
	phase("decoded", "  story decoded", "sharh:go", "sharh:decoded"),
	phase("mounted", "  mounted", "sharh:decoded", "sharh:live"),
}

func bytesOf(kind string) Measure {
	return Measure{Key: "bytes." + kind, Name: "  " + kind, Unit: "KB", Ratio: true,
		Of: func(v *Visit) float64 { return v.Bytes[kind] / 1000 }}
}

// phase is the time between two performance marks that the page sets; from "" means the start of the navigation.
func phase(key, name, from, to string) Measure {
	return Measure{Key: "phase." + key, Name: name, Unit: "ms", Of: func(v *Visit) float64 {
		end, ok := v.Marks[to]
		start, also := v.Marks[from]
		if !ok || (from != "" && !also) {
			return absent
		}
		return end - start
	}}
}

// positive is x, or absent when it was not measured.
func positive(x float64) float64 {
	if x <= 0 {
		return absent
	}
	return x
}

// median is the middle of the values that are there, the mean of the middle two for an even number; absent for none.
func median(values []float64) float64 {
	s := present(values)
	if len(s) == 0 {
		return absent
	}
	slices.Sort(s)
	if m := len(s) / 2; len(s)%2 == 1 {
		return s[m]
	} else {
		return (s[m-1] + s[m]) / 2
	}
}

// worst is the largest of the values that are there.
func worst(values []float64) float64 {
	s := present(values)
	if len(s) == 0 {
		return absent
	}
	return slices.Max(s)
}

func present(values []float64) []float64 {
	return slices.DeleteFunc(slices.Clone(values), func(x float64) bool { return x == absent })
}

// A shift is a layout shift that the browser reported.
type shift struct {
	At    float64 `json:"at"` // ms since the navigation began
	Value float64 `json:"value"`
	Input bool    `json:"input"` // soon after a click
	// Excused shifts are not counted by the standard: soon after a click, or a change of the window's size.
	Excused bool     `json:"excused"`
	What    []string `json:"what"` // what moved
}

// shifts returns the sum of all shifts but those soon after a click, the CLS of the standard (the largest sum of a
// session window: shifts less than 1 s apart, at most 5 s in all), and the sum of those soon after a click.
func shifts(all []shift) (sum, cls, afterInput float64) {
	var window, first, last float64
	for _, s := range all {
		if s.Input {
			afterInput += s.Value
		} else {
			sum += s.Value
		}
		if s.Excused {
			continue
		}
		if window > 0 && s.At-last < 1000 && s.At-first < 5000 {
			window += s.Value
		} else {
			window, first = s.Value, s.At
		}
		last = s.At
		cls = max(cls, window)
	}
	return sum, cls, afterInput
}

// A task is a task of the main thread longer than 50 ms.
type task struct {
	At float64 `json:"at"` // ms since the navigation began
	MS float64 `json:"ms"`
}

// blocking returns by how much tasks were longer than 50 ms, in all, and the longest.
func blocking(tasks []task) (sum, longest float64) {
	for _, t := range tasks {
		sum += max(0, t.MS-50)
		longest = max(longest, t.MS)
	}
	return sum, longest
}
