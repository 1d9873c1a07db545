// The Telegram pane: bubbles with a keyboard under them, answers to messages, the Start button.

import { el, time } from "/page/dom.js";
import { Pane } from "/page/pane.js";
import { drawPiece } from "/page/pieces.js";

const HUES = 6;

export class TelegramPane extends Pane {
  answerName = "answers";

  constructor(links, options) {
    super("telegram", options);
    this.links = links;
    this.find(".start button").addEventListener("click", () => this.act("telegram_start"));
  }

  isWaiting(room, message) {
    return this.screen.waiting.includes(`${room.id}:${message.id}`);
  }

  drawMessage(message) {
    const acts = {
      leadsInHere: this.links,
      pressesLinks: (href) => href.startsWith("https://t.me/"),
      press: (button) => this.press(message, button),
    };
    const bubble = el(
      "div", { class: "bubble" },
      message.own ? "" : el("p", { class: `by hue-${hue(message.author)}` }, el("strong", {}, message.author)),
      message.answers ? this.drawAnswered(message) : "",
      message.pieces.filter((piece) => piece.kind !== "buttons").map((piece) => drawPiece(piece, acts)),
      el("p", { class: "when" }, message.edited ? "ändrat " : "", el("time", {}, time(message.at))),
    );
    const rows = message.pieces.filter((piece) => piece.kind === "buttons").map((piece) => drawPiece(piece, acts));
    return el(
      "article", { class: `message${message.own ? " own" : ""}`, "aria-busy": message.waiting ? "true" : undefined },
      bubble, rows.length ? el("div", { class: "keyboard" }, rows) : "",
      el("button", {
        type: "button", class: "quiet reply", "aria-label": `Svara ${message.author}`,
        on: { click: () => this.answer(message, `Svarar ${message.author}: ${firstWords(message)}`) },
      }, "Svara"),
    );
  }

  drawAnswered({ room, answers }) {
    return el(
      "button", { type: "button", class: "answered", on: { click: () => this.jump(room, answers.id) } },
      el("strong", {}, answers.author), el("span", {}, answers.words),
    );
  }

  async press(message, button) {
    const done = await this.act("telegram_press", { room: message.room, message: message.id, ...button.press });
    if (done?.room) this.open(done.room);
  }
}

function hue(name) {
  return [...name].reduce((sum, letter) => sum + letter.codePointAt(0), 0) % HUES;
}

function firstWords(message) {
  const words = message.pieces.flatMap((piece) => piece.runs ?? []).map((run) => run.words).join(" ");
  return words.length > 60 ? `${words.slice(0, 60)}…` : words;
}
