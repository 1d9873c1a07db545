// Questions that must be answered before anything else: is one sure, what is the name. And alerts that must be read.

import { el } from "/page/dom.js";

function show(dialog, close) {
  return new Promise((answered) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      answered(close());
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}

function box(title, words, buttons, field) {
  const form = el("form", { method: "dialog" }, el("h2", { id: "ask-title" }, title), words ? el("p", {}, words) : "", field);
  form.append(el("div", { class: "row" }, buttons));
  return el("dialog", { class: "ask", "aria-labelledby": "ask-title" }, form);
}

export function confirm({ title, words, yes, no }, style) {
  const dialog = box(title, words, [
    el("button", { value: "no", class: "quiet" }, no),
    el("button", { value: "yes", class: style === "danger" ? "danger" : "primary" }, yes),
  ]);
  return show(dialog, () => dialog.returnValue === "yes");
}

export function alert(title, words) {
  const dialog = box(title, words, [el("button", { value: "ok", class: "primary", autofocus: true }, "Stäng")]);
  return show(dialog, () => true);
}

export function askName(title, label, suggestion, button) {
  const input = el("input", { type: "text", value: suggestion, maxlength: 60, required: true, id: "ask-name" });
  const field = el("label", { for: "ask-name" }, el("span", {}, label), input);
  const cancel = el("button", { type: "button", class: "quiet" }, "Avbryt");
  const dialog = box(title, "", [cancel, el("button", { value: "yes", class: "primary" }, button)], field);
  cancel.addEventListener("click", () => dialog.close("no"));
  return show(dialog, () => (dialog.returnValue === "yes" ? input.value.trim() : ""));
}
