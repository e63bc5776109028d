package story

// Kinds of scenes.
const (
	CoreScene  = "core"  // at rest: the core of the story
	CallScene  = "call"  // what a call was about
	ActorScene = "actor" // an actor and his neighbours
	ViewScene  = "view"  // what a reading rests on
	WholeScene = "whole" // everything
)

// Scene is what the map shows for one state, laid out.
type Scene struct {
	Kind      string `json:"kind,omitzero"`      // one of the kinds
	ID        string `json:"id,omitzero"`        // of the call, actor or view; "" for the core and the whole
	Actors    []int  `json:"actors,omitzero"`    // indices into the document's Actors, ascending
	Relations []int  `json:"relations,omitzero"` // indices into the document's Relations, ascending; their ends are among the actors
	Rest      int    `json:"rest,omitzero"`      // relations of this state that there was no room for

	// Forms that this scene is drawn in.
	Wide   Layout `json:"wide,omitzero"`   // for desks
	Narrow Layout `json:"narrow,omitzero"` // for phones
	Small  Layout `json:"small,omitzero"`  // as narrow, and low: in frames and for steps
}

// Layout is a drawn scene, in whole units of its own box, whose origin is the top left.
type Layout struct {
	Width  float64 `json:"w,omitzero"`
	Height float64 `json:"h,omitzero"`
	Nodes  []Node  `json:"nodes,omitempty"`  // in the order of the scene's Actors
	Arrows []Arrow `json:"arrows,omitempty"` // in the order of the scene's Relations
	// Mute says that the arrows have no words: there are more than can be read, or lines would run in one another for
	// want of room. An actor's or a call's scene has them.
	Mute bool `json:"mute,omitempty"`
}

// Node is an actor's box. The sides of what is drawn must be those of the box where arrows meet them: anywhere but near
// the corners.
type Node struct {
	Box   Rect     `json:"box"`
	Lines []string `json:"lines"` // of his label, centred in the box
}

// Arrow is a relation, drawn.
type Arrow struct {
	Path   string   `json:"path,omitempty"`   // SVG path data from who acts to the words; "" without words
	Tips   []string `json:"tips"`             // from there to whom; by way of somebody there are two. Each ends in a head
	Tether string   `json:"tether,omitempty"` // thin lines from the words to those who say it
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
	Small  Form = "small"  // in frames and for the figure of a step: as narrow, and low
)

// Forms are all forms.
var Forms = []Form{Wide, Narrow, Small}

// Type is how the texts of a form are set, in units of its box.
type Type struct {
	Name, NameLine   float64 // size of an actor's label, semi-bold, and the height of its lines
	Words, WordsLine float64 // of the words of a relation
}

var types = map[Form]Type{
	Wide:   {15, 19, 13.5, 16},
	Narrow: {12.5, 15.5, 12.5, 14.5},
	Small:  {12.5, 15.5, 12.5, 14},
}

// Type returns how the texts of a form are set.
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

// SceneKey names the scene of a state among the scenes of a map.
func SceneKey(kind, id string) string { return kind + " " + id }
