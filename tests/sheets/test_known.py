"""Whom a chunk of rows may speak of: only those are fetched, and nobody whom the rules would have wanted is missing."""

from __future__ import annotations

from itertools import product

import pytest
from django.db.models import Q

from tests.cast import TODAY, Cast
from yanzhen.people.columns import Value
from yanzhen.people.services import add_members
from yanzhen.sheets import rules
from yanzhen.sheets.known import Known
from yanzhen.sheets.recognition import Row

pytestmark = pytest.mark.django_db

BIRTHS = ["", "1985", "1985-03", "1985-03-07", "1985-04-01", "1986"]
JOININGS = ["", "2010", "2010-07", "2010-07-01", "2011-01"]
NUMBERS = ["522699197002034328", "522699198503071279"]


@pytest.fixture
def town(cast: Cast) -> Cast:
    """Namesakes with every pair of dates; two have ID numbers, two phones."""
    rows: list[dict[str, Value]] = [
        {"name": "王国强", "birth_on": born, "joined_on": joined}
        for born, joined in product(BIRTHS, JOININGS)
    ]
    rows += [
        {"name": "王国强", "birth_on": "1985-03-07", "joined_on": "2010-07", "id_number": NUMBERS[0]},
        {"name": "王国强", "birth_on": "1990-01-01", "joined_on": "2015-01", "phone": "19900007777"},
        {"name": "王国华", "birth_on": "1991-01-01", "phone": "19900007777"},
    ]
    add_members(actor=cast.actor("zhouhui"), rows=[(cast.liuhe.id, values) for values in rows])
    return cast


def test_the_rules_answer_as_if_all_namesakes_were_there(town: Cast) -> None:
    bare = Row(row=3, values={"name": "王国强"}, problems=[])
    for born, joined, number, phone in product(BIRTHS, JOININGS, ["", *NUMBERS], ["", "19900007777"]):
        told = {"birth_on": born, "joined_on": joined, "id_number": number, "phone": phone}
        values: dict[str, Value] = {"name": "王国强", **{key: value for key, value in told.items() if value}}
        row = Row(row=2, values=values, problems=[])
        everybody = Known(Q(), [row, bare])
        assert len(everybody.by_name["王国强"]) == 32
        assert _answers(Known(Q(), [row]), values) == _answers(everybody, values), values


def test_a_name_with_many_bearers_brings_only_those_who_may_be_meant(town: Cast) -> None:
    values: dict[str, Value] = {"name": "王国强", "birth_on": "1992-02-02", "joined_on": "2019-01"}
    known = Known(Q(), [Row(row=2, values=values, problems=[])])
    # Those whose dates are known to the year at most; not who was born and joined in other months.
    assert {(len(it.birth_on) < 7 or len(it.joined_on) == 4) for it in known.by_name["王国强"]} == {True}
    assert len(known.by_name["王国强"]) == 18


def _answers(known: Known, values: dict[str, Value]) -> list[object]:
    person = known.person(values, None)
    namesakes = known.by_name.get("王国强", [])
    bearer = known.by_number.get(person.number)
    reached = known.by_phone.get(person.phone, [])
    found = rules.find(person, bearer=bearer, namesakes=namesakes, today=TODAY)
    twins = rules.twins(person, namesakes=namesakes, same_phone=reached, today=TODAY)
    return [
        found,
        {it.id for it in twins},
        {it.id for it in rules.other_numbers(person, namesakes)},
        {it.id for it in rules.fitting(person, namesakes, TODAY)},
    ]
