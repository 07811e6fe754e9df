/* What every page does: evidence beside the page, lists for the filters. Everything works without it: links lead to
   pages. */
import { startEvidence } from "./evidence.js";
import { startFilters } from "./filters.js";

startEvidence();
startFilters();
