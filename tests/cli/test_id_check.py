"""`yanzhen id check`: what an ID number says, or why it says nothing."""

import json
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from tests.cli.processes import is_one_sentence, yanzhen, yanzhen_here

KEYS = {"number", "valid", "problem", "message", "birth_on", "gender", "division"}


def check(number: str, code: int) -> dict[str, Any]:
    return answer(yanzhen_here("id", "check", number, "--json"), code)


def answer(done: CompletedProcess[str], code: int) -> dict[str, Any]:
    assert done.returncode == code
    found: dict[str, Any] = json.loads(done.stdout)
    assert found.keys() == KEYS
    assert bool(done.stderr) is (code == 1)
    return found


def test_a_valid_number(tmp_path: Path) -> None:
    found = answer(yanzhen("id", "check", "522699198503071236", "--json", folder=tmp_path), 0)
    assert (found["valid"], found["problem"], found["birth_on"], found["gender"]) == (
        True,
        None,
        "1985-03-07",
        "male",
    )
    assert found["division"] == {"code": "522600", "name": "贵州省黔东南苗族侗族自治州"}


def test_a_place_that_does_not_exist() -> None:
    assert check("999999198503071236", 0)["division"] is None


@pytest.mark.parametrize(
    ("number", "problem"),
    [
        ("522699198503071235", "checksum"),
        ("52269919850307123", "length"),
        ("52269919850307123Y", "format"),
        ("522699198502301239", "impossible_date"),
        ("", "format"),
    ],
)
def test_why_not(number: str, problem: str) -> None:
    found = check(number, 1)
    assert (found["valid"], found["problem"], found["birth_on"]) == (False, problem, None)


def test_for_people() -> None:
    done = yanzhen_here("id", "check", "522699198503071236")
    assert (done.returncode, done.stdout.splitlines()[1]) == (0, "男，1985-03-07，贵州省黔东南苗族侗族自治州")
    done = yanzhen_here("id", "check", "522699198503071235")
    assert (done.returncode, done.stdout) == (1, "")
    assert is_one_sentence(done.stderr)
