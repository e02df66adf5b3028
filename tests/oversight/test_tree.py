"""The tree: numbers below each unit, the rule on size that bites, and no more queries for thousands of units."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import TODAY, Cast
from yanzhen.access.models import Appointment
from yanzhen.access.rows import insert
from yanzhen.accounts.services import end_appointment
from yanzhen.kernel.paths import segment
from yanzhen.org.models import Unit, UnitKind
from yanzhen.org.services import rename_unit
from yanzhen.oversight.tree import ROOM, Leaf, chart, size, tree
from yanzhen.people.services import add_members, change_member
from yanzhen.policy.services import set_parameter

pytestmark = pytest.mark.django_db


def test_numbers_and_sizes(cast_away: Cast) -> None:
    (town,) = tree(actor=cast_away.actor("guming")).leaves
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


@pytest.fixture
def county(cast: Cast) -> Cast:
    """The town with 5,000 units more: 100 general branches of 49 branches each."""
    areas = [_unit(cast.town, 100 + n, f"第{n + 1}片区党总支", UnitKind.GENERAL_BRANCH) for n in range(100)]
    insert(areas)
    insert([_unit(area, n, f"{area.name[1:-4]}{n}组党支部") for area in areas for n in range(1, 50)])
    return cast


@pytest.fixture
def officer(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.account("zhouhui"), "django.contrib.auth.backends.ModelBackend")
    return client


def test_the_page_of_thousands_of_units_shows_the_first_levels(county: Cast, officer: Client) -> None:
    with CaptureQueriesContext(connection) as queries:
        page = officer.get(reverse("units")).content.decode()
    assert len(queries) <= 15
    assert page.count('class="leaf"') == 103
    assert page.count("下面 49 个党组织") == 100
    area = Unit.objects.get(name="第7片区党总支")
    opened = f"{reverse('units')}?at={area.id}"
    assert (
        page.count(f'hx-get="{opened}"') == page.count(f'href="{opened}"') == 1
    )  # without JavaScript as well
    below = officer.get(opened).content.decode()
    assert below.count('class="leaf"') == 50
    assert "7片49组党支部" in below


def test_a_level_that_is_too_wide_is_paged(cast: Cast, officer: Client) -> None:
    insert([_unit(cast.town, n, f"第{n}党支部") for n in range(100, 500)])
    first = officer.get(reverse("units")).content.decode()
    assert first.count('class="leaf"') == ROOM + 1
    assert "第 1 页，共 3 页" in first
    last = officer.get(reverse("units"), {"page": "3"}).content.decode()
    assert last.count('class="leaf"') == 402 - 2 * ROOM + 1
    assert "第499党支部" in last


def test_a_unit_is_found_among_thousands(county: Cast, officer: Client) -> None:
    rename_unit(
        actor=county.actor("zhouhui"), unit_id=Unit.objects.get(name="8片3组党支部").id, name="龙井党支部"
    )
    with CaptureQueriesContext(connection) as queries:
        found = officer.get(reverse("units"), {"q": "8片3组"}).content.decode()
    assert len(queries) <= 15
    assert "龙井党支部" in found
    assert "原名“8片3组党支部”" in found
    assert "18片3组党支部" in found
    assert "第8片区党总支" in found
    assert "7片3组" not in found
    code = Unit.objects.get(name="5片2组党支部").code
    assert "5片2组党支部" in officer.get(reverse("units"), {"q": code}).content.decode()
    assert "没有叫这个名称的党组织" in officer.get(reverse("units"), {"q": "查无此部"}).content.decode()


def test_a_tree_begins_only_where_one_may_look(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.account("liuqing"), "django.contrib.auth.backends.ModelBackend")
    assert client.get(reverse("units"), {"at": str(cast.qingshi.id)}).status_code == 404
    assert client.get(reverse("units"), {"at": "7"}).status_code == 404
    assert "青石村党支部" not in client.get(reverse("units"), {"q": "村"}).content.decode()


def test_a_chart_names_secretaries_and_numbers(cast_away: Cast, officer: Client) -> None:
    with CaptureQueriesContext(connection) as queries:
        page = officer.get(reverse("unit_chart", args=[cast_away.town.id])).content.decode()
    assert len(queries) <= 15
    assert page.count('class="box"') == 3
    for told in ("云岭县青禾镇党委组织结构图", "书记 石磊", "书记 柳青", "党员 2 名，外出 1 名"):
        assert told in page


def test_a_secretary_of_today_stands_on_the_chart(cast: Cast) -> None:
    officer = cast.actor("zhouhui")
    held = Appointment.objects.get(account=cast.account("shilei"))
    end_appointment(actor=officer, appointment_id=held.id)
    (qingshi, liuhe) = chart_of(cast, "zhouhui").children
    assert (qingshi.secretaries, liuhe.secretaries) == ([], ["柳青"])


def test_a_chart_of_thousands_leaves_out_the_deepest_level_and_says_so(county: Cast, officer: Client) -> None:
    page = officer.get(reverse("unit_chart", args=[county.town.id])).content.decode()
    assert page.count('class="box"') == 103
    assert page.count("下面还有 49 个党组织，没有画出") == 100


def test_an_ended_unit_has_no_chart(cast: Cast, officer: Client) -> None:
    Unit.objects.filter(pk=cast.liuhe.pk).update(ended_on=TODAY)
    assert "没有结构图" in officer.get(reverse("unit_chart", args=[cast.liuhe.id])).content.decode()


def chart_of(cast: Cast, username: str) -> Leaf:
    found = chart(actor=cast.actor(username), unit=cast.town)
    assert found is not None
    return found


def _unit(parent: Unit, number: int, name: str, kind: str = UnitKind.BRANCH) -> Unit:
    return Unit(
        parent=parent,
        path=parent.path + segment(number),
        code=f"{parent.code}.{number}",
        name=name,
        kind=kind,
    )
