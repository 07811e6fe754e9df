/* Merging, splitting and renaming. */
import { sendInPlace } from "./sending.js";

const problem = document.querySelector(".problem");

for (const form of document.querySelectorAll("form.joining")) sendInPlace(form, problem);
