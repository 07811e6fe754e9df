/* Merging, splitting and renaming: what cannot be done is said beside the form, and nothing chosen is lost. */
import { post } from "./pages.js";

const problem = document.querySelector(".problem");

for (const form of document.querySelectorAll("form.joining")) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = form.querySelector("button.main");
    button.disabled = true;
    problem.textContent = "";
    try {
      const fields = new FormData(form);
      fields.delete("token");
      location.href = (await post(form.getAttribute("action"), fields)).location;
    } catch (failure) {
      problem.textContent = failure.message;
      problem.scrollIntoView({ block: "nearest" });
      button.disabled = false;
    }
  });
}
