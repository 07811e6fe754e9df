/* The picture of the timeline: lanes of marks, or of heaps where there are many; zoom and move by wheel, drag and keys.
   The server gives the marks of a stretch of days; when the stretch changes, it is asked again, and the list below and
   the address follow. */
import { adopted, fetchPage } from "./pages.js";

const LANE = 98;
const AXIS = 24;
const MOST = 2;
const EPOCH = 719163;
const SIZE = 13;
const PITCH = 15;
const SVG = "http://www.w3.org/2000/svg";
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

const node = (name, attributes, ...children) => {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
};
const dateOf = (day) => new Date((day - EPOCH) * 86400000);
const isoOf = (day) => dateOf(day).toISOString().slice(0, 10);
const wordsOf = (day) => {
  const date = dateOf(day);
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
};

class Picture {
  constructor(figure) {
    this.figure = figure;
    this.svg = figure.querySelector("svg");
    this.told = figure.querySelector(".told");
    this.take(JSON.parse(figure.dataset.picture));
    this.all = [this.first, this.last + 1];
    this.at = -1;
    this.listen();
    this.draw();
  }

  take(picture) {
    this.picture = picture;
    this.first = picture.first;
    this.last = picture.last;
    this.from = picture.first;
    this.to = picture.last + 1;
  }

  get left() {
    return this.svg.clientWidth < 700 ? 4 : 132;
  }

  x(day) {
    return this.left + ((day - this.from) / (this.to - this.from)) * (this.svg.clientWidth - this.left - 6);
  }

  middle(lane) {
    return AXIS + lane * LANE + LANE / 2;
  }

  draw() {
    const { lanes } = this.picture;
    const marks = node("g", {});
    this.svg.setAttribute("height", LANE * Math.max(1, lanes.length) + AXIS);
    this.svg.replaceChildren(this.axis(), marks);
    lanes.forEach((lane, place) => {
      const middle = this.middle(place);
      const inside = this.left < 10;
      const label = node("text", { class: "lane", x: inside ? 2 : this.left - 8, y: inside ? middle - LANE / 2 + 11 : middle + 4, "text-anchor": inside ? "start" : "end" });
      label.textContent = lane.label.length > 19 && !inside ? `${lane.label.slice(0, 18)}…` : lane.label;
      label.append(node("title", {}, lane.label));
      marks.append(node("line", { class: "middle", x1: this.left, x2: this.svg.clientWidth, y1: middle, y2: middle }), label);
    });
    if (this.picture.heaps) this.heaps(marks);
    else this.marks(marks);
    this.say();
  }

  axis() {
    const group = node("g", { class: "axis" });
    const height = AXIS + LANE * Math.max(1, this.picture.lanes.length);
    const width = this.svg.clientWidth - this.left;
    const days = this.to - this.from;
    const perDay = width / days;
    let free = -Infinity;
    const tick = (day, label, strong) => {
      const x = this.x(day);
      if (x < this.left - 1 || x < free || x + label.length * 6.6 > this.svg.clientWidth) return;
      group.append(node("line", { x1: x, x2: x, y1: 4, y2: height, class: strong ? "strong" : "" }));
      const text = node("text", { x: x + 3, y: 13, class: strong ? "strong" : "" });
      text.textContent = label;
      group.append(text);
      free = x + label.length * 6.6 + 10;
    };
    const start = dateOf(Math.floor(this.from));
    if (perDay > 18) {
      for (let day = Math.ceil(this.from); day < this.to; day++) {
        const date = dateOf(day);
        const begins = date.getUTCDate() === 1 || free === -Infinity;
        tick(day, begins ? `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}` : String(date.getUTCDate()), begins);
      }
    } else {
      const years = perDay * 30 < 9;
      const date = new Date(Date.UTC(start.getUTCFullYear(), years ? 0 : start.getUTCMonth(), 1));
      for (;;) {
        const day = date.getTime() / 86400000 + EPOCH;
        if (day >= this.to) break;
        const begins = date.getUTCMonth() === 0 || free === -Infinity;
        tick(Math.max(day, this.from), years ? String(date.getUTCFullYear()) : begins ? `${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}` : MONTHS[date.getUTCMonth()], begins);
        if (years) date.setUTCFullYear(date.getUTCFullYear() + 1);
        else date.setUTCMonth(date.getUTCMonth() + 1);
      }
    }
    return group;
  }

