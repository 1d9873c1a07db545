// Draws a message's pieces: runs of words, rows of buttons, pictures and documents.

import { el } from "/page/dom.js";

const tags = { bold: "strong", italic: "em", strike: "s", code: "code" };

export function drawPiece(piece, act) {
  switch (piece.kind) {
    case "words":
      return drawWords(piece, act);
    case "buttons":
      return el("div", { class: "buttons" }, piece.buttons.map((each) => drawButton(each, act)));
    case "picture":
      return piece.src
        ? el("img", { class: "picture", src: piece.src, alt: piece.alt, loading: "lazy" })
        : el("p", { class: "small" }, piece.alt);
    case "document":
      return el("p", {}, el("a", { href: piece.src, download: piece.name }, piece.name));
    case "divider":
      return el("hr");
    default:
      return "";
  }
}

function drawWords({ style, runs }, act) {
  const inside = runs.map((run) => drawRun(run, act));
  if (style === "title") return el("h3", { class: "words" }, inside);
  if (style === "quote") return el("blockquote", { class: "words" }, inside);
  if (style === "code") return el("pre", { class: "words" }, inside);
  return el("p", { class: `words ${style}` }, inside);
}

function drawRun(run, act) {
  let node = document.createTextNode(run.words);
  for (const style of run.styles ?? []) node = el(tags[style], {}, node);
  if (run.who) node = el("span", { class: "mention" }, node);
  return run.href ? drawLink(run.href, node, act) : node;
}

function drawLink(href, inside, act) {
  const inHere = act.leadsInHere(href);
  if (inHere) return el("button", { type: "button", class: "link", on: { click: inHere } }, inside);
  if (!/^https?:/.test(href)) return el("span", {}, inside);
  return el("a", { href, target: "_blank", rel: "noreferrer noopener" }, inside);
}

function drawButton(button, act) {
  const press = button.href ? act.leadsInHere(button.href) : null;
  if (button.href && !press && !act.pressesLinks(button.href)) {
    return el(
      "a", { class: "button", href: button.href, target: "_blank", rel: "noreferrer noopener" }, button.label,
    );
  }
  const node = el("button", { type: "button", class: button.style }, button.label);
  if (button.href) node.append(el("span", { class: "leads", "aria-hidden": "true" }, "↗"));
  node.addEventListener("click", () => (press ? press() : act.press(button, node)));
  return node;
}
