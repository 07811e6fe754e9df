/* Lists of values for the fields of the filters, fetched when a field is first used. */
import { element } from "./pages.js";

const fill = async (input) => {
  const list = document.getElementById(`list-${input.dataset.suggest}`);
  const typed = input.value.trim();
  const answer = await fetch(`/suggest/${input.dataset.suggest}.json?${new URLSearchParams({ starts: typed })}`);
  if (!answer.ok || input.value.trim() !== typed) return;
  const { records } = await answer.json();
  list.replaceChildren(
    ...records.map(({ value, label }) => element("option", { value, label: label === value ? null : `${label} (${value})` })),
  );
};

export const startFilters = () => {
  for (const input of document.querySelectorAll("input[data-suggest]")) {
    let waiting = 0;
    const soon = () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => fill(input).catch(() => {}), 150);
    };
    input.addEventListener("focus", soon, { once: true });
    input.addEventListener("input", soon);
  }
  /* An address without empty parameters is one to keep. */
  for (const form of document.querySelectorAll("form[method=get]")) {
    form.addEventListener("submit", () => {
      for (const field of form.elements) if (field.name && !field.value) field.disabled = true;
      setTimeout(() => {
        for (const field of form.elements) field.disabled = false;
      });
    });
  }
};
