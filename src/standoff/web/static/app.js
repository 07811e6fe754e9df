/* What every page does: evidence beside the page. Everything works without it: links lead to pages. */
import { startEvidence } from "./evidence.js";

startEvidence();