  /* Marks of a lane side stack away from its line, deeds nearest; what has no room is counted. */
  marks(group) {
    const stacks = new Map();
    const ordered = [...this.picture.events].sort((a, b) => b.deed - a.deed || a.day - b.day);
    this.links = [];
    const more = new Map();
    for (const event of ordered) {
      const x = this.x((event.day + event.last + 1) / 2);
      if (x < this.left || x > this.svg.clientWidth) continue;
      for (const lane of event.lanes) {
        const column = `${lane} ${event.tone} ${Math.round(x / SIZE)}`;
        const height = stacks.get(column) ?? 0;
        stacks.set(column, height + 1);
        const sign = event.tone === "warm" ? -1 : 1;
        const middle = this.middle(lane);
        if (height >= MOST) {
          more.set(column, { x, y: middle + sign * (MOST * PITCH + 8) + 3, number: (more.get(column)?.number ?? 0) + 1 });
          continue;
        }
        const y = middle + sign * (height * PITCH + PITCH / 2 + 2) - SIZE / 2;
        group.append(this.mark(event, x, y, event.day !== event.last ? [this.x(event.day), this.x(event.last + 1), y + SIZE / 2] : null));
      }
    }
    for (const { x, y, number } of more.values()) {
      const text = node("text", { class: "more", x, y });
      text.textContent = `+${number}`;
      group.append(text);
    }
    this.links.sort((a, b) => a.day - b.day);
  }

  mark(event, x, y, reach) {
    const link = node("a", { href: event.href, class: "m", tabindex: "-1", "aria-label": event.words + (event.sides ? `; contested ${event.sides}` : "") });
    link.append(node("title", {}, event.words));
    if (reach) link.append(node("line", { class: `reach ${event.tone}`, x1: Math.max(this.left, reach[0]), x2: reach[1], y1: reach[2], y2: reach[2] }));
    const shift = event.shapes.length > 1 ? SIZE * 0.42 : 0;
    event.shapes.forEach((shape, nth) => {
      link.append(node("use", { href: `#m-${shape}`, class: event.tone, x: x - SIZE / 2 + (nth ? shift : -shift), y, width: SIZE, height: SIZE }));
    });
    if (event.sides) {
      const sides = node("text", { class: "more", x: x + SIZE + 3, y: y + SIZE - 3 });
      sides.textContent = event.sides;
      link.append(sides);
    }
    link.addEventListener("focus", () => (this.told.textContent = event.words + "."));
    link.addEventListener("pointerenter", () => (this.told.textContent = event.words + "."));
    this.links.push({ day: event.day, link });
    return link;
  }

  /* Bars away from the line: deeds filled, words hollow beyond them. */
  heaps(group) {
    const { heaps, days } = this.picture;
    const most = Math.max(1, ...heaps.flat().map(([, a, b, c, d]) => Math.max(a + b, c + d)));
    const scale = (LANE / 2 - 5) / most;
    this.links = [];
    heaps.forEach((rows, lane) => {
      const middle = this.middle(lane);
      for (const [day, ...counts] of rows) {
        const from = this.x(Math.max(day, this.from));
        const width = Math.max(1.5, this.x(Math.min(day + days, this.to)) - from - 1);
        if (from > this.svg.clientWidth || from + width < this.left) continue;
        const words = `${wordsOf(day)}${days > 1 ? ` to ${wordsOf(day + days - 1)}` : ""}, ${this.picture.lanes[lane].label}: conflict, ${counts[0]} deeds, ${counts[1]} words; cooperation, ${counts[2]} deeds, ${counts[3]} words`;
        const bar = node("a", { class: "heap", href: this.address(day, day + days), tabindex: "-1", "aria-label": words }, node("title", {}, words));
        let up = middle;
        let down = middle;
        counts.forEach((number, sort) => {
          if (!number) return;
          const height = Math.max(1, number * scale);
          const tone = sort < 2 ? "warm" : "cool";
          const y = sort < 2 ? (up -= height) : (down += height) - height;
          bar.append(node("rect", { class: `${tone} ${sort % 2 ? "words" : "deed"}`, x: from, y, width, height }));
        });
        bar.addEventListener("click", (event) => {
          event.preventDefault();
          this.show(day, day + days);
        });
        bar.addEventListener("focus", () => (this.told.textContent = words + "."));
        bar.addEventListener("pointerenter", () => (this.told.textContent = words + "."));
        this.links.push({ day, link: bar });
        group.append(bar);
      }
    });
    this.links.sort((a, b) => a.day - b.day);
  }

