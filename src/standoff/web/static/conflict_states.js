/* The states and moves, drawn by cytoscape. The table below the picture says the same. */
import cytoscape from "./vendor/cytoscape/cytoscape.esm.min.mjs";
import { element } from "./pages.js";

/* cytoscape would write this rule into the page itself, which the page's policy forbids: conflict.css has it. */
document.head.append(element("meta", { id: "__________cytoscape_stylesheet" }));

const DASHES = [[], [8, 4], [2, 4], [10, 4, 2, 4], [5, 5], [14, 4]];
const COLOURS = ["--line-0", "--line-1", "--line-2", "--line-3", "--line-4", "--line-5"];
let graph = null;

const colour = (name) => getComputedStyle(document.querySelector("figure.graph")).getPropertyValue(name).trim();

const style = (parties) => [
  {
    selector: "node",
    style: {
      label: "data(label)", width: 38, height: 26, shape: "round-rectangle", "font-size": 11, "text-valign": "center",
      "font-family": "system-ui, sans-serif", color: colour("--ink"), "background-color": colour("--paper"),
      "border-width": 1, "border-color": colour("--strong"),
    },
  },
  { selector: "node[holds > 0]", style: { "border-width": 2.5, "border-color": colour("--ink") } },
  { selector: "node[?settles][holds > 0]", style: { "border-width": 5, "border-style": "double", "border-color": colour("--cool"), "background-color": colour("--cool-tint") } },
  { selector: "node[number > 0]", style: { "font-weight": 700, "font-size": 12, width: 74 } },
  { selector: "node[?today]", style: { shape: "ellipse", width: 88, height: 40, "background-color": colour("--raised"), "border-color": colour("--ink") } },
  {
    selector: "edge",
    style: {
      width: 1.2, "curve-style": "bezier", "target-arrow-shape": "triangle", "arrow-scale": 0.8, opacity: 0.28,
    },
  },
  ...parties.flatMap((_, party) => [
    {
      selector: `edge[party = ${party}]`,
      style: {
        "line-color": colour(COLOURS[party % 6]), "target-arrow-color": colour(COLOURS[party % 6]),
        "line-style": party % 6 ? "dashed" : "solid", "line-dash-pattern": DASHES[party % 6].length ? DASHES[party % 6] : [6, 0],
      },
    },
  ]),
  { selector: "edge[party = -1]", style: { "line-color": colour("--ink"), "target-arrow-color": colour("--ink") } },
  { selector: "edge[!wanted]", style: { "target-arrow-fill": "hollow" } },
  { selector: "edge[?way]", style: { width: 2.6, opacity: 0.95, "arrow-scale": 1.2, "z-index": 2 } },
  { selector: ".off", style: { display: "none" } },
  { selector: ".far", style: { opacity: 0.12 } },
  { selector: "node:selected", style: { "border-color": colour("--link"), "border-width": 4, "overlay-opacity": 0 } },
  { selector: "edge.near", style: { opacity: 1, width: 2.2 } },
];

