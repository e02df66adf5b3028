"""`yanzhen duties`: rebuilt from facts, and every difference named."""

from __future__ import annotations

import json
from datetime import date

import pytest

from tests.cast import Cast
from tests.duties.steps import depart
from yanzhen.cli import main
from yanzhen.duties.models import Standing


def test_check_finds_nothing_where_nothing_differs(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    depart(cast)
    assert main(["duties", "check"]) == 0
    assert "一致" in capsys.readouterr().out
    assert main(["duties", "check", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"differences": []}


def test_check_names_what_differs_until_it_is_rebuilt(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    depart(cast)
    Standing.objects.filter(duty="decision").update(due_on=date(2030, 1, 1))
    assert main(["duties", "check"]) == 1
    said = capsys.readouterr()
    assert str(cast.weizhiqiang.id) in said.out
    assert "duty=decision" in said.out
    assert "2030-01-01" in said.out
    assert "2027-05-23" in said.out
    assert said.err.strip().endswith("。")
    assert main(["duties", "check", "--json"]) == 1
    (difference,) = json.loads(capsys.readouterr().out)["differences"]
    assert difference["member"] == str(cast.weizhiqiang.id)
    assert main(["duties", "rebuild", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"standing": 4}
    assert main(["duties", "check"]) == 0


def test_a_call_without_its_step_is_wrong(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["duties"])
    assert stopped.value.code == 2
    assert capsys.readouterr().err
