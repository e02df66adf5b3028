"""merge_members, split_members: one registration of two, and the very same two again."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.core import serializers

from tests.cast import TODAY, Cast
from tests.duties.steps import call, depart, keep
from yanzhen.contact.models import Assignment, Contact
from yanzhen.duties.models import Standing
from yanzhen.duties.services import check
from yanzhen.kernel.errors import Conflict, DomainError, NotFound, NotPermitted
from yanzhen.ledger.models import Fact
from yanzhen.ledger.sealing import Verified, verify
from yanzhen.mobility.models import Absence
from yanzhen.people.corrections import propose_correction
from yanzhen.people.id_number import check_character
from yanzhen.people.models import Member, SearchTerm
from yanzhen.people.services import add_member, change_member, look
from yanzhen.people.timeline import timeline
from yanzhen.people.values import member_values, value_of
from yanzhen.reorganization.merging import merge_members, split_members

pytestmark = pytest.mark.django_db


@pytest.fixture
def twin(cast: Cast) -> Member:
    """韦志强 once more, at 柳河村: with another phone, an employer and without an ID number."""
    values = {"name": "韦志強", "phone": "19900000055", "employer": "华强电子厂"}
    return add_member(actor=cast.actor("zhouhui"), unit_id=cast.liuhe.id, values=values)


def merge(cast: Cast, twin: Member, *take: str) -> Member:
    return merge_members(
        actor=cast.actor("zhouhui"), keep_id=cast.weizhiqiang.id, other_id=twin.id, take=take
    )


def state() -> dict[str, Any]:
    """Every row of the roster and what hangs on it; standing without its keys."""
    tables = (Member, Absence, Assignment, Contact)
    rows: dict[str, Any] = {
        table.__name__: serializers.serialize("python", table._default_manager.order_by("pk"))
        for table in tables
    }
    for row in rows["Member"]:  # sealed anew, the same value looks different
        row["fields"] = {key: value for key, value in row["fields"].items() if not key.endswith("_sealed")}
    rows["values"] = {member.id: member_values(member) for member in Member.objects.all()}
    rows["terms"] = sorted(SearchTerm.objects.values_list("member_id", "term", "path"))
    rows["standing"] = sorted(
        Standing.objects.values_list("member_id", "duty", "path", "since", "due_on"), key=str
    )
    return rows


def test_the_one_who_stays_has_the_chosen_values(cast: Cast, twin: Member) -> None:
    merge(cast, twin, "employer", "phone")
    kept = Member.objects.get(pk=cast.weizhiqiang.id)
    assert (kept.name, kept.employer, value_of(kept, "phone")) == ("韦志强", "华强电子厂", "19900000055")
    assert not Member.objects.filter(pk=twin.id).exists()


def test_what_happened_to_the_other_follows(cast: Cast, twin: Member) -> None:
    depart(cast, on=date(2026, 9, 1), member=twin)
    call(cast, on=date(2026, 11, 2), member=twin)
    due = dict(Standing.objects.filter(member=twin).values_list("duty", "due_on"))
    merge(cast, twin)
    assert Absence.objects.get().member_id == Contact.objects.get().member_id == cast.weizhiqiang.id
    assert dict(Standing.objects.values_list("duty", "due_on")) == due
    assert set(Standing.objects.values_list("member_id", "path")) == {
        (cast.weizhiqiang.id, cast.weizhiqiang.path)
    }
    assert list(check()) == []
    told = [it.sentence for it in timeline(actor=cast.actor("shilei"), member_id=cast.weizhiqiang.id)]
    assert "周慧把柳河村党支部的“韦志強”并入这条登记" in told
    assert any("外出到浙江杭州" in sentence for sentence in told)


def both_away(cast: Cast, twin: Member) -> None:
    depart(cast, on=date(2026, 9, 1))
    depart(cast, on=date(2026, 10, 1), member=twin)
    keep(cast)
    call(cast, on=TODAY)


def only_the_other(cast: Cast, twin: Member) -> None:
    depart(cast, on=date(2026, 10, 1), member=twin)


def nobody(cast: Cast, twin: Member) -> None:
    """Both are at home."""


@pytest.mark.parametrize("before", [both_away, only_the_other, nobody])
def test_split_again_both_are_what_they_were(
    cast: Cast, twin: Member, before: Callable[[Cast, Member], None]
) -> None:
    before(cast, twin)
    was = state()
    merge(cast, twin, "employer", "phone", "name")
    assert state() != was
    assert list(check()) == []
    look(actor=cast.actor("shilei"), member_id=cast.weizhiqiang.id)
    assert split_members(actor=cast.actor("zhouhui"), member_id=cast.weizhiqiang.id).id == twin.id
    assert state() == was
    assert list(check()) == []
    assert all(isinstance(answer, Verified) for answer in verify())


def test_the_own_account_and_the_id_number_go_along_and_back(cast: Cast, twin: Member) -> None:
    was = state()
    merge_members(
        actor=cast.actor("zhouhui"), keep_id=twin.id, other_id=cast.weizhiqiang.id, take=["id_number"]
    )
    kept = Member.objects.get(pk=twin.id)
    assert kept.account_id == cast.account("weizhiqiang").id
    assert cast.account("weizhiqiang").path == twin.path
    assert value_of(kept, "id_number") == "522699198503071236"
    split_members(actor=cast.actor("zhouhui"), member_id=twin.id)
    assert state() == was
    assert cast.account("weizhiqiang").path == cast.weizhiqiang.path


def test_something_since_stands_in_the_way(cast: Cast, twin: Member) -> None:
    merge(cast, twin)
    change_member(actor=cast.actor("zhouhui"), member_id=cast.weizhiqiang.id, values={"employer": "甲厂"})
    with pytest.raises(Conflict):
        split_members(actor=cast.actor("zhouhui"), member_id=cast.weizhiqiang.id)
    with pytest.raises(Conflict):
        split_members(actor=cast.actor("zhouhui"), member_id=cast.huangxiulan.id)


def test_who_cannot_be_one_person_is_refused(cast: Cast, twin: Member) -> None:
    with pytest.raises(DomainError):
        merge(cast, cast.weizhiqiang)
    propose_correction(
        actor=cast.actor("weizhiqiang"), member_id=cast.weizhiqiang.id, values={"employer": "甲厂"}
    )
    with pytest.raises(Conflict):
        merge_members(actor=cast.actor("zhouhui"), keep_id=twin.id, other_id=cast.weizhiqiang.id)
    assert not Fact.objects.filter(kind="people.members.merged").exists()


def test_two_id_numbers_are_two_people(cast: Cast, twin: Member) -> None:
    first_17 = "52269919900109341"
    number = first_17 + check_character(first_17)
    change_member(actor=cast.actor("zhouhui"), member_id=twin.id, values={"id_number": number})
    with pytest.raises(DomainError, match="不是同一个人"):
        merge(cast, twin)


@pytest.mark.parametrize(
    ("username", "refusal"), [("shilei", NotFound), ("liuqing", NotFound), ("guming", NotPermitted)]
)
def test_only_who_leads_both_branches(
    cast: Cast, twin: Member, username: str, refusal: type[Exception]
) -> None:
    ids: list[UUID] = [cast.weizhiqiang.id, twin.id]
    with pytest.raises(refusal):
        merge_members(actor=cast.actor(username), keep_id=ids[0], other_id=ids[1])
