"""`yanzhen dues`: one JSON document out, or one sentence and an exit code."""

import json
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from tests.cli.processes import is_one_sentence, yanzhen, yanzhen_here

WAGE: dict[str, Any] = {"kind": "monthly_wage", "base": "6200.00", "month": "2026-11"}


def owed(**asked: Any) -> dict[str, Any]:
    return answer(yanzhen_here("dues", "--json", given=json.dumps(asked)))


def answer(done: CompletedProcess[str]) -> dict[str, Any]:
    assert (done.returncode, done.stderr) == (0, "")
    found: dict[str, Any] = json.loads(done.stdout)
    assert found.keys() == {"amount", "minimum", "maximum", "rate", "rule", "source"}
    return found


def test_the_contract(tmp_path: Path) -> None:
    found = answer(yanzhen("dues", "--json", folder=tmp_path, given=json.dumps(WAGE)))
    assert (found["amount"], found["rate"]) == ("93.00", "0.015")
    assert (found["minimum"], found["maximum"]) == (None, None)
    assert list(tmp_path.iterdir()) == []


def test_farmers_get_a_range() -> None:
    found = owed(kind="farmer", month="2026-11")
    assert (found["amount"], found["minimum"], found["maximum"], found["rate"]) == (
        "0.20",
        "0.20",
        "1.00",
        None,
    )


def test_a_number_is_read_to_the_fen() -> None:
    assert owed(**{**WAGE, "base": 3000.01})["amount"] == "30.00"


def test_for_people() -> None:
    done = yanzhen_here("dues", given=json.dumps({"kind": "farmer", "month": "2026-11"}))
    assert done.stdout.splitlines()[0] == "每月 0.20 元至 1.00 元"
    done = yanzhen_here("dues", given=json.dumps(WAGE))
    assert done.stdout.splitlines()[0] == "每月 93.00 元"


@pytest.mark.parametrize("wrong", [{"base": "-1"}, {"base": "x"}, {"month": "2008-03"}, {"kind": "soldier"}])
def test_refused(wrong: dict[str, Any]) -> None:
    done = yanzhen_here("dues", "--json", given=json.dumps({**WAGE, **wrong}))
    assert (done.returncode, done.stdout) == (1, "")
    assert is_one_sentence(done.stderr)


def test_what_is_no_json_is_a_wrong_call() -> None:
    done = yanzhen_here("dues", "--json", given="6200")
    assert (done.returncode, done.stdout) == (2, "")
    assert is_one_sentence(done.stderr)
