"""The project's own source files, read as trees: for rules about how things are written."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
CODE = ("bot", "handlers", "storage", "prompts")
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Source:
    """One file: its path from the root, its words and its tree."""

    name: str
    text: str
    tree: ast.Module

    @property
    def lines(self) -> int:
        return self.text.count("\n")

    def functions(self) -> Iterator[Function]:
        """Every function, inner ones and methods too."""
        for node in ast.walk(self.tree):
            if isinstance(node, Function):
                yield node


@lru_cache
def sources(*folders: str) -> tuple[Source, ...]:
    """All Python files below these folders."""
    paths = [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]
    return tuple(
        Source(str(path.relative_to(ROOT)), text := path.read_text(encoding="utf-8"), ast.parse(text))
        for path in paths
    )


def body_lines(function: Function) -> int:
    """How long a function is without its signature and its docstring."""
    body = function.body
    if ast.get_docstring(function):
        body = body[1:]
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def dotted(node: ast.expr) -> str:
    """A name with dots as it is written; "" for anything else."""
    match node:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=value, attr=attr):
            return f"{dotted(value)}.{attr}"
        case _:
            return ""


def called(source: Source, *names: str) -> Iterator[ast.Call]:
    """Every call of a function by one of these names."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call) and dotted(node.func).rpartition(".")[2] in names:
            yield node
