"""What the linters cannot say."""

import ast
import re
import tomllib

from tests.house.sources import ROOMS, files, imported, name, tree
from tooling.environment import ROOT


def test_rules_do_not_touch_the_database() -> None:
    """Rules take values and today, and give values; lazy translations are all they need of Django."""
    pure = [
        *ROOMS.glob("*/rules.py"),
        *ROOMS.glob("sheets/recognition/*.py"),
        ROOMS / "people" / "id_number.py",
    ]
    machinery = ("django.db", "django.apps", "django.conf", "django.contrib")
    uses = [(name(path), it) for path in pure for it in imported(tree(path))]
    assert uses
    assert [(path, it) for path, it in uses if it.startswith(machinery)] == []


def test_no_test_is_skipped() -> None:
    markers = {"skip", "skipif", "xfail", "importorskip"}
    skipping = {
        f"{name(path)}:{node.lineno}"
        for path in files(".py")
        if path.is_relative_to(ROOT / "tests")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and node.attr in markers
    }
    assert skipping == set()


def test_django_stays_without_hidden_ways() -> None:
    """No signals, no save() overrides, no default ordering: an act says all that it does."""
    rooms = [path for path in files(".py") if path.is_relative_to(ROOMS) and "migrations" not in path.parts]
    signals = {name(path) for path in rooms if "django.db.models.signals" in imported(tree(path))}
    assert signals == set()
    classes = [(path, it) for path in rooms for it in ast.walk(tree(path)) if isinstance(it, ast.ClassDef)]
    assert classes
    assert {
        f"{name(path)}: {it.name}.save"
        for path, it in classes
        if path.stem == "models" and "save" in held(it)
    } == set()
    assert {name(path) for path, it in classes if it.name == "Meta" and "ordering" in held(it)} == set()


def held(owner: ast.ClassDef) -> set[str]:
    """The names of a class's methods and of its plain attributes."""
    methods = {it.name for it in owner.body if isinstance(it, ast.FunctionDef)}
    assigned = [target for it in owner.body if isinstance(it, ast.Assign) for target in it.targets]
    return methods | {target.id for target in assigned if isinstance(target, ast.Name)}


def test_nothing_names_the_machine_it_was_written_on() -> None:
    """Absolute paths of somebody's machine help nobody else."""
    home = re.compile(rf"{re.escape(str(ROOT))}\b|(?<![\w.])/(?:home|Users)/\w+")
    naming = {
        f"{name(path)}:{number}"
        for path in files(".py", ".md", ".toml", ".html", ".css", ".js", ".cmd", ".json", "")
        if path.stat().st_size < 1_000_000
        for number, line in enumerate(path.read_text("utf-8", errors="ignore").splitlines(), start=1)
        if home.search(line)
    }
    assert naming == set()


def test_ruff_ignores_are_few() -> None:
    with (ROOT / "pyproject.toml").open("rb") as source:
        lint = tomllib.load(source)["tool"]["ruff"]["lint"]
    assert len(lint["ignore"]) < 10


def test_the_map_shows_what_is_there() -> None:
    """Every path that docs/map.md names in code type exists."""
    text = (ROOT / "docs" / "map.md").read_text("utf-8")
    named = set(re.findall(r"`((?:src|tests|docs|tooling)/[\w./-]+|[\w/]+\.(?:py|html|toml|md))`", text))
    assert named, "the map names no file"
    places = (ROOT, ROOMS, ROOMS.parent)
    assert {it for it in named if not any((place / it).exists() for place in places)} == set()
