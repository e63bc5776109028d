package check

import (
	"slices"

	"sharh/app/desk/diag"
	"sharh/app/desk/source"
)

// Warnings lists the codes of warnings. Only warnings can be muted.
func Warnings() []string {
	var codes []string
	for _, r := range Rules {
		if r.Severity == diag.Warning {
			codes = append(codes, r.Code)
		}
	}
	return codes
}

// mute removes the warnings that explainer.yaml mutes. It reports an error for a code that is not a warning.
func mute(asked []source.String, list *diag.List) {
	var codes []string
	for _, s := range asked {
		switch {
		case slices.Contains(Warnings(), s.Value):
			codes = append(codes, s.Value)
		case slices.Contains(diag.Codes(), s.Value):
			list.Error(s.Pos, "bad-value", "mute-error", s.Value).Advise("mutable", Warnings())
		default:
			list.Error(s.Pos, "bad-value", "mute-unknown", s.Value).Suggest(diag.Nearest(s.Value, diag.Codes()))
		}
	}
	list.Mute(codes)
}
