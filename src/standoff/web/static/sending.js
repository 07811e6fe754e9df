/* A form that is sent without leaving its page: what cannot be done is said beside it, and nothing typed or chosen is lost. */
import { post } from "./pages.js";

export const sendInPlace = (form, problem) =>
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
