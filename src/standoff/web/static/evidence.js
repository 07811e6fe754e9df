/* The one pop-up for evidence: a link to /report/KEY#a12 (an act) or #s7 (a statement), anywhere, opens the passage in
   a pane beside the page. With a modifier key, or from the pane itself, the link leads to the reader. */
import { adopted, element, fetchPage } from "./pages.js";

const PLACE = /^\/report\/\d+$/;
let pane = null;
let opener = null;
let asked = 0;

const close = () => {
  if (!pane?.open) return;
  pane.close();
  if (opener?.isConnected) opener.focus({ preventScroll: true });
};

const made = () => {
  if (pane) return pane;
  pane = element("dialog", { class: "pane", "aria-labelledby": "pane-title" });
  document.body.append(pane);
  return pane;
};

const show = (title, content) => {
  const heading = element("h2", { id: "pane-title", tabindex: "-1" }, title);
  const button = element("button", { type: "button" }, "Close");
  button.addEventListener("click", close);
  made().replaceChildren(element("div", { class: "top-line" }, heading, button), content);
  if (!pane.open) pane.show();
  heading.focus({ preventScroll: true });
  pane.scrollTop = 0;
};

export const placeOf = (link) => {
  const address = new URL(link.getAttribute("href"), location.href);
  if (address.origin !== location.origin || !PLACE.test(address.pathname)) return null;
  return /^#[as]\d+$/.test(address.hash) ? address.hash.slice(1) : null;
};

export const openEvidence = async (place, from) => {
  opener = from ?? document.activeElement;
  const mine = ++asked;
  try {
    const page = await fetchPage(`/evidence/${place}`);
    if (mine !== asked) return;
    const passage = adopted(page, ".passage");
    if (!passage) throw new Error("This evidence is not in the dossier any more: reload the page.");
    show(page.querySelector("h1").textContent.trim(), passage);
  } catch (problem) {
    if (mine === asked) show("Evidence", element("p", { class: "wait" }, problem.message));
  }
};

export const startEvidence = () => {
  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = event.target.closest("a[href]");
    if (!link || "go" in link.dataset) return;
    const place = placeOf(link);
    if (!place || new URL(link.getAttribute("href"), location.href).pathname === location.pathname) return;
    event.preventDefault();
    openEvidence(place, link);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && pane?.open) {
      event.preventDefault();
      close();
    }
  });
};
