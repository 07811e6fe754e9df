/* Dropping files anywhere on the page; the form leaves it only when the reports are taken. */
import { element } from "./pages.js";
import { sendInPlace } from "./sending.js";

const form = document.querySelector("form.adding");
const input = form.querySelector("input[type=file]");
const drop = form.querySelector(".drop");
const chosen = form.querySelector(".chosen");

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

sendInPlace(form, form.querySelector(".problem"));
