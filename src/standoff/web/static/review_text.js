/* The passage of a record: its text by code points of the report, its words, and the marks that are drawn in it.

   Every paragraph says where it starts in the report (data-start); its text is the report's own, so that an offset in
   the page is an offset in the report. The browser counts UTF-16 units, the dossier code points. */
import { element } from "./pages.js";

const REORDERING = /([\u202a-\u202e])/;

const segmentsOf = (text, granularity) => {
  if (!("Segmenter" in Intl)) return [...text.matchAll(granularity === "word" ? /[\p{L}\p{M}\p{N}]+|[^\s]/gu : /[^.!?]+[.!?]*/gu)].map((m) => [m.index, m.index + m[0].length]);
  return [...new Intl.Segmenter("en", { granularity }).segment(text)].map((s) => [s.index, s.index + s.segment.length]);
};

export class Passage {
  constructor(root) {
    this.root = root;
    this.blocks = [...root.querySelectorAll("[data-start]")].map((node) => {
      const points = [...node.textContent];
      const start = Number(node.dataset.start);
      return { node, points, start, end: start + points.length };
    });
    this.words = this.cut("word");
    this.sentences = this.cut("sentence");
  }

  /* The words or sentences as spans, without the blanks around them. */
  cut(granularity) {
    const found = [];
    for (const block of this.blocks) {
      const text = block.points.join("");
      const at = new Map();
      let unit = 0;
      block.points.forEach((point, index) => {
        at.set(unit, index);
        unit += point.length;
      });
      at.set(unit, block.points.length);
      for (const [from, to] of segmentsOf(text, granularity)) {
        let [start, end] = [at.get(from), at.get(to)];
        while (start < end && /\s/.test(block.points[start])) start += 1;
        while (start < end && /\s/.test(block.points[end - 1])) end -= 1;
        if (start < end) found.push([block.start + start, block.start + end]);
      }
    }
    return found;
  }

  text([start, end]) {
    const pieces = this.blocks.map((block) => block.points.slice(Math.max(0, start - block.start), Math.max(0, end - block.start)).join(""));
    return pieces.filter(Boolean).join(" ").replace(/\s+/g, " ").trim();
  }

  holds([start, end]) {
    return this.blocks.some((block) => start < block.end && end > block.start);
  }

  /* The direction in which the paragraph of an offset runs: +1 left to right, -1 right to left. */
  direction(at) {
    const block = this.blocks.find((one) => at < one.end) ?? this.blocks.at(-1);
    return block && getComputedStyle(block.node).direction === "rtl" ? -1 : 1;
  }

  /* The selected words of the passage as a span, grown to whole words; null where none are selected. */
  selected() {
    const selection = document.getSelection();
    if (!selection || selection.isCollapsed || !selection.rangeCount) return null;
    const range = selection.getRangeAt(0);
    if (!range.intersectsNode(this.root)) return null;
    let [start, end] = [Infinity, -Infinity];
    for (const block of this.blocks) {
      if (!range.intersectsNode(block.node)) continue;
      const own = document.createRange();
      own.selectNodeContents(block.node);
      if (range.compareBoundaryPoints(Range.START_TO_START, own) > 0) own.setStart(range.startContainer, range.startOffset);
      if (range.compareBoundaryPoints(Range.END_TO_END, own) < 0) own.setEnd(range.endContainer, range.endOffset);
      const length = [...own.toString()].length;
      if (!length) continue;
      const before = document.createRange();
      before.selectNodeContents(block.node);
      before.setEnd(own.startContainer, own.startOffset);
      const from = block.start + [...before.toString()].length;
      start = Math.min(start, from);
      end = Math.max(end, from + length);
    }
    return this.whole([start, end]);
  }

  /* A span grown to the borders of its words; null where it holds none. */
  whole([start, end]) {
    const inside = this.words.filter((word) => word[0] < end && word[1] > start);
    return inside.length ? [inside[0][0], inside.at(-1)[1]] : null;
  }

  /* The spans one key away: what = "end", "start", "move" or "sentence"; way = +1 on, -1 back. */
  stepped([start, end], what, way) {
    const { words } = this;
    if (what === "end") {
      const to = way > 0 ? words.find((word) => word[1] > end) : words.findLast((word) => word[1] < end && word[1] > start);
      return to ? [start, to[1]] : [start, end];
    }
    if (what === "start") {
      const to = way > 0 ? words.find((word) => word[0] > start && word[0] < end) : words.findLast((word) => word[0] < start);
      return to ? [to[0], end] : [start, end];
    }
    if (what === "move") {
      const first = words.findIndex((word) => word[1] > start);
      const last = words.findLastIndex((word) => word[0] < end);
      return words[first + way] && words[last + way] ? [words[first + way][0], words[last + way][1]] : [start, end];
    }
    const there = way > 0 ? this.sentences.find((one) => one[0] > start) : this.sentences.findLast((one) => one[1] <= start);
    const word = there && words.find((one) => one[1] > there[0]);
    return word ? [...word] : [start, end];
  }

  sentence([start]) {
    return this.sentences.find((one) => one[1] > start) ?? null;
  }

  /* Draw marks: [{span: [start, end], name: "classes"}, ...] may overlap. The text stays as it is. */
  paint(marks) {
    for (const block of this.blocks) {
      const inside = marks.filter(({ span }) => span[0] < block.end && span[1] > block.start);
      const cuts = new Set([block.start, block.end]);
      for (const { span } of inside) for (const cut of span) if (cut > block.start && cut < block.end) cuts.add(cut);
      const borders = [...cuts].sort((one, other) => one - other);
      const nodes = [];
      for (let at = 0; at + 1 < borders.length; at += 1) {
        const [from, to] = [borders[at], borders[at + 1]];
        const names = inside.filter(({ span }) => span[0] <= from && span[1] >= to).map(({ name }) => name);
        const pieces = safe(block.points.slice(from - block.start, to - block.start).join(""));
        if (names.length) nodes.push(element("span", { class: names.join(" ") }, ...pieces));
        else nodes.push(...pieces);
      }
      block.node.replaceChildren(...nodes);
    }
  }

  /* Bring an offset into view: within the pane of text alone, or with `page` by moving the page too. */
  show(at, page = false) {
    const block = this.blocks.find((one) => at < one.end);
    const mark = block && ([...block.node.querySelectorAll(".live, .tr, .cu")][0] ?? block.node);
    if (!mark) return;
    const [pane, place] = [this.root.getBoundingClientRect(), mark.getBoundingClientRect()];
    const bar = this.root.parentElement.querySelector(".marking:not([hidden])");
    const below = bar ? bar.getBoundingClientRect().top : innerHeight;
    const bottom = Math.min(pane.bottom, Math.max(below, pane.top + 120));
    if (place.top < pane.top + 40 || place.bottom > bottom - 60)
      this.root.scrollTop += place.top - pane.top - (bottom - pane.top) / 3;
    const now = mark.getBoundingClientRect();
    if (page && (now.top < 0 || now.bottom > below)) scrollBy(0, now.top - below / 3);
  }
}

/* Text as nodes: a sign that would reorder what stands around it is shut into an element, as the program itself does. */
const safe = (text) =>
  text
    .split(REORDERING)
    .filter(Boolean)
    .map((piece) =>
      REORDERING.test(piece)
        ? element("bdi", { class: "ctl", "data-u": `U+${piece.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}` }, piece)
        : document.createTextNode(piece),
    );
