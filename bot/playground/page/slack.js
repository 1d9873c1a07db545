// The Slack pane: threads, the menu of a message, modals, the home tab.

import { confirm } from "/page/ask.js";
import { el, renew, time } from "/page/dom.js";
import { drawModal, focusModal } from "/page/form.js";
import { Pane } from "/page/pane.js";
import { drawPiece } from "/page/pieces.js";

const HOME = "home";

export class SlackPane extends Pane {
  answerName = "thread";

  constructor(links, options) {
    super("slack", options);
    this.links = links;
    this.writtenModal = "null";
    this.onOpen = (room) => room.kind === HOME && this.act("slack_home");
    document.addEventListener("click", (event) => this.shutMenus(event.target));
    this.box.addEventListener("keydown", (event) => event.key === "Escape" && this.shutMenus(null));
  }

  tabs() {
    return this.screen.stranger ? super.tabs() : [...super.tabs(), { id: HOME, name: "Hem", kind: HOME }];
  }

  show(screen, now) {
    super.show(screen, now);
    this.showModal();
  }

  showRoom(fresh) {
    if (this.room === HOME) this.showHome();
    else super.showRoom(fresh);
  }

  showHome() {
    const log = this.find(".log");
    log.setAttribute("aria-labelledby", `tab-slack-${HOME}`);
    this.find(".composer").hidden = true;
    const pieces = this.screen.home?.pieces ?? [];
    const parts = pieces.length ? [{ key: "home", is: pieces }] : [{ key: "empty", is: { empty: true } }];
    renew(log, parts, (part) => {
      if (part.empty) return el("p", { class: "empty" }, "Samsyn har inget att visa här än.");
      return el("div", { class: "home" }, part.map((piece) => drawPiece(piece, this.homeActs())));
    });
    this.shown = undefined;
  }

  homeActs() {
    return this.acts((button) => this.act("slack_press_home", button.press));
  }

  // What the pieces of a message or a page lead to.
  acts(press) {
    return {
      leadsInHere: this.links,
      pressesLinks: () => false,
      press: async (button, node) => {
        if (button.confirm && !(await confirm(button.confirm, button.style))) return;
        node.setAttribute("aria-busy", "true");
        await press(button);
        node.removeAttribute("aria-busy");
      },
    };
  }

  // ----- messages

  // Answers stand under what they answer.
  ordered(messages) {
    const answers = messages.filter((each) => each.thread);
    const tops = messages.filter((each) => !each.thread || !messages.some((top) => top.id === each.thread));
    return tops.flatMap((top) => [top, ...answers.filter((each) => each.thread === top.id && top !== each)]);
  }

  drawMessage(message) {
    const where = { room: message.room, message: message.id };
    const acts = this.acts((button) => this.act("slack_press", { ...where, ...button.press }));
    const initials = message.author.split(" ").map((part) => part[0]).join("").slice(0, 2);
    return el(
      "article", { class: `message${message.thread ? " in-thread" : ""}${message.whisper ? " whisper" : ""}` },
      message.whisper ? el("p", { class: "only-you" }, "Bara du ser det här") : "",
      el("span", { class: `face${message.bot ? " bot" : ""}`, "aria-hidden": "true" }, initials),
      el(
        "div", { class: "said" },
        el(
          "p", { class: "by" }, el("strong", {}, message.author),
          message.bot ? el("span", { class: "badge" }, "app") : "",
          message.guest ? el("span", { class: "badge" }, "gäst") : "",
          el("time", {}, time(message.at)),
          message.edited ? el("span", { class: "edited" }, "(redigerat)") : "",
        ),
        message.pieces.map((piece) => drawPiece(piece, acts)),
      ),
      message.whisper ? "" : this.drawMenu(message, where),
    );
  }

  drawMenu(message, where) {
    const entry = (words, act) =>
      el("button", { type: "button", role: "menuitem", on: { click: () => (this.shutMenus(null), act()) } }, words);
    const thread = { ...message, id: message.thread ?? message.id };
    const entries = [entry("Svara i tråd", () => this.answer(thread, `Svarar i tråden hos ${message.author}`))];
    if (!this.screen.stranger) {
      entries.push(entry("Spara som beslut", () => this.act("slack_shortcut", where)));
    }
    const list = el("div", { class: "menu", role: "menu", hidden: true }, entries);
    const name = `Mer om meddelandet från ${message.author}`;
    const button = el("button", { type: "button", class: "more quiet", "aria-haspopup": "menu", "aria-expanded": "false", "aria-label": name, title: "Mer" }, "…");
    button.addEventListener("click", () => {
      const opening = list.hidden;
      this.shutMenus(null);
      list.hidden = !opening;
      list.classList.toggle("up", opening && list.getBoundingClientRect().bottom > this.find(".log").getBoundingClientRect().bottom);
      button.setAttribute("aria-expanded", String(opening));
      if (opening) list.firstChild.focus();
    });
    list.addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (!step) return;
      event.preventDefault();
      const at = entries.indexOf(document.activeElement);
      entries[(at + step + entries.length) % entries.length].focus();
    });
    return el("div", { class: "menu-place" }, button, list);
  }

  shutMenus(pressed) {
    for (const list of this.box.querySelectorAll(".menu:not([hidden])")) {
      if (list.parentElement.contains(pressed)) continue;
      const button = list.previousElementSibling;
      if (list.contains(document.activeElement)) button.focus();
      list.hidden = true;
      button.setAttribute("aria-expanded", "false");
    }
  }

  // ----- modals

  showModal() {
    const { modal } = this.screen;
    const box = this.find(".modal");
    const written = JSON.stringify(modal);
    if (this.writtenModal === written) return;
    const opened = !this.openModal;
    this.writtenModal = written;
    this.openModal = modal !== null;
    this.find(".body").inert = modal !== null;
    this.find(".head").inert = modal !== null;
    this.find(".tabs").inert = modal !== null;
    box.hidden = modal === null;
    if (modal === null) {
      box.replaceChildren();
      this.returnFocus?.isConnected ? this.returnFocus.focus() : this.find("textarea").focus();
      return;
    }
    if (opened) this.returnFocus = document.activeElement;
    box.setAttribute("aria-labelledby", "modal-title");
    box.replaceChildren(drawModal(modal, {
      send: (values) => this.act("slack_submit", { values }),
      close: () => this.act("slack_close"),
      act: this.acts((button) => this.act("slack_press_modal", button.press)),
    }));
    focusModal(box);
  }
}
