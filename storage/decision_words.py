"""Decisions found by their words, in any inflection: the one place where the two engines are asked differently.

Every word is filed with its forum, so that a search costs what the forum costs and not what the installation does.
"""

import re
from functools import lru_cache
from itertools import accumulate
from typing import TypeAlias

import Stemmer

from storage.db import Store

_STEMMERS = (Stemmer.Stemmer("swedish"), Stemmer.Stemmer("english"))
_ENDINGS = (
    "arna",
    "erna",
    "orna",
    "ens",
    "ets",
    "ar",
    "er",
    "or",
    "en",
    "et",
    "an",
    "na",
    "n",
    "t",
    "s",
    "e",
    "a",
)
_WORD = re.compile(r"[^\W_]+")
_UNSURE = re.compile("[\u0528-\u1dff\u2000-\U0010ffff]")
_LONGEST = 200
"""Letters of a word by which it is filed and found: PostgreSQL takes no longer ones than some two thousand bytes."""
_FULL = 1_000_000
"""Bytes of words in all that it takes of one decision."""
_ROOT = 4
"""Letters that must be left of a word when an ending goes: shorter ones would meet strangers."""


@lru_cache(50_000)
def _stems(word: str) -> frozenset[str]:
    """How the word is filed: its Swedish and English stems, and the word without a common Swedish ending.

    The stemmers part "kaffe" from "kaffet"; the plain ending rule brings them together.
    """
    ending = next((each for each in _ENDINGS if word.endswith(each) and len(word) - len(each) >= _ROOT), "")
    stems = {word.removesuffix(ending), *(each.stemWord(word) for each in _STEMMERS)}
    return frozenset(map(_filed, stems))


def _words(said: str) -> list[str]:
    return [each[:_LONGEST] for each in _WORD.findall(said.casefold())]


def _filed(word: str) -> str:
    """The word in letters that the index is sure to know as such: its table of alphabets is years behind Python's.

    A letter that it takes for a gap would cut the word in two, and a question for two words is one it refuses.
    """
    return _UNSURE.sub(lambda letter: f"u{ord(letter[0]):06x}", word)


def file(store: Store, forum: int, decision: int, said: str, *, again: bool = False) -> None:
    """File a decision under its words; ``again`` when it was filed before under others."""
    stems = _filed_under(f"f{forum}x", _words(said))
    if store.engine == "postgres":
        store.do(
            "insert into decision_words (forum, decision, words) values (:forum, :decision, cast(:words as tsvector))"
            " on conflict (forum, decision) do update set words = excluded.words",
            forum=forum,
            decision=decision,
            words=stems,
        )
        return
    row = forum << 32 | decision
    if again:
        store.at_last(row, "delete from decision_words where rowid = :row", row=row)
    store.at_last(
        row,
        "insert into decision_words (rowid, words, forum, decision) values (:row, :words, :forum, :decision)",
        row=row,
        words=stems,
        forum=forum,
        decision=decision,
    )


def _filed_under(before: str, words: list[str]) -> str:
    stems = sorted(before + each for each in frozenset[str]().union(*map(_stems, words)))
    whole = " ".join(stems)
    if len(whole.encode()) < _FULL:
        return whole
    sizes = accumulate(len(each.encode()) + 1 for each in stems)
    return " ".join(each for each, size in zip(stems, sizes, strict=True) if size <= _FULL)


def looked_for(store: Store, forum: int, said: str, *, most: int) -> tuple[str, str] | None:
    """A statement that gives the ``most`` newest ids ``:before`` one of decisions with every word, and its ``:query``.

    ``None`` for no words. It wants the ``:forum`` as well.
    """
    terms = _terms(forum, said)
    # As a number and no variable: PostgreSQL, which plans before it knows variables, would expect a tenth of all there
    # are, and read all that a forum has decided to join them.
    return (_HITS[store.engine].format(most=most), _QUERIES[store.engine](terms)) if terms else None


_Term: TypeAlias = tuple[tuple[str, ...], str]
"""One word said: the forms it may be filed under, and the beginning that is enough (from three letters on)."""


def _terms(forum: int, said: str) -> list[_Term]:
    before = f"f{forum}x"
    return [
        (
            tuple(before + each for each in sorted(_stems(word))),
            before + _filed(word) if len(word) >= 3 else "",  # noqa: PLR2004
        )
        for word in dict.fromkeys(_words(said)[:12])
    ]


def _for_sqlite(terms: list[_Term]) -> str:
    return " AND ".join(
        "(" + " OR ".join((*(f'"{each}"' for each in stems), *([f'"{start}"*'] if start else []))) + ")"
        for stems, start in terms
    )


def _for_postgres(terms: list[_Term]) -> str:
    return " & ".join(
        "(" + " | ".join((*(f"'{each}'" for each in stems), *([f"'{start}':*"] if start else []))) + ")"
        for stems, start in terms
    )


_QUERIES = {"sqlite": _for_sqlite, "postgres": _for_postgres}
_HITS = {
    "sqlite": "select rowid - (:forum << 32) as id from decision_words where decision_words match :query"
    " and rowid < (:forum << 32) + :before order by rowid desc limit {most}",
    "postgres": "with recent as materialized (select decision from (select decision, words from decision_words"
    " where forum = :forum and decision < :before order by decision desc limit 8 * {most}) newest"
    " where words @@ cast(:query as tsquery) order by decision desc limit {most})"
    " select decision as id from recent where (select count(*) from recent) = {most}"
    " union all (select decision from decision_words where words @@ cast(:query as tsquery) and decision < :before"
    " and (select count(*) from recent) < {most} order by decision desc limit {most})",
}
"""How each engine finds the newest decisions that hold every word, in terms that name the forum themselves.

PostgreSQL's index does not know which are newest. A word of every decision is found among the latest ones; for any other
it reads all that hold it, which are not many.
"""