  say() {
    const { total, exact, cut } = this.picture;
    const base = `${wordsOf(Math.round(this.from))} to ${wordsOf(Math.round(this.to) - 1)}: ${exact ? "" : "about "}${total.toLocaleString("en")} event${total === 1 ? "" : "s"}.`;
    this.told.textContent = cut && total > cut ? `${base} The first ${cut} are drawn; zoom in for the others.` : base;
  }

  address(from, to) {
    const address = new URL(location.href);
    address.searchParams.delete("after");
    address.searchParams.set("since", isoOf(Math.round(from)));
    address.searchParams.set("until", isoOf(Math.round(to) - 1));
    return address.pathname + address.search;
  }

  /* Show a stretch of days: what is there is drawn at once, what is missing is fetched. */
  show(from, to) {
    const least = 2;
    if (to - from < least) [from, to] = [(from + to - least) / 2, (from + to + least) / 2];
    [this.from, this.to] = [Math.max(1, from), Math.max(from + least, to)];
    this.draw();
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.fetch().catch((problem) => (this.told.textContent = problem.message)), 220);
  }

  async fetch() {
    const address = this.address(this.from, this.to);
    const mine = (this.asked = (this.asked ?? 0) + 1);
    const { search } = new URL(address, location.href);
    const answer = await fetch(this.figure.dataset.source + search);
    const picture = await answer.json();
    if (mine !== this.asked) return;
    if (!answer.ok) throw new Error(picture.problem);
    const kept = [this.from, this.to];
    this.take(picture);
    [this.from, this.to] = kept;
    this.draw();
    history.replaceState(null, "", address);
    const page = await fetchPage(address);
    if (mine !== this.asked) return;
    const list = adopted(page, "#same");
    if (list) document.getElementById("same").replaceWith(list);
  }

  zoom(factor, around = (this.from + this.to) / 2) {
    this.show(around - (around - this.from) * factor, around + (this.to - around) * factor);
  }

  move(share) {
    const by = (this.to - this.from) * share;
    this.show(this.from + by, this.to + by);
  }

  step(by) {
    if (!this.links?.length) return;
    this.at = Math.min(this.links.length - 1, Math.max(0, this.at + by));
    this.links[this.at].link.focus();
  }

  listen() {
    const acts = {
      in: () => this.zoom(0.6),
      out: () => this.zoom(1 / 0.6),
      back: () => this.move(-0.25),
      on: () => this.move(0.25),
      all: () => this.show(...this.all),
    };
    const keys = { "+": "in", "=": "in", "-": "out", ArrowLeft: "back", ArrowRight: "on", Home: "all" };
    for (const button of document.querySelectorAll("[data-zoom]")) button.addEventListener("click", acts[button.dataset.zoom]);
    document.querySelector(".zoom").hidden = false;
    this.svg.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key in keys) acts[keys[event.key]]();
      else if (event.key === "ArrowDown") this.step(1);
      else if (event.key === "ArrowUp") this.step(-1);
      else return;
      event.preventDefault();
      if (event.key in keys) this.svg.focus();
    });
    this.svg.addEventListener(
      "wheel",
      (event) => {
        event.preventDefault();
        const box = this.svg.getBoundingClientRect();
        const share = Math.max(0, (event.clientX - box.left - this.left) / (box.width - this.left));
        if (Math.abs(event.deltaX) > Math.abs(event.deltaY)) this.move(event.deltaX / box.width);
        else this.zoom(Math.exp(event.deltaY * 0.0015), this.from + share * (this.to - this.from));
      },
      { passive: false },
    );
    this.drag();
    new ResizeObserver(() => this.draw()).observe(this.svg);
  }

  drag() {
    let start = null;
    let moved = false;
    this.svg.addEventListener("pointerdown", (event) => {
      if (event.button) return;
      start = { x: event.clientX, from: this.from, to: this.to };
      moved = false;
    });
    addEventListener("pointermove", (event) => {
      if (!start) return;
      const by = event.clientX - start.x;
      if (!moved && Math.abs(by) < 5) return;
      moved = true;
      const days = (by / (this.svg.clientWidth - this.left)) * (start.to - start.from);
      this.show(start.from - days, start.to - days);
    });
    addEventListener("pointerup", () => (start = null));
    this.svg.addEventListener(
      "click",
      (event) => {
        if (moved) {
          event.preventDefault();
          event.stopPropagation();
          moved = false;
        }
      },
      true,
    );
  }
}

const figure = document.querySelector("figure.picture");
if (figure) new Picture(figure);
