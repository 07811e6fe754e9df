/* How far a job is, asked every half second until it is over. */
import { adopted, fetchPage } from "./pages.js";

const follow = async () => {
  const page = await fetchPage(location.pathname);
  const job = adopted(page, ".job");
  if (!job) return;
  const here = document.querySelector(".job");
  if (here.textContent !== job.textContent) here.replaceWith(job);
  if (document.querySelector(".job progress")) setTimeout(follow, 600);
};
setTimeout(follow, 400);
