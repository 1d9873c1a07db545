// A modal with its fields, and what is filled in when it is sent.

import { el } from "/page/dom.js";
import { drawPiece } from "/page/pieces.js";

export function drawModal(modal, { send, close, act }) {
  const title = el("h3", { id: "modal-title" }, modal.title);
  const pieces = modal.pieces.map((piece) => (piece.kind === "field" ? drawField(piece) : drawPiece(piece, act)));
  const submit = modal.submit ? el("button", { type: "submit", class: "primary" }, modal.submit) : "";
  const form = el(
    "form", { novalidate: true, on: { submit: (event) => sendOnce(event, form, submit, send) } },
    el("div", { class: "modal-head" }, title, el("button", { type: "button", class: "quiet", "aria-label": "Stäng formuläret", on: { click: close } }, "✕")),
    el("div", { class: "fields" }, modal.trouble ? el("p", { class: "error", role: "alert" }, modal.trouble) : "", pieces),
    el("div", { class: "row" }, el("button", { type: "button", class: "quiet", on: { click: close } }, modal.close), submit),
  );
  form.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
  });
  return form;
}

export function focusModal(box) {
  const first = box.querySelector("[aria-invalid=true]") ?? box.querySelector(".fields :is(input, textarea, select)");
  (first ?? box.querySelector("button")).focus();
}

async function sendOnce(event, form, submit, send) {
  event.preventDefault();
  submit.disabled = true;
  await send(readFields(form));
  submit.disabled = false;
}

function readFields(form) {
  const values = {};
  for (const field of form.querySelectorAll("[data-field]")) {
    const inputs = [...field.querySelectorAll("input, textarea, select")];
    const ticked = inputs.filter((each) => !["checkbox", "radio"].includes(each.type) || each.checked);
    values[field.dataset.field] = ticked.map((each) => each.value.trim()).filter((each) => each !== "");
  }
  return values;
}

function drawField(field) {
  const id = `field-${field.key.replace(/[^a-z0-9]/gi, "-")}`;
  const hint = field.hint ? el("p", { class: "hint", id: `${id}-hint` }, field.hint) : "";
  const error = field.error ? el("p", { class: "error", id: `${id}-error`, role: "alert" }, field.error) : "";
  const told = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  const props = { id, "aria-describedby": told || undefined, "aria-invalid": error ? "true" : undefined };
  const label = [field.label, field.optional ? el("span", { class: "optional" }, " (valfritt)") : ""];
  const ticks = field.options && (field.type === "many" || !field.list);
  return ticks
    ? el("fieldset", { "data-field": field.key, ...props }, el("legend", {}, label), hint, drawTicks(field, id), error)
    : el("div", { class: "field", "data-field": field.key }, el("label", { for: id }, label), hint, drawInput(field, props), error);
}

function drawTicks(field, id) {
  const type = field.type === "many" ? "checkbox" : "radio";
  return el("div", { class: "ticks" }, field.options.map(({ value, label }) => {
    const input = el("input", { type, name: id, value, checked: field.value.includes(value) });
    return el("label", {}, input, el("span", {}, label));
  }));
}

function drawInput(field, props) {
  const [value = ""] = field.value;
  if (field.options) {
    const options = [el("option", { value: "" }, "Välj …"), ...field.options.map((each) => el("option", { value: each.value }, each.label))];
    return el("select", props, options.map((each) => markChosen(each, value)));
  }
  if (field.type === "lines") return el("textarea", { ...props, rows: 3, maxlength: field.longest, value });
  const type = field.type === "line" ? "text" : field.type;
  return el("input", { ...props, type, value, maxlength: type === "text" ? field.longest : undefined });
}

function markChosen(option, value) {
  option.selected = option.value === value;
  return option;
}
