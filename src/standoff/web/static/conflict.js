/* The pages of the conflict: changes are sent without leaving the page, and what the engine finds comes in when it is
   there. Everything works without it: forms lead back to the page, links are links. */
import { adopted, element, fetchPage, post } from "./pages.js";

const main = document.getElementById("main");
let drawn = 0;

/* Put the page as it is now in place of what is shown; what is open stays open, what is typed and not sent stays, the
   focus stays where it was. */
const refresh = async (key = null) => {
  const mine = ++drawn;
  const page = await fetchPage(location.pathname + location.search);
  if (mine !== drawn) return;
  const here = document.getElementById("conflict");
  const there = adopted(page, "#conflict");
  const head = adopted(page, "main > .head");
  if (!there || !here) return;
  for (const open of here.querySelectorAll("details[open][data-open]")) {
    there.querySelector(`details[data-open="${CSS.escape(open.dataset.open)}"]`)?.setAttribute("open", "");
  }
  for (const field of here.querySelectorAll("input[data-key]")) {
    if (field.value === field.defaultValue) continue;
    const same = there.querySelector(`input[data-key="${CSS.escape(field.dataset.key)}"]`);
    if (same) same.value = field.value;
  }
  const at = key ?? document.activeElement?.dataset?.key ?? null;
  const place = scrollY;
  if (head) document.querySelector("main > .head").replaceWith(head);
  here.replaceWith(there);
  focusOn(at);
  scrollTo({ top: place, behavior: "instant" });
  document.dispatchEvent(new CustomEvent("conflict:shown"));
  watch();
};

const focusOn = (key) => {
  if (!key) return;
  const find = (wanted) => main.querySelector(`[data-key="${CSS.escape(wanted)}"]`);
  let found = find(key);
  if (found?.disabled) found = find(key.startsWith("up:") ? key.replace("up:", "down:") : key.replace("down:", "up:"));
  if (found) found.focus({ preventScroll: true });
  else if (document.activeElement === document.body) main.focus({ preventScroll: true });
};

/* While the engine is at work, look again; only what became different is replaced. */
let waiting = 0;
const watch = () => {
  clearTimeout(waiting);
  const here = document.getElementById("conflict");
  if (!here || !("working" in here.dataset)) return;
  waiting = setTimeout(async () => {
    const busy = main.contains(document.activeElement) && document.activeElement.matches("input[type=text]");
    if (busy || document.hidden) return watch();
    try {
      const page = await fetchPage(location.pathname + location.search);
      const there = page.querySelector("#conflict");
      const now = document.getElementById("conflict");
      if (there && (there.textContent !== now.textContent || !("working" in there.dataset))) await refresh();
    } catch {
      /* the program may be starting anew: look again */
    }
    watch();
  }, 500);
};

const problemOf = (form) => form.querySelector(".problem");

/* A mistake of a button stands beside the button: its form is elsewhere. */
const complain = (form, button, sentence) => {
  let place = problemOf(form);
  if (form.id === "deed" && button) {
    const row = button.closest("td, li, p");
    place = row.querySelector(".problem.here") ?? row.appendChild(element("p", { class: "problem here", role: "alert" }));
  }
  place.textContent = sentence;
};

const send = async (form, button) => {
  const fields = new FormData(form);
  if (button?.name) fields.append(button.name, button.value);
  fields.delete("token");
  for (const old of main.querySelectorAll(".problem")) old.textContent = "";
  try {
    const done = await post(form.getAttribute("action"), fields);
    form.reset();
    const open = button?.closest("details[data-open]");
    if (open && form.id !== "deed") open.removeAttribute("open");
    const goes = new URL(done.location, location.href);
    if (goes.pathname !== location.pathname && goes.pathname === "/conflict/outcome") location.href = done.location;
    else await refresh(open && form.id !== "deed" ? open.querySelector("summary").dataset.key : (button?.dataset.key ?? null));
  } catch (failure) {
    complain(form, button, failure.message);
  }
};

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("form[data-live]")) return;
  event.preventDefault();
  send(form, event.submitter);
});

/* Foresight: choosing is enough. */
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-choice] select")) event.target.form.requestSubmit();
});

/* Statements say in words what they mean while they are typed, or what is wrong and where. */
let typing = 0;
document.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-statement]");
  if (!form) return;
  clearTimeout(typing);
  typing = setTimeout(() => check(form, event.target), 200);
});
const check = async (form, field) => {
  const statement = field.value.trim();
  const [reads, problem] = [form.querySelector(".reads"), problemOf(form)];
  if (!statement) {
    reads.textContent = problem.textContent = "";
    return;
  }
  const answer = await fetch(`/conflict/check.json?${new URLSearchParams({ party: form.dataset.statement, statement })}`);
  if (!answer.ok || field.value.trim() !== statement) return;
  const found = await answer.json();
  reads.textContent = found.words;
  problem.textContent = found.problem;
  field.toggleAttribute("aria-invalid", Boolean(found.problem));
};

/* The order of statements: Alt with an arrow, or dragging. */
const moved = (item, place) => {
  const form = document.getElementById("deed");
  const button = element("button", { name: "do", value: `move@${place} ${item.dataset.id}` });
  button.dataset.key = `more:${item.dataset.id}`;
  item.append(button);
  send(form, button).finally(() => button.remove());
};
document.addEventListener("keydown", (event) => {
  if (!event.altKey || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
  const item = event.target.closest(".statements > li");
  if (!item) return;
  event.preventDefault();
  const levels = [...item.parentElement.children].map((other) => Number(other.dataset.level));
  const place = Number(item.dataset.level) + (event.key === "ArrowUp" ? -1 : 1);
  if (place >= 0 && place <= Math.max(...levels)) moved(item, place);
});
document.addEventListener("pointerdown", (event) => {
  const grip = event.target.closest(".grip");
  if (!grip || event.button) return;
  event.preventDefault();
  const item = grip.closest("li");
  const list = item.parentElement;
  let over = null;
  const go = (move) => {
    const others = [...list.children].filter((other) => other !== item);
    over = others.find((other) => {
      const box = other.getBoundingClientRect();
      return move.clientY < box.top + box.height / 2;
    }) ?? null;
    list.insertBefore(item, over);
  };
  const stop = (up) => {
    removeEventListener("pointermove", go);
    removeEventListener("pointerup", stop);
    removeEventListener("pointercancel", stop);
    item.classList.remove("dragged");
    if (up.type === "pointercancel") return void refresh();
    const before = item.previousElementSibling;
    const place = before ? Number(before.dataset.level) + (Number(before.dataset.level) < Number(item.dataset.level) ? 1 : 0) : 0;
    if (place !== Number(item.dataset.level)) moved(item, place);
  };
  item.classList.add("dragged");
  addEventListener("pointermove", go);
  addEventListener("pointerup", stop);
  addEventListener("pointercancel", stop);
});

watch();
