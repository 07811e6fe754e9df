/* Dropping files anywhere on the page, and sending the form without leaving it before something is wrong. */
import { element, post } from "./pages.js";

const form = document.querySelector("form.adding");
const input = form.querySelector("input[type=file]");
const drop = form.querySelector(".drop");
const chosen = form.querySelector(".chosen");
const problem = form.querySelector(".problem");

const show = () => {
  const shown = [...input.files].slice(0, 12);
  const items = shown.map((file) => element("li", {}, element("bdi", {}, file.name)));
  if (input.files.length > shown.length) items.push(element("li", {}, `and ${input.files.length - shown.length} more`));
  chosen.replaceChildren(...items);
};
input.addEventListener("change", show);

const holdsFiles = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
addEventListener("dragover", (event) => {
  if (!holdsFiles(event)) return;
  event.preventDefault();
  drop.classList.add("over");
});
addEventListener("dragleave", (event) => {
  if (!event.relatedTarget) drop.classList.remove("over");
});
addEventListener("drop", (event) => {
  if (!holdsFiles(event)) return;
  event.preventDefault();
  drop.classList.remove("over");
  const all = new DataTransfer();
  for (const file of [...input.files, ...event.dataTransfer.files]) all.items.add(file);
  input.files = all.files;
  show();
});

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const button = form.querySelector("button.main");
  button.disabled = true;
  problem.textContent = "";
  try {
    const fields = new FormData(form);
    fields.delete("token");
    location.href = (await post("/add", fields)).location;
  } catch (failure) {
    problem.textContent = failure.message;
    button.disabled = false;
  }
});
