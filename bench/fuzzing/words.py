"""What people might write, and what they would only write to break something. All of it follows from one ``Dice``."""

from collections.abc import Sequence
from typing import Final

from bench.fuzzing.dice import Dice

PLAIN: Final = (
    "vi", "öppnar", "fältgruppen", "i", "mars", "belysning", "vid", "stationen", "Polisen", "kommunen", "torget", "skolan",
    "möte", "protokoll", "på", "fredag", "ansvar", "Ada", "Bo", "Cilla", "trygghet", "we", "meet", "every", "month",
    "lights", "budget", "by", "Friday", "street", "walk", "8", "20", "nästa", "vecka",
)  # fmt: skip
NUMBERS: Final = (
    "0", "1", "2", "3", "7", "12", "99", "-1", "007", "1.5", "1e9", "9" * 15, "9" * 16, "9" * 400, "٣", "½", "0x10",
    "1/2026", "§ 1/2026", "§2", "#1", "2026-1", "NaN", "Infinity", "1_0", "+1", "²",
)  # fmt: skip
DAYS: Final = (
    "fredag", "på måndag", "imorgon", "igår", "nästa vecka", "om två veckor", "2026-03-20", "2026-02-30", "31/12",
    "1/1", "29 februari", "0000-00-00", "9999-12-31", "10000-01-01", "2026-13-01", "next friday", "in 3 days",
    "tomorrow", "March 5", "5 mars 2031", "20 mars kl 25:99", "1 1 1", "00", "noon", "1970-01-01", "om 99999999 dagar",
    "in 999999999999 years", "2026-W53-7", "12:00", "fredag fredag fredag", "-5 days", "sista fredagen i mars",
)  # fmt: skip
MARKUP: Final = (
    "<b>fet</b>", '<a href="tg://user?id=7">x</a>', "</b></i></pre>", "<!channel>", "<!here|h>", "<@U000000001>",
    "<@U000000002|bo>", "<#C000000001|hem>", "<https://x.y|z>", "<mailto:a@b|a@b>", "<!subteam^S1|@a>", "<!date^1^{date}|x>",
    "&lt;!channel&gt;", "&amp;amp;", "*a* _b_ ~c~ `d` ```e```", "> citat", "||göm||", "[x](tg://resolve?domain=y)",
    ":smile:", ":a:b:c:", "@everyone @here", "@SamsynBot", "/beslut", "/help@OtherBot", "{ $what }", '{"{"}', "{ -brand }",
    "%s %n {0} ${x}", "'; drop table decision; --", '" OR 1=1 --', "a* NEAR(b) ^c d:e (", "NEAR/2 AND OR NOT", "\\u0000",
    '=HYPERLINK("x")', "../../etc/passwd", "javascript:alert(1)", "<script>alert(1)</script>", "<![CDATA[x]]>",
    "decisions.undo:1:1", "form.save:1:0:0", "secret.send:1:0:0:pulse.answer:1", "?sv.?decisions.undo:1:1", "null", "[]",
)  # fmt: skip
NASTY: Final = (
    "", " ", "\n", "\t\r\n", "\x00", "a\x00b", "\x07\x1b[31m", "\x7f\x85\x9f", "\ud83d", "\udc00\ud800", "x\ud800y",
    "\ue0000\ue001", "\ue002\ue003", "\uf8ff", "\ufffe\uffff", "\U0010ffff", "\u200b", "\u200d", "\ufeff", "\u2060",
    "\u202eomvänt\u202c", "\u2066x\u2069", "\u2068", "\u061c", "\u3164", "\u2800", "\u00ad", "e\u0301", "\u0301" * 7,
    "o" + "\u0336" * 300, "Z\u0351\u036b\u0343" * 40, "👩‍👩‍👧‍👦", "👩‍" * 60, "🏳️‍🌈", "🇸🇪", "🇸" * 5, "👍🏽" * 3, "1️⃣", "ﷺ" * 9, "ﬀ", "ß", "İ",
    "ı", "ǅ", "ΑΒ", "ВЕЅԼUТ", "ｂｅｓｌｕｔ", "besl\u0075\u0308t", "b\u200beslut", "åtga\u0308rd", "مرحبا", "שלום abc 123", "हिन्दी",
    "ไทย", "한국어", "\u1100\u1161\u11a8" * 9, "中文" * 30, "𝕭𝖊𝖘𝖑𝖚𝖙", "\U000e0001\U000e0041", "\u2028\u2029", "\x0b\x0c", "a\rb",
)  # fmt: skip
SPAN: Final = (3, 60, 255, 1000, 2000, 2001, 3000, 4096, 4097, 12_001, 40_000)
"""Lengths near which something may be cut."""


