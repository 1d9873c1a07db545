// Building and renewing parts of the page. Words are always set as text, never as markup.

export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "on") for (const [event, act] of Object.entries(value)) node.addEventListener(event, act);
    else if (name === "class") node.className = value;
    else if (name === "value") node.value = value;
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
  return node;
}

// Renews the children of a box: what has not changed keeps its element, and with it focus and selection.
export function renew(box, items, draw) {
  const old = new Map([...box.children].map((node) => [node.dataset.key, node]));
  const wanted = items.map((item) => {
    const written = JSON.stringify(item.is);
    const standing = old.get(item.key);
    if (standing && standing.written === written) return standing;
    const fresh = draw(item.is);
    fresh.dataset.key = item.key;
    fresh.written = written;
    if (standing && standing.contains(document.activeElement)) keepFocus(standing, fresh);
    return fresh;
  });
  let place = box.firstChild;
  for (const node of wanted) {
    if (node === place) place = place.nextSibling;
    else box.insertBefore(node, place);
  }
  const kept = new Set(wanted);
  for (const node of [...box.children]) if (!kept.has(node)) node.remove();
}

function keepFocus(standing, fresh) {
  const words = document.activeElement.textContent;
  queueMicrotask(() => {
    const same = [...fresh.querySelectorAll("button, a")].find((each) => each.textContent === words);
    if (same) same.focus();
    else {
      fresh.tabIndex = -1;
      fresh.focus({ preventScroll: true });
    }
  });
}

const zone = "Europe/Stockholm";
const dayFormat = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, weekday: "long", day: "numeric", month: "long" });
const fullFormat = new Intl.DateTimeFormat("sv-SE", {
  timeZone: zone, weekday: "long", day: "numeric", month: "long", year: "numeric",
});
const timeFormat = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, hour: "2-digit", minute: "2-digit" });

export const day = (at) => dayFormat.format(at);
export const fullDay = (at) => fullFormat.format(at);
export const time = (at) => timeFormat.format(at).replace(":", ".");
