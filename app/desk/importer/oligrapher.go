package importer

import (
	"strings"

	"sharh/app/desk/diag"
	"sharh/app/desk/source"
)

// oligrapher reads a map of Oligrapher. Version 3 has what a node shows beside its id, version 2 in `display`; nodes
// and edges are objects by id. The first format, of LittleSis, has them in lists, as `entities` or `nodes` and `rels`
// or `edges`.
func (r *reading) oligrapher(root, graph node, at func(node) diag.Pos) {
	of := func(n node, keys ...string) node {
		for _, key := range keys {
			for _, in := range []node{n, n.get("display")} {
				if v := in.get(key); v.text != "" {
					return v
				}
			}
		}
		return node{offset: n.offset}
	}
	if title := of(root, "title", "name").text; title != "" && r.fresh {
		r.set.Explainer.Title = r.said(r.plainText(at(root.get("title")), title))
	}
	if text := of(root, "description", "subtitle").text; text != "" && r.fresh {
		r.set.Explainer.Standfirst = r.said(markdown(joined(fromHTML(text, r.citing(at(root), "")).paragraphs)))
	}
	names := map[string]string{}
	for i, n := range graph.get("nodes").list() {
		id := of(n, "id").text
		if keys := graph.get("nodes").keys; id == "" && i < len(keys) {
			id = keys[i]
		}
		name := r.plainText(at(n), strings.TrimSpace(of(n, "name", "label").text))
		if name == "" {
			r.remark(at(n), diag.Say("import-nameless"))
			continue
		}
		names[id] = name
		a := r.actor(name)
		if role := of(n, "description", "blurb").text; role != "" && len(a.Role.ByLang) == 0 {
			a.Role = r.said(r.plainText(at(n), role))
		}
		if shape := shapeOf(strings.ToLower(of(n, "type", "primary_ext").text)); shape != "" {
			a.Shape = str(shape)
		}
		if cited := r.cite(link{of(n, "url", "link").text, name}); cited != "" {
			a.Sources = strs([]string{cited})
		}
		if picture := of(n, "image"); picture.text != "" {
			a.Portrait = r.picture(medium{file: picture.text, at: func(string) diag.Pos { return at(picture) }})
		}
		for _, key := range []string{"color", "status"} {
			if v := of(n, key); v.text != "" && v.text != "normal" && v.text != "#ccc" {
				r.lost(at(v), key, v.text)
			}
		}
	}
	for _, n := range graph.get("edges").list() {
		label := r.plainText(at(n), strings.TrimSpace(of(n, "label").text))
		a, b := of(n, "node1_id", "entity1_id", "source", "from").text, of(n, "node2_id", "entity2_id", "target", "to").text
		if names[a] == "" || names[b] == "" {
			r.remark(at(n), diag.Say("import-half"))
			continue
		}
		e := edge{from: names[a], to: names[b], label: label, since: of(n, "start_date").text, until: of(n, "end_date").text,
			at: at(n), places: func(...string) diag.Pos { return at(n) }}
		switch of(n, "arrow").text {
		case "", "false", "null":
			e.directed = "undirected"
		case "both":
			e.directed = "mutual"
		case "left", "2->1":
			e.from, e.to = e.to, e.from
		}
		if url := of(n, "url").text; url != "" {
			e.sources, e.citation = []string{url}, url
		}
		if v := of(n, "dash"); v.text != "" && v.text != "false" {
			r.lost(at(v), "dash", v.text)
		}
		if v := of(n, "scale"); v.text != "" && v.text != "1" {
			r.lost(at(v), "scale", v.text)
		}
		r.edge(e)
	}
	for _, n := range graph.get("captions").list() {
		r.lost(at(n), "captions", of(n, "text").text)
	}
	annotations := root.get("annotations")
	if len(annotations.list()) == 0 {
		annotations = graph.get("annotations")
	}
	for _, n := range annotations.list() {
		r.annotation(n, names, at)
	}
	for _, key := range []string{"settings", "lock", "user", "date"} {
		if v := root.get(key); v.text != "" {
			r.lost(at(v), key, v.text)
		}
	}
}

// annotation makes a step of an annotation: a text with a part of the map.
func (r *reading) annotation(n node, names map[string]string, at func(node) diag.Pos) {
	if !r.fresh {
		r.lost(at(n), "annotations", n.get("header").text)
		return
	}
	headline := r.plainText(at(n), n.get("header").text)
	s := source.Step{Headline: r.said(headline), Sentences: r.sentences(at(n), n.get("text").text, headline, nil)}
	for _, id := range n.get("nodeIds").list() {
		if name := names[id.text]; name != "" {
			s.Shows.Actors = append(s.Shows.Actors, r.actor(name).ID)
		}
	}
	for _, key := range []string{"edgeIds", "captionIds"} {
		if len(n.get(key).list()) > 0 {
			r.lost(at(n.get(key)), key, headline)
		}
	}
	r.set.Steps.Steps = append(r.set.Steps.Steps, s)
}
