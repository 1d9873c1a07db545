// One chat tool: who one is, the tabs with their rooms, the talk in the chosen room, and the line to write in.

import { askName, alert } from "/page/ask.js";
import { day, el, renew } from "/page/dom.js";

export class Pane {
  constructor(platform, { id, title, newRoom, hints, send }) {
    this.platform = platform;
    this.box = document.getElementById(id);
    this.box.append(document.getElementById("pane").content.cloneNode(true));
    this.send = send;
    this.hints = hints;
    this.find = (selector) => this.box.querySelector(selector);
    this.find("h2").append(title);
    this.find("h2").id = `${id}-name`;
    this.find(".log").id = `${id}-log`;
    this.find(".new-room").append(newRoom.button);
    this.seen = new Map();
    this.notices = new Map();
    this.room = "";
    this.answering = null;
    this.listen(newRoom);
  }

  listen(newRoom) {
    const picker = this.find(".who select");
    picker.addEventListener("change", () => {
      this.stopAnswering();
      this.arriving = new Promise((arrive) => (this.arrive = arrive));
      this.onPerson(picker.value);
    });
    this.find(".new-room").addEventListener("click", async () => {
      const name = await askName(newRoom.title, newRoom.label, newRoom.name, newRoom.button);
      const made = name && (await this.act(newRoom.do, { name }));
      if (made?.room) this.open(made.room);
    });
    const composer = this.find(".composer");
    composer.addEventListener("submit", (event) => {
      event.preventDefault();
      this.say();
    });
    this.find("textarea").addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        this.say();
      }
    });
    this.find("textarea").addEventListener("input", () => this.grow());
    this.find(".answering button").addEventListener("click", () => this.stopAnswering());
    this.find(".tabs").addEventListener("keydown", (event) => this.walk(event));
    // A picture grows when it comes: whoever was at the end stays there.
    const log = this.find(".log");
    log.addEventListener("scroll", () => (this.atEnd = isAtEnd(log)));
    log.addEventListener("load", () => this.atEnd && (log.scrollTop = log.scrollHeight), true);
  }

  // ----- what comes from the server

  show(screen, now) {
    if (this.arrive && this.find(".who select").value !== screen.me) return; // the last look of whom one was
    this.arrived();
    const changed = this.screen?.me !== screen.me;
    this.screen = screen;
    this.began ??= now;
    if (this.tabs().some((tab) => tab.id === this.wanted)) this.open(this.wanted);
    else if (changed || !this.tabs().some((tab) => tab.id === this.room)) this.room = this.remembered() ?? this.tabs()[0].id;
    this.showPeople();
    this.showRoom(changed);
    this.showTabs();
    this.showNotices(changed);
  }

  // Until the screen of whom one has just become is here, nothing is done: it would be done as somebody else.
  arrived() {
    this.arrive?.();
    this.arriving = this.arrive = null;
  }

  tabs() {
    return this.screen.rooms;
  }

  remembered() {
    const room = this.rooms?.get(this.screen.me);
    return this.tabs().some((tab) => tab.id === room) ? room : undefined;
  }

  here() {
    return this.tabs().find((tab) => tab.id === this.room);
  }

  showPeople() {
    const picker = this.find(".who select");
    const people = this.screen.people.map((each) => ({ key: each.id, is: { ...each, news: this.hasNews(each) } }));
    renew(picker, people, ({ id, name, about, news }) =>
      el("option", { value: id }, `${name}, ${about}${news ? " (nytt)" : ""}`));
    picker.value = this.screen.me;
  }

  // Somebody else has got a private message since one last looked as them.
  hasNews({ id, heard }) {
    if (id === this.screen.me) return false;
    return heard > Math.max(this.began, this.watched?.get(id) ?? 0);
  }

  showTabs() {
    this.watched ??= new Map();
    this.watched.set(this.screen.me, Math.max(...this.screen.rooms.map(latest)));
    const tabs = this.tabs().map((tab) => {
      const chosen = tab.id === this.room;
      const news = !(chosen && this.isVisible()) && this.isNew(tab);
      return { key: tab.id, is: { id: tab.id, name: tab.name, kind: tab.kind, chosen, news } };
    });
    renew(this.find(".tabs"), tabs, (tab) => this.drawTab(tab));
    this.news = tabs.some((tab) => tab.is.news);
  }

  drawTab({ id, name, kind, chosen, news }) {
    const label = kind === "private" ? `${name} (privat)` : name;
    return el(
      "button",
      {
        type: "button", role: "tab", "aria-selected": chosen ? "true" : "false", tabindex: chosen ? "0" : "-1",
        id: `tab-${this.platform}-${id}`, "aria-controls": `${this.platform}-log`, on: { click: () => this.open(id) },
      },
      label, news ? el("span", { class: "dot" }, el("span", { class: "unseen" }, " nytt")) : "",
    );
  }

  // On a phone only one of the panes is to be seen.
  isVisible() {
    return this.box.offsetParent !== null;
  }

  // The pane has just come to sight.
  look() {
    this.showRoom(true);
    this.showTabs();
  }

  isNew(tab) {
    const seen = this.seen.get(`${this.screen.me} ${tab.id}`) ?? this.began;
    return (tab.messages ?? []).some((message) => message.at > seen && !message.own);
  }

  open(room, focus = false) {
    this.wanted = undefined;
    if (!this.tabs().some((tab) => tab.id === room)) {
      this.wanted = room; // it comes with the next screen
      return;
    }
    this.room = room;
    this.rooms ??= new Map();
    this.rooms.set(this.screen.me, room);
    this.stopAnswering();
    this.showRoom(true);
    this.showTabs();
    if (focus) this.find("[aria-selected=true]").focus();
    this.onOpen?.(this.here());
  }

  walk(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const ids = this.tabs().map((tab) => tab.id);
    this.open(ids[(ids.indexOf(this.room) + step + ids.length) % ids.length], true);
  }

  showRoom(fresh) {
    const room = this.here();
    const log = this.find(".log");
    if (room?.messages === undefined) return;
    const before = this.shown;
    this.shown = room.messages.at(-1)?.id;
    const down = isAtEnd(log);
    log.setAttribute("aria-labelledby", `tab-${this.platform}-${room.id}`);
    renew(log, this.parts(room), (part) => this.drawPart(part));
    if (fresh || down || before !== this.shown) {
      log.scrollTop = log.scrollHeight;
      this.atEnd = true;
    }
    if (this.isVisible()) this.seen.set(`${this.screen.me} ${room.id}`, latest(room));
    if (!fresh && before !== this.shown) this.announce(room);
    this.showComposer(room);
  }

  // Messages with a line for every new day between them.
  parts(room) {
    const parts = [];
    let last = "";
    for (const message of this.ordered(room.messages)) {
      const date = day(message.at);
      if (date !== last && !message.thread) parts.push({ key: `day ${message.id}`, is: { date } });
      last = message.thread ? last : date;
      parts.push({ key: message.id, is: { ...message, room: room.id, waiting: this.isWaiting(room, message) } });
    }
    if (!parts.length) parts.push({ key: "empty", is: { empty: true } });
    return parts;
  }

  ordered(messages) {
    return messages;
  }

  isWaiting() {
    return false;
  }

  drawPart(part) {
    if (part.empty) return el("p", { class: "empty" }, "Här är det tyst än.");
    if (part.date) return el("p", { class: "day" }, el("span", {}, part.date));
    if (part.notice) return el("p", { class: "notice" }, part.notice);
    return this.drawMessage(part);
  }

  announce(room) {
    const last = room.messages.at(-1);
    if (!last || last.own) return;
    const words = last.pieces.flatMap((piece) => piece.runs ?? []).map((run) => run.words).join(" ");
    document.getElementById("live").textContent = `${last.author} i ${room.name}: ${words.slice(0, 200)}`;
  }

  showNotices(fresh) {
    const notices = this.screen.notices;
    const known = this.notices.get(this.screen.me);
    const news = known === undefined || fresh ? [] : notices.filter((each) => each.id > known);
    this.notices.set(this.screen.me, Math.max(known ?? -1, ...notices.map((each) => each.id)));
    for (const each of news) each.alert ? alert("Samsyn", each.text) : this.toast(each.text);
  }

  toast(words) {
    const box = this.find(".toast");
    box.textContent = words;
    box.classList.add("shown");
    clearTimeout(this.fading);
    this.fading = setTimeout(() => box.classList.remove("shown"), 6000);
  }

  // ----- writing

  showComposer(room) {
    const closed = room.started === false;
    this.find(".start").hidden = !closed;
    this.find(".composer").hidden = closed;
    const field = this.find("textarea");
    const place = room.kind === "private" ? `Skriv till ${room.name}` : `Skriv i ${room.name}`;
    field.setAttribute("aria-label", place);
    field.placeholder = place;
    const hints = this.hints(room, this.screen).map((words) => ({ key: words, is: words }));
    const box = this.find(".hints");
    const label = box.querySelector("span");
    renew(box, [{ key: "label", is: "" }, ...hints], (words) =>
      words === "" ? label : el("button", { type: "button", class: "quiet", on: { click: () => this.put(words) } }, words.trim()));
    box.hidden = hints.length === 0;
  }

  put(words) {
    const field = this.find("textarea");
    field.value = words;
    field.focus();
    field.setSelectionRange(words.length, words.length);
    this.grow();
  }

  grow() {
    const field = this.find("textarea");
    field.style.height = "auto";
    field.style.height = `${Math.min(field.scrollHeight, 160)}px`;
  }

  async say() {
    await this.arriving;
    const field = this.find("textarea");
    const words = field.value.trim();
    if (!words) return;
    const answering = this.answering ? { [this.answerName]: this.answering.id } : {};
    field.value = "";
    this.grow();
    this.stopAnswering();
    const done = await this.act(`${this.platform}_say`, { room: this.room, words, ...answering });
    if (!done && !field.value) field.value = words;
  }

  answer(message, words) {
    this.answering = message;
    this.find(".answering span").textContent = words;
    this.find(".answering").hidden = false;
    this.find("textarea").focus();
  }

  stopAnswering() {
    this.answering = null;
    this.find(".answering").hidden = true;
  }

  async act(what, said = {}) {
    await this.arriving;
    const answer = await this.send({ do: what, person: this.screen.me, ...said });
    if (answer.trouble) this.toast(answer.trouble);
    return answer.trouble ? null : answer;
  }

  // Brings a message to sight, wherever in this pane it stands; false when it is not to be seen here.
  jump(roomId, messageId) {
    const room = this.screen.rooms.find((each) => each.id === roomId);
    if (!room?.messages.some((each) => each.id === messageId)) return false;
    this.open(roomId);
    const node = [...this.find(".log").children].find((each) => each.dataset.key === messageId);
    node.scrollIntoView({ block: "center" });
    node.tabIndex = -1;
    node.focus({ preventScroll: true });
    node.classList.add("found");
    setTimeout(() => node.classList.remove("found"), 2500);
    return true;
  }
}

function isAtEnd(log) {
  return log.scrollHeight - log.scrollTop - log.clientHeight < 80;
}

function latest(room) {
  return Math.max(0, ...room.messages.map((each) => each.at));
}
