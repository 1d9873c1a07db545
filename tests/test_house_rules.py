"""How this house is kept: sizes, names, docstrings, who may import, catch, and read the clock."""

import ast
import importlib
import inspect
import re

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


def _named(source: Source) -> str:
    return source.name


@pytest.mark.parametrize("source", FILES, ids=_named)
def test_a_file_can_be_read_in_one_sitting(source: Source) -> None:
    """No file is longer than 400 lines, no function's body longer than 40."""
    long = [each.name for each in source.functions() if body_lines(each) > 40]

    assert source.lines <= 400
    assert long == []


@pytest.mark.parametrize("source", TESTS, ids=_named)
def test_a_test_file_is_not_a_book(source: Source) -> None:
    """No test file is longer than 600 lines."""
    assert source.lines <= 600


@pytest.mark.parametrize("source", [*FILES, *TESTS], ids=_named)
def test_every_file_says_what_it_is_for(source: Source) -> None:
    """Each module begins with a docstring of its own, and its name says what is in it."""
    words = source.name.removesuffix(".py").replace("/", "_").split("_")

    assert ast.get_docstring(source.tree) or not source.text.strip()
    assert not BANNED.intersection(words)


@pytest.mark.parametrize("source", FILES, ids=_named)
def test_nobody_catches_what_they_do_not_know(source: Source) -> None:
    """A broad ``except`` stands in the engine and the writer alone, but for those that tidy up and raise it on."""
    caught = [
        node
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ExceptHandler)
        and not (isinstance(node.body[-1], ast.Raise) and node.body[-1].exc is None)
    ]
    kinds = {
        dotted(kind) if kind else "everything"
        for node in caught
        for kind in (node.type.elts if isinstance(node.type, ast.Tuple) else [node.type])
    }

    assert source.name in BROAD or not kinds & {"everything", "Exception", "BaseException"}


@pytest.mark.parametrize("source", FILES, ids=_named)
def test_only_the_clock_knows_what_time_it_is(source: Source) -> None:
    """Time, chance and the environment come from one place each, so that tests can hold them still."""
    names = {dotted(node) for node in ast.walk(source.tree) if isinstance(node, ast.Attribute)}
    read = {(source.name, each) for each in names if CLOCKS.fullmatch(each)}

    assert read <= MAY_READ_CLOCKS


@pytest.mark.parametrize("source", sources("tests/handlers"), ids=_named)
def test_every_story_is_told_in_one_sentence(source: Source) -> None:
    """A test of the features begins with one sentence about what people experience."""
    for each in source.functions():
        if each.name.startswith("test_"):
            told = ast.get_docstring(each) or ""
            assert told.endswith("."), each.name
            assert "\n\n" not in told, each.name


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


@pytest.mark.parametrize("source", sources("handlers"), ids=_named)
def test_features_never_import_each_other(source: Source) -> None:
    """Nothing in ``handlers`` imports a feature, except the table of contents: they meet in the store and at doors."""
    if source.name == "handlers/__init__.py":
        return
    features = {_module(each) for each in FEATURE_FILES}
    imported = {f"handlers.{each.name}" for node in ast.walk(source.tree) if isinstance(node, ast.ImportFrom)
                and node.module == "handlers" for each in node.names}  # fmt: skip
    imported |= {node.module or "" for node in ast.walk(source.tree) if isinstance(node, ast.ImportFrom)}
    imported |= {
        each.name for node in ast.walk(source.tree) if isinstance(node, ast.Import) for each in node.names
    }

    assert imported & features == set()


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
STATEMENT = re.compile(r"\b(select|insert|update|delete|with)\b", re.IGNORECASE)
SEARCH = {"find", "amend", "_index"}
"""The functions of ``storage/decisions.py`` that speak to the search index: another engine has another one."""


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


@pytest.mark.parametrize("source", sources("storage"), ids=_named)
def test_sql_is_what_both_databases_understand(source: Source) -> None:
    """Outside the schema, the connection and the search index there is nothing that SQLite alone knows."""
    if source.name in ("storage/db.py", "storage/migrations.py"):
        return
    strange = [
        (where, words)
        for where, words in _statements(source)
        if SQLITE_ALONE.search(words) and not (source.name == "storage/decisions.py" and where in SEARCH)
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
