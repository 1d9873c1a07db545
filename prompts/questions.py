"""The questions of the pulse, from ``questions.<language>.toml``, read strictly.

Every language has the same questions in the same versions and parts; whatever differs is named and nothing loads.
A wording that changes is a new version. The old one stays in the file, because old results still quote it.
The wordings are this product's own. They are no validated scale, and each says what it is grounded in.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Final, Literal, TypeAlias, cast, get_args

Part: TypeAlias = Literal["trust", "openness", "participation", "direction", "progress"]
PARTS: Final[tuple[Part, ...]] = get_args(Part)

SETS: Final[Mapping[str, tuple[str, ...]]] = {
    "A": ("D3", "O1", "T1", "P2"),
    "B": ("D1", "F1", "T2", "P1"),
    "C": ("D2", "O2", "T3", "P3"),
    "D": ("D5", "F2", "T4", "P4"),
    "E": ("D4", "O3", "T5", "P5"),
    "F": ("D6", "F3", "T6", "P6"),
}
"""What is asked together: a direction first, as the easiest, then openness or progress, trust, and participation."""

_ID: Final = re.compile("[A-Z][1-9][0-9]?")
_FIELDS: Final = frozenset({"version", "part", "text", "grounded"})
_NAME: Final = "questions"


class QuestionError(Exception):
    """The files of questions are not as they must be. Each of ``problems`` says where and what."""

    def __init__(self, *problems: str) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Question:
    """One question: its wording and what it is grounded in, by language, and the wordings it had in earlier versions."""

    id: str
    version: int
    part: Part
    text: Mapping[str, str]
    grounded: Mapping[str, str]
    earlier: Mapping[int, Mapping[str, str]] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """The question in exactly this wording: "D3.1". Only rounds with the same key are ever compared."""
        return f"{self.id}.{self.version}"

    def texts(self, language: str) -> Iterator[tuple[str, str]]:
        """Everything the catalogue says of it in a language: each wording (``question-d3-1``) and ``grounded-d3``."""
        yield f"question-{self.id.lower()}-{self.version}", self.text[language]
        yield f"grounded-{self.id.lower()}", self.grounded[language]
        for version, wording in self.earlier.items():
            yield f"question-{self.id.lower()}-{version}", wording[language]


@dataclass(frozen=True, slots=True)
class _Entry:
    """One question in one language."""

    version: int
    part: Part
    text: str
    grounded: str
    earlier: Mapping[int, str]


@lru_cache(maxsize=1)
def load_questions(root: Path | None = None) -> Mapping[str, Question]:
    """All questions by id, in the order of the files; raises ``QuestionError`` with every problem found."""
    folder = root or Path(__file__).parent
    questions, problems = read_questions(folder)
    if not questions and not problems:
        problems = [f"there are no files {_NAME}.<language>.toml"]
    if problems:
        raise QuestionError(*problems)
    return questions


def read_questions(folder: Path) -> tuple[dict[str, Question], list[str]]:
    """The questions of a folder, and what is wrong with its files; none and nothing where there are no files."""
    problems: list[str] = []
    languages = {
        path.name.split(".")[1]: dict(_read(path, problems))
        for path in sorted(folder.glob(f"{_NAME}.*.toml"))
    }
    problems.extend(_differences(languages))
    if problems:
        return {}, problems
    ids = next(iter(languages.values()), {})
    return {each: _together(each, {code: said[each] for code, said in languages.items()}) for each in ids}, []


def _together(id_: str, said: Mapping[str, _Entry]) -> Question:
    first = next(iter(said.values()))
    return Question(
        id_,
        first.version,
        first.part,
        {code: each.text for code, each in said.items()},
        {code: each.grounded for code, each in said.items()},
        {number: {code: each.earlier[number] for code, each in said.items()} for number in first.earlier},
    )


def _differences(languages: Mapping[str, Mapping[str, _Entry]]) -> Iterator[str]:
    every = dict.fromkeys(id_ for said in languages.values() for id_ in said)
    for id_ in every:
        present = {code: said[id_] for code, said in languages.items() if id_ in said}
        yield from (f"{_NAME}.{code}.toml: {id_} is missing" for code in languages if code not in present)
        for what, values in (
            ("versions", {code: str(each.version) for code, each in present.items()}),
            ("parts", {code: each.part for code, each in present.items()}),
        ):
            if len(set(values.values())) > 1:
                yield f"{id_} has different {what} ({', '.join(f'{code}: {value}' for code, value in values.items())})"


# --- One file ----------------------------------------------------------------------------------------------------


def _read(path: Path, problems: list[str]) -> Iterator[tuple[str, _Entry]]:
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        problems.append(f"{path.name}: cannot be read: {fault}")
        return
    for id_, table in tables.items():
        faults = list(_faults(id_, table))
        problems.extend(f"{path.name}: {id_} {fault}" for fault in faults)
        if not faults:
            earlier = {int(number): wording for number, wording in table.get("earlier", {}).items()}
            yield id_, _Entry(table["version"], table["part"], table["text"], table["grounded"], earlier)


def _faults(id_: str, table: object) -> Iterator[str]:
    if not _ID.fullmatch(id_) or not isinstance(table, dict):
        yield "is no question: a letter and a number, and a table below"
        return
    given = cast(dict[str, object], table)
    yield from (f"lacks {each}" for each in sorted(_FIELDS - given.keys()))
    yield from (f"has {each}, which nobody reads" for each in sorted(given.keys() - _FIELDS - {"earlier"}))
    if "part" in given and given["part"] not in PARTS:
        yield f"belongs to none of the parts {', '.join(PARTS)}"
    yield from (
        f"says nothing as {each}" for each in ("text", "grounded") if not _is_line(given.get(each, "x"))
    )
    version, earlier = given.get("version", 1), given.get("earlier", {})
    if type(version) is not int or version < 1:
        yield "has a version that is no whole number from 1"
    elif not isinstance(earlier, dict) or list(earlier) != [str(each) for each in range(1, version)]:
        yield f"must have the wordings of all versions before {version} as earlier, and no others"
    elif not all(map(_is_line, earlier.values())):
        yield "says nothing in an earlier version"


def _is_line(said: object) -> bool:
    return isinstance(said, str) and bool(said.strip()) and said == said.strip() and said.isprintable()
