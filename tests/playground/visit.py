"""What somebody in front of the page does: looks as a person, writes, presses, fills in."""

from dataclasses import dataclass

from playwright.sync_api import Locator, Page, TimeoutError, expect  # noqa: A004 - the library's own

from prompts.texts import Catalog


@dataclass(frozen=True, slots=True)
class Visit:
    """The page, and the bot's texts as it says them."""

    page: Page
    catalog: Catalog

    @property
    def slack(self) -> "Side":
        return Side(self.page, self.page.locator("#slack"))

    @property
    def telegram(self) -> "Side":
        return Side(self.page, self.page.locator("#telegram"))

    def words(self, key: str, **values: str) -> str:
        """A text of the bot in Swedish."""
        return self.catalog.say(key, "sv", values)

    def move(self, words: str) -> None:
        """Press one of the buttons of the clock, and wait until time has passed."""
        self.page.get_by_role("button", name=words).click()
        expect(self.page.get_by_role("button", name=words)).to_be_enabled()


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two panes."""

    page: Page
    box: Locator

    def become(self, person: str) -> None:
        """Look as somebody else, whose label begins with this name."""
        picker = self.box.get_by_role("combobox", name="Du är")
        label = picker.locator("option").filter(has_text=person).inner_text()
        picker.select_option(label=label)

    def open(self, tab: str) -> None:
        self.box.get_by_role("tab", name=tab).click()

    def write(self, words: str) -> None:
        """Write in the room that is open, and send."""
        self.box.get_by_role("textbox").last.fill(words)
        self.box.get_by_role("button", name="Skicka").click()

    def press(self, words: str, within: Locator | None = None) -> None:
        """Press a button, the last one of its name."""
        (within or self.box).get_by_role("button", name=words, exact=True).last.click()

    def card(self, *words: str) -> Locator:
        """The last message with all these words in it."""
        found = self.box.get_by_role("article")
        for each in words:
            found = found.filter(has_text=each)
        return found.last

    @property
    def modal(self) -> Locator:
        return self.box.get_by_role("dialog")

    def soon_sees(self, words: str) -> bool:
        """Say whether a message with these words is there, or comes within a moment."""
        try:
            self.card(words).wait_for(timeout=1500)
        except TimeoutError:
            return False
        return True

    def sees(self, *words: str) -> Locator:
        """Wait until a message with these words is there, and give it."""
        card = self.card(*words)
        expect(card).to_be_visible()
        return card
