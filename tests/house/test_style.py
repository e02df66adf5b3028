"""What the linters cannot say."""

import ast
import re
import tomllib

from tests.house.sources import ROOMS, ROOT, files, imported, name, tree


def test_rules_do_not_touch_the_database() -> None:
    """Rules take values and today and give values (architecture); lazy translations are all they need of Django."""
    pure = [*ROOMS.glob("*/rules.py"), *ROOMS.glob("kernel/*.py"), ROOMS / "people" / "id_number.py"]
    touching = {
        name(path): found
        for path in pure
        if path.exists()
        and (
            found := {
                it
                for it in imported(tree(path))
                if it.startswith(("django.db", "django.apps", "django.conf"))
            }
        )
    }
    assert touching == {}


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
    for path in files(".py"):
        if not path.is_relative_to(ROOMS) or "migrations" in path.parts:
            continue
        assert not any(it.startswith("django.db.models.signals") for it in imported(tree(path))), name(path)
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.ClassDef):
                held = {it.name for it in node.body if isinstance(it, ast.FunctionDef)}
                fields = {
                    t.id
                    for it in node.body
                    if isinstance(it, ast.Assign)
                    for t in it.targets
                    if isinstance(t, ast.Name)
                }
                assert not (path.stem == "models" and "save" in held), f"{name(path)}: {node.name}.save"
                assert not (node.name == "Meta" and "ordering" in fields), f"{name(path)}: Meta.ordering"


def test_nothing_names_the_machine_it_was_written_on() -> None:
    """Absolute paths of somebody's home or workplace help nobody else."""
    home = re.compile(r"(?<![\w.])/(?:work|home|Users)/\w+|(?<!\w)/root/")
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
