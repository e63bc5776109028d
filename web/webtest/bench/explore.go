package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"

	"sharh/app/story"
)

// explore uses the map of a page that is live as a reader does: it chooses several actors, drags the map, as a whole
// where it is not always so, and writes a name into the search, if the page has one.
func (t *tab) explore(v *Visit) error {
	if err := t.until("everything has come",
		`document.readyState === "complete" && window.__bench?.page.drawn()`); err != nil {
		return err
	}
	if err := t.show(); err != nil {
		return err
	}
	if err := pause(t.ctx, settle); err != nil {
		return err
	}
	for i := range min(6, len(t.site.Actors)) {
		ms, err := t.chooseActor(slices.Concat(t.site.Actors[i:], t.site.Actors[:i]))
		if err != nil {
			return fmt.Errorf("choosing actor %d: %w", i+1, err)
		}
		v.Actors = append(v.Actors, ms)
	}
	if !t.profile.Mobile {
		if err := t.until("the whole map is shown", `__bench.page.whole()`); err != nil {
			return err
		}
		if err := t.show(); err != nil {
			return err
		}
		if err := t.drag(v); err != nil {
			return fmt.Errorf("dragging the map: %w", err)
		}
	}
	return t.search(v)
}

// show scrolls to the map.
func (t *tab) show() error {
	return t.eval(`(__bench.page.figures().at(-1).scrollIntoView({block: "start", behavior: "instant"}), true)`, new(bool))
}

// chooseActor clicks on the first of the actors that can be hit once the page stands still, and returns the time until
// the first frame in which the map shows the choice, in ms.
func (t *tab) chooseActor(ids []string) (float64, error) {
	list, err := json.Marshal(ids)
	if err != nil {
		return 0, err
	}
	if err := t.clickStanding("an actor", func() (p *place, err error) {
		return p, t.eval("__bench.actor("+string(list)+")", &p)
	}); err != nil {
		return 0, err
	}
	if err := t.until("the choice is shown", `__bench.seen.answered`); err != nil {
		return 0, err
	}
	var ms float64
	return ms, t.eval("__bench.seen.answered - __bench.seen.clicked", &ms)
}

// clickStanding clicks on what find finds, once it stands still.
func (t *tab) clickStanding(what string, find func() (*place, error)) error {
	deadline := time.Now().Add(patience)
	var at *place
	for {
		p, err := find()
		if err != nil {
			return err
		}
		if p != nil && at != nil && *p == *at {
			break
		}
		at = p
		if time.Now().After(deadline) {
			return fmt.Errorf("waited %v in vain for %s to stand still", patience, what)
		}
		if err := pause(t.ctx, 100*time.Millisecond); err != nil {
			return err
		}
	}
	var done bool
	if err := t.eval("(__bench.again(), true)", &done); err != nil {
		return err
	}
	return t.click(at.X, at.Y)
}

// drag drags the map in circles for some seconds, and counts the frames.
func (t *tab) drag(v *Visit) error {
	var at place
	if err := t.until("there is a place to drag the map by", `__bench.page.grip()`); err != nil {
		return err
	}
	if err := t.eval("__bench.page.grip()", &at); err != nil {
		return err
	}
	mouse := func(kind input.DispatchMouseEventType, x, y float64) error {
		ctx, cancel := context.WithTimeout(t.ctx, patience)
		defer cancel()
		_, err := chromedp.Call(ctx, input.DispatchMouseEvent, input.DispatchMouseEventParams{
			Type: kind, X: x, Y: y, Button: input.MouseButtonLeft, Buttons: 1, ClickCount: 1,
		})
		return err
	}
	if err := mouse(input.DispatchMouseEventTypeMousePressed, at.X, at.Y); err != nil {
		return err
	}
	var seen struct{ Rate, Gap float64 }
	if err := t.eval("(__bench.frames(), {})", &seen); err != nil {
		return err
	}
	const steps, radius = 180, 60
	for i := range steps {
		s, c := math.Sincos(float64(i) / 12)
		if err := mouse(input.DispatchMouseEventTypeMouseMoved, at.X+radius*s, at.Y+radius*(1-c)); err != nil {
			return err
		}
	}
	if err := t.eval("__bench.frames.end()", &seen); err != nil {
		return err
	}
	v.Drag, v.DragGap = seen.Rate, seen.Gap
	return mouse(input.DispatchMouseEventTypeMouseReleased, at.X, at.Y)
}

// search writes a name into the search, key by key.
func (t *tab) search(v *Visit) error {
	var ready bool
	if err := t.eval(`(f => { f?.focus(); return !!f; })(document.getElementById("q"))`, &ready); err != nil || !ready {
		return err
	}
	for _, r := range t.site.Name {
		if err := t.eval(`(__bench.key("finds"), true)`, &ready); err != nil {
			return err
		}
		for _, key := range []input.DispatchKeyEventParams{
			{Type: input.DispatchKeyEventTypeKeyDown, Key: string(r), Text: string(r)},
			{Type: input.DispatchKeyEventTypeKeyUp, Key: string(r)},
		} {
			ctx, cancel := context.WithTimeout(t.ctx, patience)
			_, err := chromedp.Call(ctx, input.DispatchKeyEvent, key)
			cancel()
			if err != nil {
				return fmt.Errorf("writing into the search: %w", err)
			}
		}
		if err := t.until("what is found is shown", "__bench.seen.keyed"); err != nil {
			return err
		}
		var ms float64
		if err := t.eval("__bench.seen.keyed", &ms); err != nil {
			return err
		}
		if ms > 0 { // a key may find the same as the one before
			v.Keys = append(v.Keys, ms)
		}
	}
	if len(v.Keys) == 0 {
		return errors.New("no key in the search changes what is found")
	}
	return nil
}

// busiest returns the ids of the actors with the most relations, and the name of the first.
func busiest(d *story.Document, n int) (ids []string, name string) {
	count := map[string]int{}
	for _, r := range d.Relations {
		count[r.From]++
		count[r.To]++
	}
	all := slices.Clone(d.Actors)
	slices.SortStableFunc(all, func(a, b story.Actor) int { return cmp.Compare(count[b.ID], count[a.ID]) })
	for _, a := range all[:min(n, len(all))] {
		ids = append(ids, a.ID)
	}
	if len(all) > 0 {
		name = all[0].Label
	}
	return ids, name
}
