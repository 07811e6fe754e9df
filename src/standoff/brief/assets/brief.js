/* Evidence beside the page. Everything works without this: links lead to anchors. With it, a link to evidence opens a
   pane with the passage in its paragraph, and a number in a source opens a pane with the record. Text is only ever
   copied as nodes, never parsed. */
(() => {
  "use strict";
  const element = (name, className, text) => {
    const made = document.createElement(name);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  };
  let opener = null;
  const pane = element("dialog", "pane");
  pane.setAttribute("aria-labelledby", "pane-title");
  document.body.append(pane);

  const close = () => {
    if (!pane.open) return;
    pane.close();
    if (opener && opener.isConnected) opener.focus({ preventScroll: true });
  };

  const show = (title, parts, target, label) => {
    const top = element("div", "top");
    const heading = element("h2", "", title);
    heading.id = "pane-title";
    heading.tabIndex = -1;
    const button = element("button", "", "Close");
    button.type = "button";
    button.addEventListener("click", close);
    top.append(heading, button);
    const go = element("a", "go", label);
    go.href = `#${target}`;
    go.dataset.go = "";
    go.addEventListener("click", () => pane.close());
    pane.replaceChildren(top, ...parts, go);
    if (!pane.open) pane.show();
    heading.focus({ preventScroll: true });
    const hit = pane.querySelector(".hit");
    pane.scrollTop = 0;
    if (hit && hit.offsetTop > pane.clientHeight * 0.7) pane.scrollTop = hit.offsetTop - pane.clientHeight / 3;
  };

  const bare = (node) => {
    for (const inner of [node, ...node.querySelectorAll("[id]")]) inner.removeAttribute("id");
    return node;
  };

  const showEvidence = (ref) => {
    const block = ref.closest(".block");
    const article = ref.closest("article");
    const text = bare(block.querySelector(".txt").cloneNode(true));
    for (const piece of text.querySelectorAll("[data-r]")) {
      if (piece.dataset.r.split(" ").includes(ref.id)) piece.classList.add("hit");
    }
    const from = [article.querySelector("h3").textContent, ...[...article.querySelectorAll("dd")].slice(0, 2).map((dd) => dd.textContent)];
    show(ref.getAttribute("aria-label").replace(/ To its row\.$/, ""), [element("p", "from", from.join(" · ")), text], ref.id, "Read it in the source");
  };

  const showRecord = (row, number) => {
    const list = element("div", "record");
    for (const cell of row.cells || [row]) {
      const part = element("div", cell.className);
      part.append(...bare(cell.cloneNode(true)).childNodes);
      list.append(part);
    }
    show(`Record ${number}`, [list], row.id, "Go to the record");
  };

  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = event.target.closest('a[href^="#"]');
    if (!link || "go" in link.dataset) return;
    const target = document.getElementById(link.getAttribute("href").slice(1));
    if (!target) return;
    if (target.matches(".ref")) {
      event.preventDefault();
      if (!pane.contains(link)) opener = link;
      showEvidence(target);
    } else if (link.matches(".ref, .margin a")) {
      event.preventDefault();
      opener = link;
      showRecord(target, link.dataset.n || link.querySelector(".no").textContent);
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
  });
})();
