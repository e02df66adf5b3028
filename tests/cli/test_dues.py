"""`yanzhen dues`: one JSON document out, or one sentence and an exit code."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.processes import is_one_sentence, yanzhen

WAGE: dict[str, Any] = {"kind": "monthly_wage", "base": "6200.00", "month": "2026-11"}


def owed(folder: Path, **asked: Any) -> dict[str, Any]:
    done = yanzhen("dues", "--json", folder=folder, given=json.dumps(asked))
    assert (done.returncode, done.stderr) == (0, "")
    found: dict[str, Any] = json.loads(done.stdout)
    assert found.keys() == {"amount", "minimum", "maximum", "rate", "rule", "source"}
    return found


def test_the_contract(tmp_path: Path) -> None:
    found = owed(tmp_path, **WAGE)
    assert (found["amount"], found["rate"]) == ("93.00", "0.015")
    assert (found["minimum"], found["maximum"]) == (None, None)
    assert list(tmp_path.iterdir()) == []


def test_farmers_get_a_range(tmp_path: Path) -> None:
    found = owed(tmp_path, kind="farmer", month="2026-11")
    assert (found["amount"], found["minimum"], found["maximum"], found["rate"]) == (
        "0.20",
        "0.20",
        "1.00",
        None,
    )


def test_a_number_is_read_to_the_fen(tmp_path: Path) -> None:
    assert owed(tmp_path, **{**WAGE, "base": 3000.01})["amount"] == "30.00"


def test_for_people(tmp_path: Path) -> None:
    done = yanzhen("dues", folder=tmp_path, given=json.dumps({"kind": "farmer", "month": "2026-11"}))
    assert done.stdout.splitlines()[0] == "每月 0.20 元至 1.00 元"
    done = yanzhen("dues", folder=tmp_path, given=json.dumps(WAGE))
    assert done.stdout.splitlines()[0] == "每月 93.00 元"


@pytest.mark.parametrize("wrong", [{"base": "-1"}, {"base": "x"}, {"month": "2008-03"}, {"kind": "soldier"}])
def test_refused(tmp_path: Path, wrong: dict[str, Any]) -> None:
    done = yanzhen("dues", "--json", folder=tmp_path, given=json.dumps({**WAGE, **wrong}))
    assert (done.returncode, done.stdout) == (1, "")
    assert is_one_sentence(done.stderr)


def test_what_is_no_json_is_a_wrong_call(tmp_path: Path) -> None:
    done = yanzhen("dues", "--json", folder=tmp_path, given="6200")
    assert (done.returncode, done.stdout) == (2, "")
    assert is_one_sentence(done.stderr)
