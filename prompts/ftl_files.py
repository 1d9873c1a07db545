"""Reads one language's ``*.ftl`` files and finds every fault that can be seen without speaking.

Strict on purpose: no attributes, no terms with variables, no function but Fluent's own. What is left is easy to
translate, and nothing can go wrong with it later.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from fluent.runtime.builtins import BUILTINS
from fluent.syntax import FluentParser, ast
from fluent.syntax.visitor import Visitor

FUNCTIONS: Final = frozenset(BUILTINS)


@dataclass(slots=True)
class Language:
    """All entries of one language by name, terms with their leading ``-``, and what is wrong with them."""

    code: str
    entries: dict[str, ast.Message | ast.Term] = field(default_factory=dict)
    uses: dict[str, "Uses"] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def messages(self) -> frozenset[str]:
        """The names of its messages."""
        return frozenset(each for each in self.entries if not each.startswith("-"))

    def variables(self, key: str, inside: tuple[str, ...] = ()) -> frozenset[str]:
        """The variables of a message, with those of the messages that it quotes."""
        uses = self.uses.get(key)
        if uses is None or key in inside:
            return frozenset()
        quoted = (self.variables(each, (*inside, key)) for each in uses.entries)
        return frozenset(uses.variables).union(*quoted)

    def resource(self) -> ast.Resource:
        """All entries as one Fluent resource."""
        return ast.Resource(list(self.entries.values()))


class Uses(Visitor):
    """What an entry refers to: variables, other entries, functions."""

    def __init__(self) -> None:
        self.variables: set[str] = set()
        self.entries: set[str] = set()
        self.functions: set[str] = set()

    def visit_VariableReference(self, node: ast.VariableReference) -> None:  # noqa: N802
        """Note a variable."""
        self.variables.add(node.id.name)

    def visit_MessageReference(self, node: ast.MessageReference) -> None:  # noqa: N802
        """Note a quoted message."""
        self.entries.add(node.id.name)

    def visit_TermReference(self, node: ast.TermReference) -> None:  # noqa: N802
        """Note a term, and what stands in its arguments."""
        self.entries.add(f"-{node.id.name}")
        self.generic_visit(node)

    def visit_FunctionReference(self, node: ast.FunctionReference) -> None:  # noqa: N802
        """Note a function, and what stands in its arguments."""
        self.functions.add(node.id.name)
        self.generic_visit(node)


def read_language(folder: Path, code: str) -> Language:
    """The language whose files lie in ``folder``; its faults are in ``problems``."""
    language = Language(code)
    paths = sorted(folder.glob("*.ftl"))
    if not paths:
        language.problems.append(f"{code}: there are no .ftl files")
    for path in paths:
        _read_file(language, path)
    for name, uses in language.uses.items():
        language.problems.extend(f"{code}: {name} {fault}" for fault in _faults(language, name, uses))
    return language


def differences(languages: Mapping[str, Language]) -> Iterator[str]:
    """What one language says and another does not, and texts whose variables differ."""
    every: frozenset[str] = frozenset().union(*(each.messages() for each in languages.values()))
    for key in sorted(every):
        present = [each for each in languages.values() if key in each.entries]
        yield from (
            f"{each.code}: {key} is missing" for each in languages.values() if key not in each.entries
        )
        wanted = {each.code: each.variables(key) for each in present}
        if len(set(wanted.values())) > 1:
            shown = "; ".join(
                f"{code}: {', '.join(sorted(names)) or 'none'}" for code, names in wanted.items()
            )
            yield f"{key} has different variables ({shown})"


def _read_file(language: Language, path: Path) -> None:
    place = f"{language.code}/{path.name}"
    try:
        source = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        language.problems.append(f"{place}: not UTF-8")
        return
    for entry in FluentParser().parse(source).body:
        line = source.count("\n", 0, entry.span.start if entry.span else 0) + 1
        if isinstance(entry, ast.Junk):
            reasons = "; ".join(str(each.message) for each in entry.annotations)
            language.problems.append(f"{place}:{line}: cannot be read: {reasons}")
        elif isinstance(entry, ast.Message | ast.Term):
            name = f"-{entry.id.name}" if isinstance(entry, ast.Term) else entry.id.name
            if name in language.entries:
                language.problems.append(f"{place}:{line}: {name} stands twice")
                continue
            language.entries[name] = entry
            language.uses[name] = uses = Uses()
            uses.visit(entry)


def _faults(language: Language, name: str, uses: Uses) -> Iterator[str]:
    entry = language.entries[name]
    if entry.value is None:
        yield "says nothing"
    if entry.attributes:
        yield "has attributes, which nobody reads"
    if name.startswith("-") and uses.variables:
        yield "is a term and cannot have variables"
    yield from (
        f"refers to {each}, which is missing" for each in sorted(uses.entries - language.entries.keys())
    )
    yield from (f"calls {each}, which is no function" for each in sorted(uses.functions - FUNCTIONS))
    if _leads_to(language, name, name, set()):
        yield "refers to itself"


def _leads_to(language: Language, start: str, goal: str, seen: set[str]) -> bool:
    nearby = language.uses[start].entries & language.uses.keys()
    fresh = nearby - seen
    seen |= nearby
    return goal in nearby or any(_leads_to(language, each, goal, seen) for each in fresh)
