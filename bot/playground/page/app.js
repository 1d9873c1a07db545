// The playground's page: gets the screens of two people as a stream, and sends back what they do.

import { fullDay, time } from "/page/dom.js";
import { SlackPane } from "/page/slack.js";
import { TelegramPane } from "/page/telegram.js";

const OFFLINE = "Det går inte att nå Samsyn. Körs programmet fortfarande?";
const chosen = { slack: "", telegram: "" };
let stream = null;
let born;
let ahead = 0;
const list = new Intl.ListFormat("sv", { type: "conjunction" });

async function send(said) {
  try {
    const answer = await fetch("/api/do", {
      method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(said),
    });
    return await answer.json();
  } catch {
    return { trouble: OFFLINE };
  }
}

const slack = new SlackPane(leadsInHere, {
  id: "slack", title: "Slack", send,
  newRoom: { button: "Ny kanal", title: "Ny kanal med Samsyn", label: "Kanalens namn", name: "ny-kanal", do: "slack_channel" },
  hints: (room, { stranger }) =>
    room.kind === "private" ? ["meny", "mina", "hjälp"] : stranger ? ["@Samsyn meny"] : ["/samsyn", "/samsyn beslut ", "@Samsyn beslut "],
});
const telegram = new TelegramPane(leadsInHere, {
  id: "telegram", title: "Telegram", send,
  newRoom: { button: "Ny grupp", title: "Ny grupp med Samsyn", label: "Gruppens namn", name: "Ny grupp", do: "telegram_group" },
  hints: (room) => (room.kind === "private" ? ["meny", "mina", "hjälp"] : ["/meny", "/beslut ", "/hjalp"]),
});
const panes = { slack, telegram };

for (const [name, pane] of Object.entries(panes)) {
  pane.onPerson = (person) => {
    chosen[name] = person;
    open();
  };
}

// A link to a message of the playground brings it to sight instead of leaving the page.
function leadsInHere(href) {
  const found = /\/archives\/(\w+)\/p(\d+)(\d{6})(?:\?|$)/.exec(href);
  if (!found) return null;
  return () => {
    reveal("slack");
    if (!slack.jump(found[1], `${found[2]}.${found[3]}`)) slack.toast("Meddelandet går inte att se härifrån.");
  };
}

// ----- the stream

function open() {
  stream?.close();
  stream = new EventSource(`/api/screen?${new URLSearchParams(chosen)}`);
  stream.addEventListener("message", (event) => show(JSON.parse(event.data)));
  stream.addEventListener("error", () => document.body.classList.add("offline"));
}

function show(screen) {
  document.body.classList.remove("offline");
  born ??= screen.born;
  if (born !== screen.born) location.reload(); // another playground has come to this address
  document.getElementById("preparing").hidden = screen.ready;
  document.body.classList.toggle("ready", screen.ready);
  ahead = screen.ahead * 1000;
  tick();
  if (!screen.ready) return;
  for (const [name, pane] of Object.entries(panes)) pane.show(screen[name], now());
  showSwitch();
}

// ----- the clock

const now = () => Date.now() + ahead;

function tick() {
  const clock = document.getElementById("clock");
  const words = `${fullDay(now())}, ${time(now())}`;
  if (clock.textContent !== words) clock.textContent = words;
}

async function move(button, said) {
  const buttons = [...document.querySelectorAll(".moves button")];
  for (const each of buttons) each.disabled = true;
  const answer = await send({ do: "move_clock", ...said });
  for (const each of buttons) each.disabled = false;
  button.focus();
  document.getElementById("happened").textContent = answer.trouble ?? happened(answer.heard, said);
}

function happened(heard, { seconds }) {
  if (heard.length) return `Samsyn skrev ${list.format(heard)}.`;
  return seconds ? "Inget hände under tiden." : "Ingen påminnelse väntar.";
}

for (const button of document.querySelectorAll(".moves button")) {
  const seconds = button.dataset.seconds;
  button.addEventListener("click", () => move(button, seconds ? { seconds: Number(seconds) } : {}));
}
setInterval(tick, 1000);

// ----- one pane at a time, on a phone

function reveal(name) {
  document.body.dataset.show = name;
  panes[name].look();
  showSwitch();
}

function showSwitch() {
  for (const button of document.querySelectorAll(".switch button")) {
    const { show } = button.dataset;
    const here = show === document.body.dataset.show;
    button.setAttribute("aria-pressed", String(here));
    button.querySelector(".dot").hidden = here || !panes[show].news;
  }
}

for (const button of document.querySelectorAll(".switch button")) {
  button.addEventListener("click", () => reveal(button.dataset.show));
}

open();
