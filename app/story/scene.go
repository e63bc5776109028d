package story

// Kinds of scenes.
const (
	CoreScene  = "core"  // nothing is chosen: the core of the story
	CallScene  = "call"  // a call and what it was about
	ActorScene = "actor" // an actor and its neighbours
	CardScene  = "card"  // the most important of an actor's scene, where that is too much for a picture
	ViewScene  = "view"  // a reading and what it rests on
	WholeScene = "whole" // everything
)

// Scene is the laid-out drawing of the map for one state.
type Scene struct {
	Kind   string `json:"kind,omitzero"`   // one of the kinds
	ID     string `json:"id,omitzero"`     // id of the call, actor or view; "" for the core scene and the whole map
	Actors []int  `json:"actors,omitzero"` // indices into the document's Actors, ascending
	// Relations has indices into the document's Relations, ascending; their ends are among the actors.
	Relations []int `json:"relations,omitzero"`
	LeftOut   int   `json:"rest,omitzero"` // number of relations of this state that there was no room for
	// More says so to the reader, beside the drawing; "" for the core, which is a selection.
	More string `json:"more,omitzero"`

	// The layouts of this scene, one for each form.
	Wide   Layout `json:"wide,omitzero"`   // for desks
	Narrow Layout `json:"narrow,omitzero"` // for phones: two columns
	Small  Layout `json:"small,omitzero"`  // for frames and steps: as narrow, and lower
}

// Layout is a drawn scene, in whole units of its own box, whose origin is the top left.
type Layout struct {
	Width  float64 `json:"w,omitzero"`
	Height float64 `json:"h,omitzero"`
	Nodes  []Node  `json:"nodes,omitempty"`  // in the order of the scene's Actors
	Arrows []Arrow `json:"arrows,omitempty"` // in the order of the scene's Relations
	// Mute says that the arrows have no words, because there are too many to read, or because lines would overlap for want
	// of room. Scenes of an actor or a call always have words.
	Mute bool `json:"mute,omitempty"`
}

// Node is an actor's box. Arrows end at the sides of the box, never near its corners, so the shape that is drawn must
// have the same sides there.
type Node struct {
	Box   Rect     `json:"box"`
	Lines []string `json:"lines"` // of the actor's label, centred in the box
}

// Arrow is a relation, drawn.
type Arrow struct {
	Path   string   `json:"path,omitempty"`   // SVG path data from the acting actor to the words; "" without words
	Tips   []string `json:"tips"`             // from the words to the actor acted on; two if by way of a third
	Tether string   `json:"tether,omitempty"` // thin lines from the words to the actors who say them
	// The words, centred in their box.
	Box   Rect     `json:"box,omitzero"`
	Lines []string `json:"lines,omitempty"`
}

// Form is a shape in which scenes are drawn.
type Form string

// The forms of a scene.
const (
	Wide   Form = "wide"   // for desks: three columns
	Narrow Form = "narrow" // for phones: two columns and the words of the relations between them
	Small  Form = "small"  // for frames and the figure of a step: as narrow, and lower
)

// Forms are all forms.
var Forms = []Form{Wide, Narrow, Small}

// Type is the size of a form's texts, in units of its box.
type Type struct {
	Name, NameLine   float64 // size of an actor's label, semi-bold, and its line height
	Words, WordsLine float64 // size of a relation's words, and their line height
}

var types = map[Form]Type{
	Wide:   {15, 19, 13.5, 16},
	Narrow: {12.5, 15.5, 12.5, 14.5},
	Small:  {13, 16, 13, 14.5}, // at least 11 pixels in the card of a step, on a phone of 360
}

// Type returns the text sizes of a form.
func (f Form) Type() Type { return types[f] }

// In returns the scene drawn in a form.
func (s *Scene) In(f Form) *Layout {
	switch f {
	case Wide:
		return &s.Wide
	case Narrow:
		return &s.Narrow
	default:
		return &s.Small
	}
}

// SceneKey returns the key of a state's scene in [Map].Scenes.
func SceneKey(kind, id string) string { return kind + " " + id }

// FitKey returns the key of the smaller scene of the same state, which is there if the scene of key has no room where
// the core is.
func FitKey(key string) string { return "fit " + key }

// shrinks is how much higher than the core a scene may be that is drawn in its place, and therefore smaller: the words
// of relations, which are smallest on a phone 360 pixels wide, then still have 11 of the 11.8 pixels.
const shrinks = 1.07

// Fits reports whether a scene can be drawn in the place of the core, in pages and in frames.
func (s *Scene) Fits(core *Scene) bool {
	return s.Wide.Height <= shrinks*core.Wide.Height &&
		s.Narrow.Height <= shrinks*min(core.Narrow.Height, core.Small.Height)
}
