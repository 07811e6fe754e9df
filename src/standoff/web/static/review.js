/* Review in the browser: single keys, palettes, and going from record to record without leaving the page. Everything
   can be done without it: the card is a form, what follows is a link. */
import { fetchPage, adopted, element, post } from "./pages.js";
import { Card } from "./review_card.js";
import { Marking } from "./review_marking.js";

const OFF = "standoff-single-keys";
const said = document.querySelector(".said");
const problem = document.querySelector(".problem");
let card = null;
let marking = null;
let busy = false;

const say = (words) => {
  said.textContent = words;
};

/* One record after the other ------------------------------------------------------------------------------- */

const start = (focus) => {
  const root = document.querySelector(".reviewing");
  const desk = root.querySelector(".desk");
  card = desk ? new Card(desk) : null;
  marking = card ? new Marking(card, say) : null;
  if (!card) return;
  const [where] = card.spans(card.fields.has("trigger") ? "trigger" : "cue");
  if (where) card.passage.show(where[0]);
  if (focus) document.getElementById("card-h").focus({ preventScroll: true });
  if (focus && desk.getBoundingClientRect().top < 0) desk.scrollIntoView({ block: "start" });
};

/* Where the record that is shown has its own page: what "back" leads to once the queue has gone on. */
const ownAddress = () => {
  const asked = new URLSearchParams(location.search);
  asked.delete("seen");
  return `/review/${card.place}${asked.size ? `?${asked}` : ""}`;
};

const go = async (address, way = "pushState") => {
  const page = await fetchPage(address);
  const fresh = adopted(page, ".reviewing");
  if (!fresh) {
    location.href = address;
    return;
  }
  if (way === "pushState" && card) history.replaceState(null, "", ownAddress());
  document.querySelector(".reviewing").replaceWith(fresh);
  document.title = page.title;
  if (way) history[way](null, "", address);
  start(true);
};

/* Do one thing at a time, and show in one sentence what goes wrong. */
const doing = async (work) => {
  if (busy) return;
  busy = true;
  problem.textContent = "";
  document.body.classList.add("busy");
  try {
    await work();
  } catch (failure) {
    problem.textContent = failure.message;
  }
  document.body.classList.remove("busy");
  busy = false;
};

const decide = (verb) =>
  doing(async () => {
    const fields = new FormData(card.form);
    fields.delete("token");
    fields.set("verb", verb);
    const done = await post("/review/decide", fields);
    if (!done.conflict && verb !== "note") card.forget();
    await go(done.location, verb === "note" || done.conflict ? "replaceState" : "pushState");
    say(done.conflict ? "" : done.said);
  });

const undo = (form) =>
  doing(async () => {
    const fields = new FormData(form);
    fields.delete("token");
    const done = await post("/review/undo", fields);
    if (done.location.startsWith("/review")) await go(done.location);
    else await go(location.href, "replaceState");
    say(done.said);
  });

/* Going back must not be lost while something is written: the page would show another record than its address. */
const arrive = () => (busy ? setTimeout(arrive, 40) : doing(() => go(location.href, null)));
addEventListener("popstate", arrive);

/* Palettes ------------------------------------------------------------------------------------------------- */

const choose = (field) => {
  const palette = document.getElementById(`palette-${field}`);
  palette.dataset.field = field;
  for (const button of palette.querySelectorAll("[data-value]"))
    button.toggleAttribute("data-chosen", button.dataset.value === card.value(field));
  palette.showModal();
  palette.querySelector("[data-chosen]")?.focus();
};

for (const palette of document.querySelectorAll("dialog.palette")) {
  const buttons = [...palette.querySelectorAll("[data-value]")];
  palette.addEventListener("click", (event) => {
    const button = event.target.closest("[data-value]");
    if (button) {
      card.set(palette.dataset.field, button.dataset.value);
      palette.close();
      card.fields.get(palette.dataset.field).querySelector(".pick").focus({ preventScroll: true });
    } else if (event.target === palette || event.target.closest(".close")) palette.close();
  });
  palette.addEventListener("keydown", (event) => {
    /* Just after it was closed, keys still come here until the browser has moved the focus. */
    if (!palette.open || event.ctrlKey || event.metaKey || event.altKey) return;
    const way = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    const named = buttons.find((button) => button.dataset.key === event.key.toLowerCase());
    if (way && buttons.length) {
      event.preventDefault();
      const at = buttons.indexOf(document.activeElement);
      buttons[(at + way + buttons.length) % buttons.length].focus();
    } else if (named) {
      event.preventDefault();
      named.click();
    }
    event.stopPropagation();
  });
}

