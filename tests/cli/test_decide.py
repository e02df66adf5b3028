"""`yanzhen decide`: one JSON document out, or one sentence and an exit code."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.processes import is_one_sentence, yanzhen, yanzhen_here

CASE: dict[str, Any] = {
    "purpose": "work",
    "months": 8,
    "fixed_place": True,
    "host_can_accept": True,
    "group_of_full_members": 3,
}


def test_the_contract(tmp_path: Path) -> None:
    done = yanzhen("decide", "--json", folder=tmp_path, given=json.dumps(CASE))
    assert (done.returncode, done.stderr) == (0, "")
    told = json.loads(done.stdout)
    assert told.keys() == {"outcome", "review_after_months", "suggest_temporary_branch", "reasons"}
    assert (told["outcome"], told["review_after_months"], told["suggest_temporary_branch"]) == (
        "transfer",
        None,
        True,
    )
    assert all(reason.keys() == {"rule", "text", "source"} for reason in told["reasons"])
    assert "接转组织关系" in done.stdout


def test_months_are_read_as_written() -> None:
    done = yanzhen_here("decide", "--json", given=json.dumps({**CASE, "months": 6.01}))
    assert "6.01 个月" in json.loads(done.stdout)["reasons"][0]["text"]


def test_for_people() -> None:
    done = yanzhen_here("decide", given=json.dumps({**CASE, "fixed_place": False}))
    assert done.stdout.splitlines()[0] == "办理流动党员活动证"
    assert "依据：" in done.stdout


def test_it_needs_no_data_folder(tmp_path: Path) -> None:
    yanzhen("decide", "--json", folder=tmp_path, given=json.dumps(CASE))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "given", ["", "{", "[]", "8", "null", '"case"', "[" * 100_000, '{"months": ' + "9" * 5000 + "}"]
)
def test_what_is_no_json_object_is_a_wrong_call(given: str) -> None:
    done = yanzhen_here("decide", "--json", given=given)
    assert (done.returncode, done.stdout) == (2, "")
    assert is_one_sentence(done.stderr)


@pytest.mark.parametrize(
    "wrong", [{"months": -1}, {"purpose": "travel"}, {"fixed_place": "yes"}, {"months": None}]
)
def test_impossible_values_are_refused(wrong: dict[str, Any]) -> None:
    done = yanzhen_here("decide", "--json", given=json.dumps({**CASE, **wrong}))
    assert (done.returncode, done.stdout) == (1, "")
    assert is_one_sentence(done.stderr)
    assert next(iter(wrong)) in done.stderr


def test_an_empty_object_lacks_everything(tmp_path: Path) -> None:
    done = yanzhen("decide", "--json", folder=tmp_path, given="{}")
    assert done.returncode == 1
    assert is_one_sentence(done.stderr)
