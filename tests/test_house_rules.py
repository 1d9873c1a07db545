"""How this house is kept: sizes, names, docstrings, who may import, catch, and read the clock."""

import ast
import importlib
import inspect
import re
from collections.abc import Iterator

import pytest

from handlers import FEATURES
from handlers.kit.feature import Book, Feature
from tests.sources import CODE, ROOT, Source, body_lines, called, dotted, sources

BANNED = frozenset({"utils", "util", "helpers", "helper", "manager", "managers", "common", "misc"})
BROAD = {"bot/engine.py", "bot/writer.py"}
"""The engine tells what went wrong; the writer hands it back to whoever asked."""
CLOCKS = re.compile(
    r"(datetime|dt)\.(now|utcnow|today)|date\.today|time\.(time|time_ns|monotonic|perf_counter|sleep)|random\..*"
    r"|os\.(environ|getenv).*|uuid\.uuid[14]"
)
MAY_READ_CLOCKS = {
    ("bot/clock.py", "datetime.now"),
    ("bot/clock.py", "time.monotonic"),
    ("bot/timers.py", "datetime.now"),  # APScheduler keeps the machine's time, whatever ours is
    ("bot/settings.py", "os.environ"),
}
FILES = sources(*CODE)
TESTS = sources("tests")


def test_a_file_can_be_read_in_one_sitting() -> None:
    """No file is longer than 400 lines, no function's body longer than 40; a test file has room for 600."""
    assert [(each.name, each.lines) for each in FILES if each.lines > 400] == []
    assert [(each.name, each.lines) for each in TESTS if each.lines > 600] == []
    assert [
        (source.name, each.name) for source in FILES for each in source.functions() if body_lines(each) > 40
    ] == []


def test_every_file_says_what_it_is_for() -> None:
    """Each module begins with a docstring of its own, and its name says what is in it."""
    every = (*FILES, *TESTS)
    named = {each.name: each.name.removesuffix(".py").replace("/", "_").split("_") for each in every}

    assert [each.name for each in every if each.text.strip() and not ast.get_docstring(each.tree)] == []
    assert [name for name, words in named.items() if BANNED.intersection(words)] == []


def test_nobody_catches_what_they_do_not_know() -> None:
    """A broad ``except`` stands in the engine and the writer alone, but for those that tidy up and raise it on."""
    broad = {
        source.name
        for source in FILES
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ExceptHandler)
        and not (isinstance(node.body[-1], ast.Raise) and node.body[-1].exc is None)
        and any(
            _is_broad(kind) for kind in (node.type.elts if isinstance(node.type, ast.Tuple) else [node.type])
        )
    }

    assert broad == BROAD


def _is_broad(kind: ast.expr | None) -> bool:
    return kind is None or dotted(kind) in ("Exception", "BaseException")


def test_only_the_clock_knows_what_time_it_is() -> None:
    """Time, chance and the environment come from one place each, so that tests can hold them still."""
    read = {
        (source.name, dotted(node))
        for source in FILES
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Attribute) and CLOCKS.fullmatch(dotted(node))
    }

    assert read == MAY_READ_CLOCKS


def test_every_story_is_told_in_one_sentence() -> None:
    """A test begins with one sentence about what people experience."""
    tests = [
        (f"{source.name}:{each.name}", ast.get_docstring(each) or "")
        for source in TESTS
        for each in source.functions()
        if each.name.startswith("test_")
    ]

    assert [name for name, told in tests if not told.endswith(".") or "\n\n" in told] == []


# --- Features --------------------------------------------------------------------------------------------------

FEATURE_FILES = [
    each for each in sources("handlers") if "kit/" not in each.name and list(called(each, "Feature"))
]


def _module(source: Source) -> str:
    return source.name.removesuffix(".py").replace("/", ".")


def test_every_feature_is_in_the_table_of_contents() -> None:
    """A feature that is written is listed, under the name of its file."""
    listed = {each.name: each for each in FEATURES}
    written = {
        _module(each).partition(".")[2]: importlib.import_module(_module(each)) for each in FEATURE_FILES
    }

    assert listed == {name: module.feature for name, module in written.items()}