const single = document.getElementById("single-keys");
single.checked = localStorage.getItem(OFF) !== "off";
single.addEventListener("change", () => localStorage.setItem(OFF, single.checked ? "on" : "off"));

/* Fields that are typed ------------------------------------------------------------------------------------ */

/* Fill the list of a field with values that begin with what was typed after the last comma. */
const suggest = async (input) => {
  const several = "several" in input.dataset;
  const kind = several ? "actor" : "issue";
  const [, before, typed] = several ? /^(.*,\s*)?(.*)$/.exec(input.value) : [null, "", input.value];
  const answer = await fetch(`/suggest/${kind}.json?${new URLSearchParams({ starts: typed.trim() })}`);
  if (!answer.ok) return;
  const { records } = await answer.json();
  document.getElementById(input.getAttribute("list")).replaceChildren(
    ...records.map(({ value, label }) =>
      element("option", { value: `${before ?? ""}${value}`, label: label === value ? null : `${label} (${value})` }),
    ),
  );
};

document.addEventListener("focusin", ({ target }) => {
  if (target.matches?.(".card .held input")) target.dataset.before = target.value;
  if (target.matches?.(".card input[list]")) suggest(target).catch(() => {});
});

document.addEventListener("input", ({ target }) => {
  if (!target.matches?.(".card .field input, .card .field select") || target.name === "note") return;
  card.changed();
  if (target.list) suggest(target).catch(() => {});
});

const leave = (input) => {
  input.blur();
  document.getElementById("card-h").focus({ preventScroll: true });
};

const typing = (event) => {
  const input = event.target;
  if (!input.matches(".card input[type=text]")) return;
  if (event.key === "Enter") {
    event.preventDefault();
    if (input.name === "note" && input.value.trim()) decide("note");
    else leave(input);
  } else if (event.key === "Escape") {
    input.value = input.dataset.before ?? input.value;
    card.changed();
    leave(input);
  }
};

/* Keys and clicks ------------------------------------------------------------------------------------------ */

const marked = (number, opener) => {
  const names = [...card.fields].filter(([, row]) => "role" in row.dataset).map(([name]) => name);
  const more = number === names.length && card.fields.get("content").dataset.kind === "pieces";
  const name = more ? "content" : names[number];
  if (!name || marking.take(name, more)) return;
  if (marking.open) marking.close(true);
  marking.begin(name, opener ?? card.fields.get(name).querySelector(".pick"), more);
};

const swap = () => {
  const [from, to] = [card.value("source"), card.value("target")];
  card.control("source").value = to;
  card.set("target", from);
  say(`From ${to || "nobody"} to ${from || "nobody"}.`);
};

const act = (control) => {
  const { key } = control.dataset;
  if (control.matches("button.accept, button.reject")) decide(control.value);
  else if (control.matches(".onward")) skip(control);
  else if (key === "u") undo(control.form);
  else if (key === "z") card.discard();
  else if (key === "x") swap();
  else if (control.matches(".pick")) {
    const row = control.closest(".field");
    if (row.dataset.kind === "menu") choose(row.dataset.field);
    else marked(Number(key) - 1, control);
  } else if (control.matches("input")) {
    control.focus();
    control.select();
  } else control.click();
};

const skip = (link) =>
  doing(async () => {
    card.forget();
    await go(link.getAttribute("href"));
    say("Skipped.");
  });

document.addEventListener("click", (event) => {
  if (event.target.closest("button.help")) document.getElementById("keys").showModal();
  const control = event.target.closest(".reviewing [data-key]");
  if (!control || control.matches("input, a:not(.onward)") || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  if (marking?.open && !control.matches(".pick")) marking.close(true);
  act(control);
});

document.addEventListener("submit", (event) => {
  if (!event.target.matches(".reviewing form")) return;
  event.preventDefault();
  if (event.target.matches(".card")) decide(event.submitter?.value ?? "note");
  else undo(event.target);
});

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || document.querySelector("dialog:modal")) return;
  if (event.target.matches("input, textarea, select")) {
    typing(event);
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || !single.checked) return;
  if (event.key === "?") {
    event.preventDefault();
    document.getElementById("keys").showModal();
    return;
  }
  const key = event.key.toLowerCase();
  if (key === "b" && !event.shiftKey) history.back();
  if (key === "4" && card && !card.form.querySelector("[data-key='4']")) {
    event.preventDefault();
    marked(3);
    return;
  }
  const control = key.length === 1 && !event.shiftKey && document.querySelector(`.reviewing [data-key="${CSS.escape(key)}"]:not([hidden])`);
  if (!control) return;
  event.preventDefault();
  if (marking?.open) marking.close(true);
  act(control);
});

document.addEventListener("selectionchange", () => marking?.offer());

start(false);