const start = async () => {
  const figure = document.querySelector("figure.graph");
  if (!figure || figure.dataset.drawn) return;
  figure.dataset.drawn = "yes";
  const answer = await fetch(figure.dataset.source);
  const { nodes, edges, parties } = await answer.json();
  const canvas = figure.querySelector(".canvas");
  const picked = figure.querySelector(".picked");
  graph?.destroy();
  graph = cytoscape({
    container: canvas,
    elements: [
      ...nodes.map(({ x, y, ...data }) => ({ group: "nodes", data, position: { x, y } })),
      ...edges.map((data, n) => ({ group: "edges", data: { id: `e${n}`, ...data } })),
    ],
    layout: { name: "preset", fit: true, padding: 24 },
    style: style(parties),
    minZoom: 0.15,
    maxZoom: 3,
    autoungrabify: true,
    boxSelectionEnabled: false,
  });
  figure.graph = graph;
  const hidden = new Set();
  let against = false;
  const filter = () =>
    graph.edges().forEach((edge) => {
      edge.toggleClass("off", hidden.has(edge.data("party")) || (!against && !edge.data("wanted") && !edge.data("way")));
    });
  legend(figure, parties, edges, (party, on) => {
    if (party === null) against = on;
    else if (on) hidden.delete(party);
    else hidden.add(party);
    filter();
  });
  filter();

  const outcome = (id) => {
    const [path, query] = figure.dataset.outcome.split("?");
    const asked = new URLSearchParams(query);
    asked.set("state", id);
    return `${path}?${asked}`;
  };
  const pick = (node) => {
    graph.elements().unselect();
    graph.elements().removeClass("near far");
    node.select();
    const near = node.connectedEdges(":visible");
    near.addClass("near");
    graph.elements().not(near).not(near.connectedNodes()).not(node).addClass("far");
    const leaving = node.outgoers("edge:visible").map((edge) => edge.data("words"));
    const moves = leaving.length ? ` ${leaving.slice(0, 6).join("; ")}${leaving.length > 6 ? `; and ${leaving.length - 6} more moves` : ""}.` : "";
    picked.replaceChildren(node.data("words"), moves, " ", element("a", { href: outcome(node.id()) }, "Tell this outcome"));
  };
  graph.on("tap", "node", (event) => pick(event.target));
  graph.on("dbltap", "node", (event) => (location.href = outcome(event.target.id())));

  const reveal = (node) => {
    const box = node.renderedBoundingBox();
    const inside = box.x1 > 0 && box.y1 > 0 && box.x2 < canvas.clientWidth && box.y2 < canvas.clientHeight;
    if (!inside) graph.center(node);
  };
  const towards = (from, dx, dy) => {
    const at = from.position();
    let best = null;
    graph.nodes().forEach((node) => {
      const [x, y] = [node.position("x") - at.x, node.position("y") - at.y];
      const along = x * dx + y * dy;
      if (along <= 1) return;
      const cost = along + 2.2 * Math.abs(x * dy) + 2.2 * Math.abs(y * dx);
      if (!best || cost < best.cost) best = { node, cost };
    });
    return best?.node ?? null;
  };
  const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  const zoom = (factor) => graph.zoom({ level: graph.zoom() * factor, renderedPosition: { x: canvas.clientWidth / 2, y: canvas.clientHeight / 2 } });
  const deeds = { in: () => zoom(1.3), out: () => zoom(1 / 1.3), fit: () => graph.fit(undefined, 24) };
  const first = () => graph.nodes("[?today]")[0] ?? graph.nodes("[number > 0]")[0] ?? graph.nodes()[0];
  canvas.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const here = graph.nodes(":selected")[0];
    if (WAYS[event.key]) {
      const next = here ? towards(here, ...WAYS[event.key]) : first();
      if (next) {
        pick(next);
        reveal(next);
      }
    } else if (event.key === "Enter" && here) location.href = outcome(here.id());
    else if (event.key === "+" || event.key === "=") deeds.in();
    else if (event.key === "-") deeds.out();
    else if (event.key === "0") deeds.fit();
    else return;
    event.preventDefault();
  });
  for (const button of figure.querySelectorAll("[data-zoom]")) {
    button.addEventListener("click", () => deeds[button.dataset.zoom]());
  }
  const dark = matchMedia("(prefers-color-scheme: dark)");
  dark.addEventListener("change", () => graph.style(style(parties)).update());
  new ResizeObserver(() => graph.resize()).observe(canvas);
};

const legend = (figure, parties, edges, change) => {
  const field = figure.querySelector(".legend");
  const shown = new Set(edges.map((edge) => edge.party));
  const box = (words, party, on, sign) => {
    const input = element("input", { type: "checkbox" });
    input.checked = on;
    input.addEventListener("change", () => change(party, input.checked));
    return element("label", {}, input, sign, element("bdi", {}, words));
  };
  const svg = (name, attributes) => {
    const made = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  };
  const line = (party) => {
    const kind = party < 0 ? "all" : party % 6;
    const drawn = svg("svg", { width: 30, height: 8, "aria-hidden": "true", class: `line-${kind}` });
    drawn.append(svg("path", { d: "M0 4H30", "stroke-width": 2, "stroke-dasharray": DASHES[kind]?.join(" ") || "none" }));
    return drawn;
  };
  field.append(
    ...[...parties.entries(), ...(shown.has(-1) ? [[-1, "several together"]] : [])].flatMap(([party, name]) => (shown.has(party) ? [box(name, party, true, line(party))] : [])),
    ...(edges.some((edge) => !edge.wanted && !edge.way) ? [box("also against the mover’s own wishes", null, false, "")] : []),
  );
};

document.addEventListener("conflict:shown", () => start());
start();
