"""move_unit: everything below goes along, the old place sees nothing any more, and what is due is reckoned anew."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db.models import Model

from tests.cast import FOUNDER, PASSWORD, TODAY, Cast
from yanzhen.accounts.services import appoint, create_account
from yanzhen.duties.models import Standing
from yanzhen.duties.services import check
from yanzhen.kernel.errors import Conflict, DomainError, NotFound, NotPermitted
from yanzhen.ledger.facts import tell
from yanzhen.ledger.models import Fact
from yanzhen.ledger.sealing import Verified, verify
from yanzhen.org.models import Unit, UnitKind
from yanzhen.org.services import found_root, found_unit
from yanzhen.people.search import search
from yanzhen.policy.services import set_parameter
from yanzhen.reorganization.ground import OF_MEMBERS, OF_UNITS
from yanzhen.reorganization.queries import preview_unit
from yanzhen.reorganization.services import dissolve_unit, move_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def area(cast_away: Cast) -> Unit:
    """片区党总支, which asks for contact every second quarter."""
    officer = cast_away.actor("zhouhui")
    founded = found_unit(
        actor=officer, parent_id=cast_away.town.id, name="河西片区党总支", kind=UnitKind.GENERAL_BRANCH
    )
    set_parameter(
        actor=officer,
        unit=founded,
        key="contact.quarters",
        value="2",
        effective_from=date(2026, 1, 1),
        reason="片区规定",
    )
    return founded


def move(cast: Cast, area: Unit, **more: Any) -> Unit:
    return move_unit(actor=cast.actor("zhouhui"), unit_id=cast.qingshi.id, to_id=area.id, **more)


def test_everything_below_goes_along(cast_away: Cast, area: Unit) -> None:
    group = found_unit(
        actor=cast_away.actor("zhouhui"), parent_id=cast_away.qingshi.id, name="一组", kind=UnitKind.GROUP
    )
    old, code = cast_away.qingshi.path, cast_away.qingshi.code
    tables: list[Any] = [*OF_UNITS, *OF_MEMBERS, type(cast_away.weizhiqiang)]
    before = {table: at(table, old) for table in tables}
    moved = move(cast_away, area, on=TODAY - timedelta(days=3), reason=" 片区调整 ")
    assert (moved.path, moved.code, moved.parent_id) == (area.path + "0001", code, area.id)
    assert {table: at(table, moved.path) for table in tables} == before
    assert {table: at(table, old) for table in tables} == dict.fromkeys(tables, 0)
    group.refresh_from_db()
    assert group.path == moved.path + "0001"
    fact = Fact.objects.get(kind="org.unit.moved")
    assert (fact.path, fact.on, fact.subject_id) == (moved.path, TODAY - timedelta(days=3), moved.id)
    assert (
        tell([fact])[0].sentence
        == "周慧把“青石村党支部”从“云岭县青禾镇党委”划到“河西片区党总支”，理由：片区调整"
    )
    assert all(isinstance(answer, Verified) for answer in verify())


def at(table: type[Model], path: str) -> int:
    return table._default_manager.filter(path__startswith=path).count()


def test_what_the_new_place_has_set_counts(cast_away: Cast, area: Unit) -> None:
    of_contact = Standing.objects.filter(member=cast_away.weizhiqiang, duty="contact_quarterly")
    due_on = of_contact.get().due_on
    move(cast_away, area)
    assert of_contact.get().due_on > due_on
    assert list(check()) == []


def test_roles_and_search_work_at_the_new_place(cast_away: Cast, area: Unit) -> None:
    move(cast_away, area)
    secretary = cast_away.actor("shilei")
    assert [member.name for member in search(actor=secretary, text="wzq")] == ["韦志强"]
    account = create_account(actor=FOUNDER, username="hexi", name="何溪", password=PASSWORD, unit_id=area.id)
    appoint(actor=FOUNDER, account_id=account.id, unit_id=area.id, role="secretary")
    assert search(actor=cast_away.actor("hexi"), text="韦志强").count() == 1


def test_to_where_it_stands_changes_nothing(cast_away: Cast, area: Unit) -> None:
    for _twice in range(2):
        move(cast_away, area)
    assert Fact.objects.filter(kind="org.unit.moved").count() == 1


def test_places_that_cannot_be(cast_away: Cast, area: Unit) -> None:
    officer, town = cast_away.actor("zhouhui"), cast_away.town
    below = found_unit(actor=officer, parent_id=cast_away.qingshi.id, name="一组", kind=UnitKind.GROUP)
    for unit, to in ((cast_away.qingshi, below), (cast_away.qingshi, cast_away.qingshi), (town, area)):
        with pytest.raises(DomainError):
            move_unit(actor=officer, unit_id=unit.id, to_id=to.id)
    with pytest.raises(DomainError) as refused:
        move(cast_away, area, on=TODAY + timedelta(days=1))
    assert refused.value.field == "on"
    found_unit(actor=officer, parent_id=area.id, name="青石村党支部", kind=UnitKind.BRANCH)
    with pytest.raises(DomainError):
        move(cast_away, area)
    Unit.objects.filter(pk=area.pk).update(ended_on=TODAY)
    with pytest.raises(DomainError):
        move_unit(actor=officer, unit_id=cast_away.liuhe.id, to_id=area.id)
    assert not Fact.objects.filter(kind="org.unit.moved").exists()


def test_what_has_ended_is_not_moved_and_nothing_is_founded_below_it(cast: Cast) -> None:
    officer = cast.actor("zhouhui")
    ended = found_unit(actor=officer, parent_id=cast.town.id, name="老党支部", kind=UnitKind.BRANCH)
    dissolve_unit(actor=officer, unit_id=ended.id, reason="撤村")
    with pytest.raises(Conflict, match="已经撤销"):
        move_unit(actor=officer, unit_id=ended.id, to_id=cast.qingshi.id)
    with pytest.raises(DomainError, match="已经撤销"):
        found_unit(actor=officer, parent_id=ended.id, name="一组", kind=UnitKind.GROUP)
    assert not Unit.objects.filter(name="一组").exists()


def test_both_places_must_be_ones_own(cast_away: Cast, area: Unit) -> None:
    elsewhere = found_root(actor=FOUNDER, name="白水镇党委")
    officer = cast_away.actor("zhouhui")
    with pytest.raises(NotFound):
        move_unit(actor=officer, unit_id=cast_away.qingshi.id, to_id=elsewhere.id)
    with pytest.raises(NotPermitted):
        move_unit(actor=cast_away.actor("guming"), unit_id=cast_away.qingshi.id, to_id=area.id)
    account = create_account(
        actor=FOUNDER, username="pianqu", name="裴安", password=PASSWORD, unit_id=area.id
    )
    for unit in (area, cast_away.qingshi):
        appoint(actor=FOUNDER, account_id=account.id, unit_id=unit.id, role="officer")
    with pytest.raises((NotFound, NotPermitted)):  # the committee that it would leave did not agree
        move_unit(actor=cast_away.actor("pianqu"), unit_id=cast_away.qingshi.id, to_id=area.id)


def test_what_would_move_is_shown_before(cast_away: Cast) -> None:
    shown = preview_unit(actor=cast_away.actor("zhouhui"), unit_id=cast_away.qingshi.id)
    assert (shown.units, shown.members, shown.away, shown.contact_persons) == (0, 2, 1, 1)
    assert sorted(shown.names) == ["韦志强", "黄秀兰"]
    assert shown.duties == Standing.objects.filter(member=cast_away.weizhiqiang).count()
    assert sorted(shown.roles) == ["石磊（支部书记）", "陆芳（联系人）"]
    assert (shown.held, shown.more_roles) == (2, 0)
    with pytest.raises(NotFound):
        preview_unit(actor=cast_away.actor("liuqing"), unit_id=cast_away.qingshi.id)
