"""Importing a batch: who comes in, what stays out, what it does to the base."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import pytest
from pytest_django import Settings

from tests.cast import Cast
from tests.sheets.books import roster
from yanzhen.people.models import Member
from yanzhen.people.values import member_values
from yanzhen.sheets import services
from yanzhen.sheets.outcome import Outcome


@pytest.fixture(autouse=True)
def _uploads(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_FOLDER = tmp_path


def bring_in(cast: Cast, data: bytes, *, yes: bool = True) -> Outcome:
    officer = cast.actor("zhouhui")
    batch = services.stage(actor=officer, unit_id=cast.town.id, file_name="名册.xlsx", data=data)
    return services.apply(actor=officer, batch_id=batch.id, confirm_new_units=yes)


def test_new_people_come_in_with_their_units(cast: Cast) -> None:
    done = bring_in(
        cast,
        roster(
            {"name": "罗大山", "gender": "male", "unit": "青石村党支部", "phone": "19900000011", "joined_on": "2010-07"},
            {"name": "农春兰", "gender": "female", "unit": "大坪村党支部", "phone": "19900000012", "joined_on": "2012"},
        ),
    )
    assert done.counts == {"rows": 2, "added": 2, "changed": 0, "same": 0, "left_out": 0, "problems": 0}
    assert done.new_units == ("大坪村党支部",)
    member = Member.objects.get(name="农春兰")
    assert member.unit.name == "大坪村党支部"
    assert member.unit.kind == "branch"
    assert member_values(member)["phone"] == "19900000012"
