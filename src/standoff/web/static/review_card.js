/* The card of a record: its fields, what the person has changed in them so far, and how they are drawn in the text. */
import { Passage } from "./review_text.js";

/* Several dossiers may be served under one address, one after the other. */
const KEPT = `standoff-draft ${document.querySelector(".brand bdi").textContent}`;

export class Card {
  constructor(root) {
    this.root = root;
    this.form = root.querySelector("form.card");
    this.place = this.form.dataset.place;
    this.passage = new Passage(root.querySelector(".running-text"));
    this.fields = new Map([...this.form.querySelectorAll("[data-field]")].map((row) => [row.dataset.field, row]));
    this.first = new Map([...this.fields.keys()].map((name) => [name, this.value(name)]));
    this.restore();
    this.draw();
  }

  control(name) {
    return this.fields.get(name).querySelector("[name]");
  }

  value(name) {
    return this.control(name).value;
  }

  spans(name) {
    return [...this.value(name).matchAll(/(\d+)-(\d+)/g)].map((found) => [Number(found[1]), Number(found[2])]);
  }

  setSpans(name, spans) {
    this.set(name, spans.map((span) => span.join("-")).join(", "));
  }

  /* Give a field a value; whoever marks a trigger outside the evidence means a wider evidence. */
  set(name, value) {
    this.control(name).value = value;
    if (name === "trigger") {
      const [[trigger], [evidence]] = [this.spans("trigger"), this.spans("evidence")];
      if (trigger && evidence) {
        const wide = [Math.min(trigger[0], evidence[0]), Math.max(trigger[1], evidence[1])];
        this.control("evidence").value = wide.join("-");
      }
    }
    this.changed();
  }

  changes() {
    return [...this.fields.keys()].filter((name) => this.value(name) !== this.first.get(name));
  }

  changed() {
    this.keep();
    this.draw();
  }

  discard() {
    for (const [name, value] of this.first) this.control(name).value = value;
    this.changed();
  }

  /* What is not decided yet outlives a reload, and somebody else's decision on the same record. */
  keep() {
    const draft = Object.fromEntries(this.changes().map((name) => [name, this.value(name)]));
    if (Object.keys(draft).length) sessionStorage.setItem(KEPT, JSON.stringify({ place: this.place, draft }));
    else sessionStorage.removeItem(KEPT);
  }

  restore() {
    const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? "null");
    if (kept?.place !== this.place) return;
    for (const [name, value] of Object.entries(kept.draft)) if (this.fields.has(name)) this.control(name).value = value;
  }

  forget() {
    sessionStorage.removeItem(KEPT);
  }

  draw(live = null) {
    const changes = new Set(this.changes());
    for (const [name, row] of this.fields) {
      const different = changes.has(name);
      row.classList.toggle("changed", different);
      const words = row.querySelector(".words");
      if (words && !("was" in words.dataset)) words.dataset.was = words.textContent;
      if (words) {
        words.textContent = different ? this.words(name) : words.dataset.was;
        words.hidden = !words.textContent;
      }
      const was = row.querySelector(".was");
      was.hidden = !different;
      const before = row.dataset.kind === "codes" || row.dataset.kind === "text" ? this.first.get(name) : words?.dataset.was;
      was.textContent = different ? `was ${before || "none"}` : "";
    }
    const verb = this.form.querySelector("button.accept .verb");
    verb.textContent = changes.size ? "Save the correction" : "Accept";
    this.form.querySelector("button.discard").hidden = !changes.size;
    const code = this.form.querySelector(".pick .code");
    if (code) code.textContent = this.value("type");
    this.passage.paint(this.marks(live));
  }

  /* What a changed field now means to people. */
  words(name) {
    const { kind } = this.fields.get(name).dataset;
    if (kind === "menu") return this.control(name).selectedOptions[0].textContent;
    if (kind === "span" || kind === "pieces") return this.spans(name).map((span) => this.passage.text(span)).join(" … ") || "none";
    return "";
  }

  marks(live) {
    const act = this.fields.has("type");
    const [type, modality] = act ? [this.choice("type"), this.choice("modality")] : [null, null];
    const tone = type?.dataset.tone;
    const found = [];
    for (const [name, row] of this.fields) {
      const { role } = row.dataset;
      if (!role) continue;
      let classes = role;
      if (role === "ev") classes = `ev ${tone}`;
      if (role === "tr") classes = `tr t-${tone} m-${this.value("modality") === "actual" ? type.dataset.shape : shapeOf(type, modality)}`;
      for (const span of this.spans(name)) found.push({ span, name: classes });
    }
    if (live) found.push({ span: live, name: "live" });
    return found;
  }

  choice(field) {
    return document.querySelector(`#palette-${field} [data-value="${CSS.escape(this.value(field))}"]`);
  }
}

const shapeOf = (type, modality) =>
  modality.dataset.value === "denied" ? `${type.dataset.shape}-struck` : modality.dataset.shape;
