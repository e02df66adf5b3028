"""`yanzhen bench`: every promised measure, small, and what a ratio and a target mean."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.processes import yanzhen
from yanzhen.measure.timing import Measure

KEYS = [
    *("roster_check", "roster_import", "worklist", "worklist_page"),
    *("worklist_page_secretary", "worklist_page_contact_person"),
    *("members_page", "away_page", "figures_page", "tree_page"),
    *("search_surname", "search_pinyin", "search_initials", "search_inside", "search_two_characters"),
    *("search_rare", "search_digits", "search_unit", "search_narrow", "figures", "import_beside"),
]


def test_it_measures_everything_beside_its_floor_and_leaves_nothing_behind(tmp_path: Path) -> None:
    folder = tmp_path / "real"
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    done = yanzhen("bench", "--members", "100", "--json", folder=folder, extra={"TMPDIR": str(temporary)})
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["members"] == 100
    assert [one["key"] for one in told["measures"]] == KEYS
    for one in told["measures"]:
        assert one["seconds"] > 0
        assert one["floor_seconds"] > 0
        assert one["ratio"] == pytest.approx(one["seconds"] / one["floor_seconds"], rel=0.05, abs=0.05)
    assert told["measures"][1]["megabytes"] > 10
    tree = told["measures"][KEYS.index("tree_page")]
    assert 0 < tree["queries"] <= tree["queries_target"] == 15
    assert told["measures"][-1]["queries"] > 10
    assert not folder.exists()
    assert list(temporary.iterdir()) == []


@pytest.mark.parametrize(
    ("seconds", "megabytes", "met"),
    [(3.0, None, True), (3.1, None, False), (1.0, 400.0, True), (1.0, 401.0, False)],
)
def test_a_target_is_met_by_ratio_and_memory(seconds: float, megabytes: float | None, met: bool) -> None:
    measure = Measure("x", seconds, 1.0, target=3.0, megabytes=megabytes, megabytes_target=400.0)
    assert measure.is_met is met


@pytest.mark.parametrize(("queries", "met"), [(15, True), (16, False)])
def test_a_target_is_met_by_queries(queries: int, met: bool) -> None:
    assert Measure("x", 1.0, 1.0, target=3.0, queries=queries, queries_target=15).is_met is met
