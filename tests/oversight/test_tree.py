"""The tree: numbers below each unit, the rule on size that bites, and no more queries for thousands of units."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import Cast
from yanzhen.access.rows import insert
from yanzhen.kernel.paths import segment
from yanzhen.org.models import Unit, UnitKind
from yanzhen.oversight.tree import size, tree
from yanzhen.people.services import add_members, change_member
from yanzhen.policy.services import set_parameter

pytestmark = pytest.mark.django_db


def test_numbers_and_sizes(cast_away: Cast) -> None:
    (town,) = tree(actor=cast_away.actor("guming"))
    assert (town.members, town.away, town.sizes) == (3, 2, [])
    told = {
        leaf.unit.name: (leaf.members, [clause.number for clause in leaf.sizes]) for leaf in town.children
    }
    assert told == {"青石村党支部": (2, [3]), "柳河村党支部": (1, [3])}


def test_probationary_members_do_not_make_a_branch(cast: Cast) -> None:
    officer = cast.actor("zhouhui")
    third = add_members(actor=officer, rows=[(cast.qingshi.id, {"name": "莫三"})])[0]
    assert size(actor=officer, unit=cast.qingshi).bites == []
    change_member(actor=officer, member_id=third.id, values={"stage": "probationary"})
    found = size(actor=officer, unit=cast.qingshi)
    assert (found.members, found.full, [clause.number for clause in found.bites]) == (3, 2, [3])
    assert "支部工作条例" in found.bites[0].source


def test_what_a_committee_sets_counts(cast: Cast) -> None:
    officer = cast.actor("zhouhui")
    for key in ("org.branch.least", "org.branch.committee"):
        set_parameter(
            actor=officer,
            unit=cast.qingshi,
            key=key,
            value="2",
            effective_from=date(2026, 1, 1),
            reason="试点",
        )
    found = size(actor=officer, unit=cast.qingshi)
    assert found.bites == []
    assert found.committee is not None
    assert size(actor=officer, unit=cast.liuhe).bites[0].number == 3


def test_the_page_stays_quick(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.account("zhouhui"), "django.contrib.auth.backends.ModelBackend")
    insert([_unit(cast, number) for number in range(100, 500)])
    with CaptureQueriesContext(connection) as queries:
        page = client.get(reverse("units"))
    assert page.content.decode().count('class="leaf"') == 403
    assert len(queries) <= 15
    found = client.get(reverse("units"), {"q": "第123党支部"}).content.decode()
    assert "第123党支部" in found
    assert "第124党支部" not in found


def _unit(cast: Cast, number: int) -> Unit:
    return Unit(
        parent=cast.town,
        path=cast.town.path + segment(number),
        code=f"t{number}",
        name=f"第{number}党支部",
        kind=UnitKind.BRANCH,
    )
