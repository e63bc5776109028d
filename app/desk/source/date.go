package source

import "sharh/app/desk/edtf"

// When reads a date of the explainer, in its calendar. ok is false if it is none.
func (e *Explainer) When(s String) (w edtf.When, ok bool) {
	return edtf.Calendar(e.Calendar.Value).Parse(s.Value)
}
