"""Possible twins: what the rule says, that SQL finds what it says, and who sees which pairs."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cast import Cast
from yanzhen.kernel.errors import NotFound
from yanzhen.kernel.ids import uuid7
from yanzhen.people.columns import COLUMNS
from yanzhen.people.id_number import check_character
from yanzhen.people.models import Member
from yanzhen.people.readings import name_key
from yanzhen.people.services import add_member, add_members
from yanzhen.reorganization import twins
from yanzhen.reorganization.merging import take_back_apart, tell_apart
from yanzhen.reorganization.rules import Registration, Why, absence_from_other, reasons, takes_other
from yanzhen.reorganization.twins import pairs, twins_of, units_to_choose

pytestmark = pytest.mark.django_db
HERE, THERE = uuid7(), uuid7()


def one(name: str, /, unit: Any = HERE, **known: str) -> Registration:
    return Registration(name=name, reading=name_key(name).rpartition(" ")[0], unit_id=unit, **known)


@pytest.mark.parametrize(
    ("first", "second", "why"),
    [
        (one("韦志强", birth_on="1985-03-07"), one("韦志强", THERE, birth_on="1985-03"), {Why.BIRTH}),
        (one("韦志强", birth_on="1985"), one("韦志强", THERE, birth_on="1985"), set()),
        (one("韦志强", birth_on="1985-03"), one("韦志强", THERE, birth_on="1985-04"), set()),
        (one("韦志强", joined_on="2006-07-01"), one("韦志强", THERE, joined_on="2006-07"), {Why.JOINED}),
        (
            one("韦志强", joined_on="2006-07", birth_on="1985-03"),
            one("韦志强", THERE, joined_on="2006-07", birth_on="1958-03"),
            {Why.JOINED},
        ),
        (one("韦志强", phone="p"), one("韦志强", THERE, phone="p"), {Why.PHONE}),
        (one("韦志强", phone="p"), one("韦志刚", THERE, phone="p"), {Why.PHONE}),
        (one("韦志强", phone="p"), one("韦强", THERE, phone="p"), {Why.PHONE}),
        (one("韦志强", phone="p"), one("黄秀兰", THERE, phone="p"), set()),
        (one("王伟", phone="p"), one("王芳", THERE, phone="p"), set()),
        (one("韦志强", phone="p", birth_on="1985"), one("韦志刚", THERE, phone="p", birth_on="1960"), set()),
        (one("韦志强"), one("韦志強"), {Why.READING}),
        (one("韦志强"), one("韦志强", THERE), set()),
        (one("韦志强", birth_on="1985-03"), one("韦志強", birth_on="1986-03"), set()),
        (one("韦志强", number="a"), one("韦志强", number="b"), set()),
        (one("韦志强", number="a"), one("韦志强"), {Why.READING}),
        (one("韦志强", gender="male"), one("韦志强", gender="female"), set()),
    ],
)
def test_reasons(first: Registration, second: Registration, why: set[Why]) -> None:
    assert set(reasons(first, second)) == set(reasons(second, first)) == why


@pytest.mark.parametrize(
    ("key", "kept", "other", "taken"),
    [
        ("employer", "", "甲厂", True),
        ("employer", "甲厂", "", False),
        ("employer", "甲厂", "乙厂", False),
        ("is_lost", None, False, True),
        ("birth_on", "1985", "1985-03", True),
        ("birth_on", "1985-03", "1985", False),
        ("birth_on", "1985", "1986-03", False),
    ],
)
def test_which_value_is_proposed(key: str, kept: Any, other: Any, taken: bool) -> None:
    assert takes_other(COLUMNS[key], kept, other) is taken


def test_the_absence_whose_whereabouts_are_known_stays() -> None:
    from tests.cast import TODAY

    home, away, known = (None, False), (None, True), (TODAY, True)
    assert [
        absence_from_other(*both) for both in ((home, home), (away, home), (away, away), (known, away))
    ] == [False] * 4
    assert [absence_from_other(*both) for both in ((home, away), (away, known))] == [True] * 2
    assert not absence_from_other(known, known)


PEOPLE = st.lists(
    st.fixed_dictionaries(
        {
            "name": st.sampled_from(["韦志强", "韦志強", "韦志刚", "韦强", "买买提·依明"]),
            "unit": st.integers(0, 1),
            "birth_on": st.sampled_from(["", "1985", "1985-03", "1985-03-07", "1986-03"]),
            "joined_on": st.sampled_from(["", "2006-07", "2006-07-01", "2007"]),
            "phone": st.sampled_from(["", "19900000071", "19900000072"]),
            "gender": st.sampled_from(["", "male", "female"]),
            "numbered": st.booleans(),
        }
    ),
    min_size=2,
    max_size=7,
)


@given(people=PEOPLE, why=st.sampled_from([None, *Why]))
@settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_sql_finds_what_the_rule_says(cast: Cast, people: list[dict[str, Any]], why: Why | None) -> None:
    before = transaction.savepoint()
    try:
        officer, units = cast.actor("zhouhui"), (cast.qingshi.id, cast.liuhe.id)
        rows = []
        for number, person in enumerate(people):
            first_17 = f"52269919900109{number + 100}"
            own = first_17 + check_character(first_17) if person.pop("numbered") else ""
            rows.append((units[person.pop("unit")], {**person, "id_number": own}))
        add_members(actor=officer, rows=rows)
        registered = [(it, twins._registration(it)) for it in Member.objects.all()]
        expected = {
            frozenset((a.id, b.id)): set(found)
            for (a, first), (b, second) in combinations(registered, 2)
            if (found := reasons(first, second)) and (why is None or why in found)
        }
        listed = pairs(actor=officer, why=why).rows
        assert {frozenset((it.one.id, it.other.id)): set(it.reasons) for it in listed} == expected
        assert len(listed) == len(expected)
    finally:
        transaction.savepoint_rollback(before)


@pytest.fixture
def twin(cast: Cast) -> Member:
    """覃小燕 of 柳河村 once more, at 青石村."""
    values = {"name": "覃小燕", "phone": "19900000003"}
    return add_member(actor=cast.actor("zhouhui"), unit_id=cast.qingshi.id, values=values)


def test_both_sides_are_within_what_the_actor_may_merge(cast: Cast, twin: Member) -> None:
    assert [set(it.reasons) for it in pairs(actor=cast.actor("zhouhui")).rows] == [{Why.PHONE}]
    for username in ("shilei", "liuqing", "guming", "lufang"):
        assert pairs(actor=cast.actor(username)).rows == []
    with pytest.raises(NotFound):
        pairs(actor=cast.actor("liuqing"), unit_id=cast.qingshi.id)


def test_one_of_the_two_is_in_the_unit_that_is_asked_for(cast: Cast, twin: Member) -> None:
    officer = cast.actor("zhouhui")
    for unit in (cast.qingshi, cast.liuhe, cast.town):
        (found,) = pairs(actor=officer, unit_id=unit.id).rows
        assert {found.one, found.other} == {cast.qinxiaoyan, twin}
    assert pairs(actor=officer, why=Why.BIRTH).rows == []
    assert set(units_to_choose(actor=officer)) == {cast.town, cast.qingshi, cast.liuhe}
    assert list(units_to_choose(actor=cast.actor("liuqing"))) == [cast.liuhe]


def test_two_people_are_kept_apart(cast: Cast, twin: Member) -> None:
    officer = cast.actor("zhouhui")
    tell_apart(actor=officer, one_id=cast.qinxiaoyan.id, other_id=twin.id)
    assert pairs(actor=officer).rows == twins_of(actor=officer, member_id=twin.id) == []
    (told,) = pairs(actor=officer, apart=True).rows
    assert {told.one, told.other} == {cast.qinxiaoyan, twin}
    take_back_apart(actor=officer, one_id=twin.id, other_id=cast.qinxiaoyan.id)
    assert pairs(actor=officer, apart=True).rows == []
    assert len(pairs(actor=officer).rows) == len(twins_of(actor=officer, member_id=twin.id)) == 1


def test_a_look_is_bounded(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    officer = cast.actor("zhouhui")
    rows = [(cast.liuhe.id, {"name": "覃小燕"})] * 6
    add_members(actor=officer, rows=rows)
    assert len(pairs(actor=officer).rows) == 7 * 6 // 2
    monkeypatch.setattr(twins, "MOST", 5)
    monkeypatch.setattr(twins, "_CHUNK", 2)
    found = pairs(actor=officer)
    assert (len(found.rows), found.is_whole) == (5, False)
    monkeypatch.setattr(twins, "WITHIN", 8)
    assert pairs(actor=officer).is_too_wide
    assert pairs(actor=officer, unit_id=cast.liuhe.id).rows


def test_the_number_of_queries_does_not_grow(cast: Cast) -> None:
    officer = cast.actor("zhouhui")

    def count() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            list(pairs(actor=officer).rows)
        return len(asked)

    add_members(actor=officer, rows=[(cast.liuhe.id, {"name": "覃小燕"})])
    few = count()
    add_members(actor=officer, rows=[(cast.liuhe.id, {"name": f"罗{n}山"}) for n in range(20)] * 2)
    assert count() == few
