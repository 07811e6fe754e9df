/* Marking words in the text: by selecting them, or word by word with the keys. */
import { element } from "./pages.js";

const WAYS = [
  ["start", -1, "Start earlier", "Shift ←"],
  ["start", 1, "Start later", "Shift →"],
  ["end", -1, "End earlier", "←"],
  ["end", 1, "End later", "→"],
  ["move", -1, "Back a word", ","],
  ["move", 1, "On a word", "."],
  ["sentence", -1, "Sentence before", "↑"],
  ["sentence", 1, "Sentence after", "↓"],
];

export class Marking {
  constructor(card, say) {
    this.card = card;
    this.say = say;
    this.bar = card.root.querySelector(".marking");
    this.field = null;
    this.bar.addEventListener("keydown", (event) => this.key(event));
    this.offered = "";
  }

  get open() {
    return this.field !== null;
  }

  label(name) {
    return this.card.fields.get(name).querySelector(".label").lastElementChild.textContent;
  }

  /* Mark the words that are selected in the text, if any; true where there were some. */
  take(name, add = false) {
    const span = this.card.passage.selected();
    if (!span) return false;
    const pieces = add ? joined([...this.card.spans(name), span]) : [span];
    this.card.setSpans(name, pieces);
    document.getSelection().removeAllRanges();
    this.close();
    this.say(`${this.label(name)}: ${this.card.passage.text(span)}`);
    return true;
  }

  /* Offer what the selected words may be. */
  offer() {
    if (this.open) return;
    const span = this.card.passage.selected();
    const told = span ? this.card.passage.text(span) : "";
    if (told === this.offered) return;
    this.offered = told;
    if (!span) {
      this.bar.hidden = true;
      return;
    }
    const rows = [...this.card.fields].filter(([, row]) => "role" in row.dataset);
    const buttons = rows.map(([name], number) => this.button(`${this.label(name)}`, String(number + 1), () => this.take(name)));
    if (this.card.fields.get("content").dataset.kind === "pieces")
      buttons.push(this.button("One more piece of the content", "4", () => this.take("content", true)));
    const short = told.length > 60 ? `${told.slice(0, 58)}…` : told;
    this.bar.replaceChildren(element("p", {}, "Mark ", element("q", { dir: "auto" }, short), " as"), element("p", { class: "ways" }, ...buttons));
    this.bar.hidden = false;
  }

  button(words, key, act) {
    const made = element("button", { type: "button" }, element("kbd", {}, key), ` ${words}`);
    made.addEventListener("mousedown", (event) => event.preventDefault());
    made.addEventListener("click", act);
    return made;
  }

  /* Begin to mark the words of a field with the keys; `more` begins a further piece. */
  begin(name, opener, more = false) {
    const spans = this.card.spans(name);
    this.field = name;
    this.opener = opener;
    this.before = this.card.value(name);
    this.evidence = this.card.fields.has("evidence") ? this.card.value("evidence") : null;
    this.rest = spans;
    this.piece = 0;
    if (more || !spans.length) {
      this.piece = spans.length;
      const near = (more && spans.length ? spans.at(-1)[1] : (this.card.spans("trigger")[0] ?? this.card.spans("cue")[0])[1]) ?? 0;
      const { passage } = this.card;
      const next = passage.words.find((word) => word[0] >= near && /[\p{L}\p{N}]/u.test(passage.text(word)));
      this.rest = [...spans, [...(next ?? passage.words.at(-1))]];
    }
    this.offered = "";
    this.draw();
    this.bar.focus({ preventScroll: true });
  }

  get span() {
    return this.rest[this.piece];
  }

  draw() {
    const { card, field } = this;
    if (field === "trigger") card.control("evidence").value = this.evidence;
    card.setSpans(field, this.rest);
    card.draw(this.span ?? null);
    const optional = "optional" in card.fields.get(field).dataset || this.rest.length > 1;
    const pieces = this.rest.length > 1 ? ` (piece ${this.piece + 1} of ${this.rest.length})` : "";
    const buttons = WAYS.map(([what, way, words, key]) => this.button(words, key, () => this.step(what, way)));
    buttons.push(this.button("Whole sentence", "Space", () => this.whole()));
    if (optional) buttons.push(this.button("None", "Del", () => this.none()));
    if (this.rest.length > 1) buttons.push(this.button("Next piece", "n", () => this.next()));
    buttons.push(this.button("Keep", "Enter", () => this.close(true)), this.button("Leave as it was", "Esc", () => this.cancel()));
    const words = this.span ? card.passage.text(this.span) : "";
    const told = element("p", {}, element("b", {}, `${this.label(field)}${pieces}: `), element("q", { dir: "auto" }, words));
    this.bar.replaceChildren(told, element("p", { class: "ways" }, ...buttons));
    this.bar.hidden = false;
    this.say(`${this.label(field)}${pieces}: ${words}`);
    if (this.span) card.passage.show(this.span[0], true);
  }

  step(what, way) {
    this.rest = this.rest.with(this.piece, this.card.passage.stepped(this.span, what, way));
    this.draw();
  }

  whole() {
    const sentence = this.card.passage.sentence(this.span);
    if (sentence) this.rest = this.rest.with(this.piece, sentence);
    this.draw();
  }

  next() {
    this.piece = (this.piece + 1) % this.rest.length;
    this.draw();
  }

  none() {
    this.rest = this.rest.toSpliced(this.piece, 1);
    this.piece = 0;
    if (this.rest.length) this.draw();
    else this.close(true);
  }

  cancel() {
    const { field, before, evidence } = this;
    this.field = null;
    if (evidence !== null) this.card.control("evidence").value = evidence;
    this.card.control(field).value = before;
    this.card.changed();
    this.close();
  }

  close(kept = false) {
    if (kept && this.field) this.card.setSpans(this.field, joined(this.rest));
    const { opener } = this;
    this.field = null;
    this.opener = null;
    this.offered = "";
    this.bar.hidden = true;
    this.bar.replaceChildren();
    this.card.draw();
    if (opener?.isConnected) opener.focus({ preventScroll: true });
  }

  key(event) {
    if (!this.open || event.ctrlKey || event.metaKey || event.altKey) return;
    const forward = this.span ? this.card.passage.direction(this.span[0]) : 1;
    const ways = {
      ArrowRight: () => this.step(event.shiftKey ? "start" : "end", forward),
      ArrowLeft: () => this.step(event.shiftKey ? "start" : "end", -forward),
      ArrowUp: () => this.step("sentence", -1),
      ArrowDown: () => this.step("sentence", 1),
      ",": () => this.step("move", -1),
      ".": () => this.step("move", 1),
      " ": () => this.whole(),
      Delete: () => this.none(),
      Backspace: () => this.none(),
      n: () => this.next(),
      Enter: () => this.close(true),
      Escape: () => this.cancel(),
    };
    const onButton = event.target !== this.bar && (event.key === " " || event.key === "Enter");
    const may = event.key !== "Delete" && event.key !== "Backspace" ? true : "optional" in this.card.fields.get(this.field).dataset || this.rest.length > 1;
    if (!ways[event.key] || onButton || !may) return;
    event.preventDefault();
    event.stopPropagation();
    ways[event.key]();
    if (this.open) this.bar.focus({ preventScroll: true });
  }
}

/* Pieces in the order of the text; those that overlap become one. */
const joined = (pieces) => {
  const found = [];
  for (const [start, end] of [...pieces].sort((one, other) => one[0] - other[0])) {
    const last = found.at(-1);
    if (last && start < last[1]) last[1] = Math.max(last[1], end);
    else found.push([start, end]);
  }
  return found;
};