class Words:
    """Words out of one source of chance. ``commands`` are all that the bot knows; ``sane`` is the share of good sense."""

    def __init__(self, rng: Dice, commands: Sequence[str], sane: float) -> None:
        self._rng = rng
        self._commands = commands
        self._sane = sane

    def plain(self) -> str:
        """A few sensible words."""
        return " ".join(self._rng.choices(PLAIN, k=self._rng.randint(1, 9)))

    def nasty(self) -> str:
        """A string that no editor lets one type."""
        rng = self._rng
        match rng.randrange(8):
            case 0:
                return self.long()
            case 1:
                return "".join(rng.choices(NASTY, k=rng.randint(2, 6)))
            case 2:
                return rng.choice(MARKUP)
            case 3:
                return "".join(map(chr, rng.choices(range(0x110000), k=rng.randint(1, 12))))
            case 4:
                return rng.choice(NUMBERS)
            case _:
                return rng.choice(NASTY)

    def long(self) -> str:
        """A string about as long as some limit."""
        rng = self._rng
        piece = rng.choice((*PLAIN, *NASTY[5:], "x", "å", "<&>", "👩‍👩‍👧‍👦", "a b "))
        length = rng.choice(SPAN) + rng.randint(-2, 2)
        return (piece * (length // max(len(piece), 1) + 1))[: max(length, 1)]

    def any(self) -> str:
        """Something that somebody writes: mostly sensible, often with something in it that is not."""
        rng = self._rng
        if rng.hits(self._sane):
            return self.plain()
        roll = rng.random()
        if roll < 0.15:  # noqa: PLR2004 - shares of chance, here and below
            return self.plain()
        if roll < 0.35:  # noqa: PLR2004
            return rng.choice((*NUMBERS, *DAYS))
        if roll < 0.8:  # noqa: PLR2004
            parts = [self.plain(), rng.choice((*MARKUP, *NASTY, *DAYS, *NUMBERS)), self.plain()]
            rng.shuffle(parts)
            return rng.choice((" ", "", ", ", "\n")).join(parts)
        return self.nasty()

    def answer(self) -> str:
        """An answer to a question that wants words, a day or a number."""
        rng = self._rng
        if rng.hits(self._sane):
            return rng.choice((self.plain(), self.plain(), rng.choice(DAYS[:8])))
        return rng.choice((rng.choice(DAYS), rng.choice(NUMBERS), self.any(), self.nasty()))

    def command(self) -> str:
        """A command as one would write it after the slash, its arguments as people may write them."""
        rng = self._rng
        word = rng.choice(self._commands)
        if not rng.hits(self._sane):
            word = rng.choice(
                (word, word.upper(), f"{word}{rng.choice(NASTY)}", self.plain(), self.nasty(), "")
            )
        match rng.randrange(6):
            case 0:
                return word
            case 1:
                return f"{word} {rng.choice(NUMBERS)}"
            case 2:
                return f"{word} {rng.choice(NUMBERS)} {self.any()}"
            case 3:
                return f"{word} {self.plain()}, {rng.choice(DAYS)}"
            case _:
                return f"{word} {self.any()}"

    def spoilt(self, words: str) -> str:
        """The same words with something wrong in them."""
        rng = self._rng
        at = rng.randint(0, len(words))
        match rng.randrange(6):
            case 0:
                return words[:at]
            case 1:
                return words[:at] + rng.choice(NASTY) + words[at:]
            case 2:
                return words[:500] * rng.randint(2, 40)
            case 3:
                return words[::-1]
            case 4:
                return words[:at] + self.nasty()
            case _:
                return words.swapcase()
