"""Files and functions that a person can hold in the head (architecture, rule 12)."""

import ast
import re

from tests.house.sources import ROOMS, files, name, tree

MODULE_LINES = 400
FUNCTION_STATEMENTS = 40
TEMPLATE_LINES = 150

# What may be longer, and why. A reason that no longer holds is removed together with its line.
LONGER: dict[str, str] = {}


def test_modules_stay_short() -> None:
    lines = {name(path): len(path.read_text("utf-8").splitlines()) for path in files(".py")}
    assert {path: count for path, count in lines.items() if count > MODULE_LINES and path not in LONGER} == {}


def test_templates_stay_short() -> None:
    lines = {name(path): len(path.read_text("utf-8").splitlines()) for path in files(".html")}
    assert {
        path: count for path, count in lines.items() if count > TEMPLATE_LINES and path not in LONGER
    } == {}


def test_functions_stay_short() -> None:
    lengths = {
        f"{name(path)}::{function.name}": sum(isinstance(node, ast.stmt) for node in ast.walk(function)) - 1
        for path in files(".py")
        for function in ast.walk(tree(path))
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert {
        it: count for it, count in lengths.items() if count > FUNCTION_STATEMENTS and it not in LONGER
    } == {}


def test_every_exception_is_still_needed() -> None:
    known = {name(path) for path in files(".py", ".html")}
    assert {entry for entry in LONGER if entry.split("::")[0] not in known} == set()


def test_no_room_is_a_lumber_room() -> None:
    vague = {"utils", "util", "common", "base", "helpers", "misc", "tools"}
    assert {
        name(path) for path in ROOMS.rglob("*") if path.stem in vague and path.suffix in {"", ".py"}
    } == set()


def test_ignores_are_few_and_reasoned() -> None:
    """Under ten silenced warnings in the program: ``# noqa: S105 - why`` or ``# type: ignore[x]  # why``."""
    silenced = re.compile(r"#\s*(?:noqa|type: ignore)(.*)")
    found = [
        (name(path), match)
        for path in files(".py")
        if path.is_relative_to(ROOMS) and "migrations" not in path.parts
        for match in silenced.findall(path.read_text("utf-8"))
    ]
    assert len(found) < 10, found
    assert [(path, rest) for path, rest in found if not re.search(r" [-#(] ?\w+ \w+", rest)] == []
