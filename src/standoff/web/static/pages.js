/* Pages of our own, fetched as documents. A document that XMLHttpRequest parses runs no script and loads nothing;
   its nodes are adopted as they are, so that no text is ever parsed as HTML in this page. */

export const fetchPage = (address) =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("GET", address);
    request.responseType = "document";
    request.addEventListener("load", () => {
      if (request.response) resolve(request.response);
      else reject(new Error(`no page at ${address}`));
    });
    request.addEventListener("error", () => reject(new Error("The program does not answer: is it still running?")));
    request.send();
  });

/* Return a copy of a node of a fetched page for this page, or null. */
export const adopted = (page, selector) => {
  const found = page.querySelector(selector);
  return found ? document.importNode(found, true) : null;
};

/* Post an object's fields with the token of this page; return the answer's object. Fails with the sentence to show. */
export const post = async (address, fields) => {
  const body = fields instanceof FormData ? fields : new FormData();
  if (!(fields instanceof FormData)) for (const [name, value] of Object.entries(fields)) body.append(name, value);
  const answer = await fetch(address, {
    method: "POST",
    body,
    headers: {
      accept: "application/json",
      "x-standoff-token": document.querySelector("meta[name=standoff-token]").content,
    },
  });
  const told = await answer.text();
  let record = null;
  try {
    record = JSON.parse(told);
  } catch {
    throw new Error(told.trim() || answer.statusText);
  }
  if (!answer.ok) throw new Error(record.problem || answer.statusText);
  return record;
};

/* Make an element: element("p", {class: "note"}, "text", child, ...). */
export const element = (name, attributes = {}, ...children) => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value !== null) made.setAttribute(key, value);
  made.append(...children);
  return made;
};
