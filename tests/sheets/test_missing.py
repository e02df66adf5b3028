"""missing: who is not in a roster that is said to be whole; gone through once, kept until something changes it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.cast import TODAY
from tests.sheets.conftest import Desk
from tests.sheets.test_against import SAME, TWIN, decide
from yanzhen.contact.services import log_contact
from yanzhen.kernel.errors import DomainError
from yanzhen.org.models import UnitKind
from yanzhen.org.services import found_unit, rename_unit
from yanzhen.people.models import Member
from yanzhen.people.services import add_member, change_member
from yanzhen.sheets import missing as module
from yanzhen.sheets import services
from yanzhen.sheets.missing import missing
from yanzhen.sheets.models import Batch


def test_who_is_not_in_a_whole_roster_is_listed(desk: Desk) -> None:
    batch = desk.stage({"name": "韦志强", "unit": "青石村党支部"})
    assert missing(actor=desk.officer, batch_id=batch.id) == [desk.cast.huangxiulan.id]
    named = desk.stage(SAME, {"name": "韦志强", "unit": "青石村党支部"}, TWIN)
    assert missing(actor=desk.officer, batch_id=named.id) == []
    assert Member.objects.filter(name="黄秀兰").exists()


@pytest.fixture
def never_again(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """From then on nobody goes through a roster."""

    def refuse(_batch: Batch) -> None:
        raise AssertionError("the roster was gone through once more")

    return lambda: monkeypatch.setattr(module, "open_batch", refuse)


def test_it_is_gone_through_once(
    desk: Desk, never_again: Callable[[], None], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    batch = desk.stage({"name": "韦志强", "unit": "青石村党支部"})
    found = missing(actor=desk.officer, batch_id=batch.id)
    assert found == [desk.cast.huangxiulan.id]
    never_again()
    log_contact(actor=desk.officer, member_id=found[0], on=TODAY, means="phone", reached=True)
    officer = desk.officer
    with django_assert_max_num_queries(4):
        assert missing(actor=officer, batch_id=batch.id) == found


def add(desk: Desk, batch: Batch) -> None:
    add_member(actor=desk.officer, unit_id=desk.cast.qingshi.id, values={"name": "农春兰"})


def rename_member(desk: Desk, batch: Batch) -> None:
    change_member(actor=desk.officer, member_id=desk.cast.weizhiqiang.id, values={"name": "韦志伟"})


def rename_branch(desk: Desk, batch: Batch) -> None:
    """The roster's branch bears another name, and another branch its name."""
    rename_unit(actor=desk.officer, unit_id=desk.cast.qingshi.id, name="青石社区党支部")
    found_unit(actor=desk.officer, parent_id=desk.cast.town.id, name="青石村党支部", kind=UnitKind.BRANCH)


def import_another(desk: Desk, batch: Batch) -> None:
    desk.bring_in({"name": "农春兰", "unit": "青石村党支部"})


def decide_about_it(desk: Desk, batch: Batch) -> None:
    decide(desk, batch, r3="other")


@pytest.mark.parametrize(
    ("what", "count"),
    [(add, 2), (rename_member, 2), (rename_branch, 0), (import_another, 2), (decide_about_it, 2)],
)
def test_what_changes_it_makes_it_anew(desk: Desk, what: Callable[[Desk, Batch], None], count: int) -> None:
    batch = desk.stage({"name": "韦志强", "unit": "青石村党支部"}, {**TWIN, "unit": "柳河村党支部"})
    assert len(missing(actor=desk.officer, batch_id=batch.id)) == 1
    what(desk, batch)
    assert len(missing(actor=desk.officer, batch_id=batch.id)) == count


def test_after_the_import_it_is_as_of_the_import(desk: Desk, never_again: Callable[[], None]) -> None:
    never_again()
    done = desk.bring_in(
        {"name": "韦志强", "unit": "青石村党支部"},
        {"name": "罗大山", "unit": "青石村党支部"},
        {"name": "农春兰", "unit": "大坪村党支部"},
    )
    add_member(actor=desk.officer, unit_id=desk.cast.qingshi.id, values={"name": "后来"})
    assert missing(actor=desk.officer, batch_id=done.batch_id) == [desk.cast.huangxiulan.id]


def test_a_long_roster_is_gone_through_by_its_import_only(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LOOKED_AT", 1)
    batch = desk.stage(SAME, {"name": "覃小燕", "unit": "柳河村党支部"})
    with pytest.raises(DomainError, match="导入以后再看"):
        missing(actor=desk.officer, batch_id=batch.id)
    client = Client()
    client.force_login(desk.cast.account("zhouhui"), "django.contrib.auth.backends.ModelBackend")
    assert "导入以后再看" in client.get(reverse("batch_missing", args=[batch.id])).content.decode()
    services.apply(actor=desk.officer, batch_id=batch.id, confirm_new_units=False)
    assert missing(actor=desk.officer, batch_id=batch.id) == [desk.cast.weizhiqiang.id]