def test_features_never_import_each_other() -> None:
    """Nothing in ``handlers`` imports a feature, except the table of contents: they meet in the store and at doors."""
    features = {_module(each) for each in FEATURE_FILES}
    met = [
        (source.name, sorted(features & set(_imported(source))))
        for source in sources("handlers")
        if source.name != "handlers/__init__.py" and features & set(_imported(source))
    ]

    assert met == []


def _imported(source: Source) -> Iterator[str]:
    """Every module that a file imports, also by its last name."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{each.name}" for each in node.names)


@pytest.mark.parametrize("feature", FEATURES, ids=lambda each: str(each.name))
def test_every_handler_says_what_the_member_experiences(feature: Feature) -> None:
    """Whatever a word, a button, a form, a shortcut or an event runs has a docstring."""
    book = Book.of((feature,))
    runs = [each.run for each in (*book.handlers.values(), *book.shortcuts.values())]
    runs += [each.run for several in book.events.values() for each in several]
    asked = [each for form in book.forms.values() for each in (form.build, *form.taken)]

    silent = [each.__qualname__ for each in (*runs, *asked) if not inspect.getdoc(each)]
    assert silent == []
    assert all(form.taken for form in book.forms.values())


# --- SQL -------------------------------------------------------------------------------------------------------

SQLITE_ALONE = re.compile(
    r"\binsert\s+or\b|\breplace\s+into\b|\browid\b|\bifnull\b|\bdatetime\s*\(|\bstrftime\b|\bdate\s*\(\s*'now|\bglob\b"
    r"|\bautoincrement\b|\bpragma\b|\bmatch\b|group_concat|json_extract|\blimit\s+:?\w+\s*,|==|(?<![\w'])\?(?![\w'])",
    re.IGNORECASE,
)
OF_ONE_ENGINE = {
    f"storage/{each}.py"
    for each in (
        "sqlite", "postgres", "migrations", "ballot_file", "ballot_tables", "decision_words", "schema/forums",
        "schema/meetings", "schema/processes", "schema/pulse", "schema/rhythm",
    )
}  # fmt: skip
"""Where the engines differ, and the schema."""


def _statements(source: Source) -> list[tuple[str, str]]:
    """Every string that may be SQL, with the function it stands in."""
    inside = {id(node): function.name for function in source.functions() for node in ast.walk(function)}
    documentation = {
        id(node.body[0].value)
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body and isinstance(node.body[0], ast.Expr)
    }  # fmt: skip
    return [
        (inside.get(id(node), ""), node.value)
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documentation
    ]


def test_sql_is_what_both_databases_understand() -> None:
    """Outside the schema, the connections and the search index there is nothing that SQLite alone knows."""
    strange = [
        (source.name, where, words)
        for source in sources("storage")
        if source.name not in OF_ONE_ENGINE
        for where, words in _statements(source)
        if SQLITE_ALONE.search(words)
    ]

    assert strange == []


def test_sql_stands_in_the_storage_alone() -> None:
    """No other layer writes a statement of its own."""
    found = [
        (source.name, words)
        for source in sources("bot", "handlers", "prompts")
        if "playground" not in source.name
        for _, words in _statements(source)
        if re.match(
            r"\s*(select|insert into|update|delete from)\s\w+.*\b(from|values|set|where)\b",
            words,
            re.IGNORECASE,
        )
    ]

    assert found == []


def test_nothing_is_left_to_do() -> None:
    """No file speaks of what is still to be written, or leaves something out of the tests."""
    marks = (
        "TO" + "DO",
        "FIX" + "ME",
        "NotImplemented" + "Error",
        "pragma: no " + "cover",
        "pytest.mark." + "skip",
    )
    found = [(source.name, mark) for source in (*FILES, *TESTS) for mark in marks if mark in source.text]

    assert found == []


def test_no_path_of_one_machine_is_in_the_files() -> None:
    """What is written here works wherever it lies."""
    here = str(ROOT)

    assert [each.name for each in (*FILES, *TESTS) if here in each.text] == []
