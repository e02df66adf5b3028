"""merge_members, split_members: one registration of two, and the very same two again."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest

from tests.cast import TODAY, Cast
from tests.duties.steps import call, depart, keep
from tests.reorganization.state import state
from yanzhen.contact.models import Contact, ContactPerson
from yanzhen.contact.services import assign, name_contact_person
from yanzhen.duties.models import Standing
from yanzhen.duties.projection import histories
from yanzhen.duties.services import check
from yanzhen.kernel.errors import Conflict, DomainError, NotFound, NotPermitted
from yanzhen.ledger.models import Fact
from yanzhen.ledger.sealing import Verified, verify
from yanzhen.ledger.secrets import redact
from yanzhen.mobility.models import Absence
from yanzhen.mobility.services import report_arrival
from yanzhen.org.models import UnitKind
from yanzhen.org.services import found_unit, rename_unit
from yanzhen.people.categories import begin_categories, categorize, end_category
from yanzhen.people.corrections import propose_correction
from yanzhen.people.grouping import put_into_group
from yanzhen.people.id_number import check_character
from yanzhen.people.models import Category, Member, MemberCategory
from yanzhen.people.queries import survivor
from yanzhen.people.services import add_member, change_member, look
from yanzhen.people.timeline import timeline
from yanzhen.people.values import value_of
from yanzhen.reorganization.merging import merge_members, split_members, take_back_apart, tell_apart
from yanzhen.reorganization.services import dissolve_unit, move_members

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


def id_number(first_17: str = "52269919900109341") -> str:
    return first_17 + check_character(first_17)


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


def both_away_and_only_the_other_is_known_where(cast: Cast, twin: Member) -> None:
    depart(cast, on=date(2026, 9, 1))
    depart(cast, on=date(2026, 10, 1), member=twin)
    report_arrival(
        actor=cast.actor("zhouhui"),
        member_id=twin.id,
        destination="浙江宁波",
        address="江北区1号",
        phone="19900000011",
        arrived_on=date(2026, 10, 3),
    )


def only_the_other(cast: Cast, twin: Member) -> None:
    depart(cast, on=date(2026, 10, 1), member=twin)


def nobody(cast: Cast, twin: Member) -> None:
    """Both are at home."""


@pytest.mark.parametrize(
    "before", [both_away, both_away_and_only_the_other_is_known_where, only_the_other, nobody]
)
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
    change_member(actor=cast.actor("zhouhui"), member_id=twin.id, values={"id_number": id_number()})
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


def third(cast: Cast) -> Member:
    """韦志强 a third time, with an ID number of his own."""
    values = {"name": "韦志强", "id_number": id_number(), "employer": "丙厂"}
    return add_member(actor=cast.actor("zhouhui"), unit_id=cast.liuhe.id, values=values)


def test_three_registrations_are_parted_in_the_opposite_order(cast: Cast, twin: Member) -> None:
    officer, again = cast.actor("zhouhui"), third(cast)
    depart(cast, on=date(2026, 9, 1), member=again)
    was = state()
    merge_members(actor=officer, keep_id=again.id, other_id=twin.id, take=["phone"])
    once = state()
    merge_members(actor=officer, keep_id=cast.huangxiulan.id, other_id=again.id, take=["employer"])
    told = [it.sentence for it in timeline(actor=officer, member_id=cast.huangxiulan.id)]
    assert "周慧把柳河村党支部的“韦志強”并入这条登记，手机号码用了那边的" in told
    assert survivor(actor=officer, member_id=twin.id) == cast.huangxiulan
    assert split_members(actor=officer, member_id=cast.huangxiulan.id).id == again.id
    assert state() == once
    assert split_members(actor=officer, member_id=again.id).id == twin.id
    assert state() == was
    assert survivor(actor=officer, member_id=twin.id) is None
    assert list(check()) == []
    with pytest.raises(Conflict):
        split_members(actor=officer, member_id=again.id)


def test_an_account_at_another_unit_stays_there(cast: Cast, twin: Member) -> None:
    account = cast.account("weizhiqiang")
    account.path = cast.town.path
    account.save(update_fields=["path"])
    was = state()
    merge_members(
        actor=cast.actor("zhouhui"), keep_id=twin.id, other_id=cast.weizhiqiang.id, take=["id_number"]
    )
    assert cast.account("weizhiqiang").path == cast.town.path
    split_members(actor=cast.actor("zhouhui"), member_id=twin.id)
    assert state() == was


class TestWhatHappenedMeanwhile:
    """Nothing was done about the member; but what the other one was in is not what it was."""

    def test_a_category_that_was_retired_does_not_come_back(self, cast: Cast, twin: Member) -> None:
        officer = cast.actor("zhouhui")
        depart(cast, on=date(2026, 9, 1), member=twin)
        begin_categories(actor=officer, unit_id=cast.town.id)
        one, other = Category.objects.order_by("place")[:2]
        categorize(actor=officer, wanted={twin.id: [one.id, other.id]})
        merge(cast, twin)
        end_category(actor=officer, category_id=one.id)
        split_members(actor=officer, member_id=cast.weizhiqiang.id)
        assert list(MemberCategory.objects.values_list("member_id", "category_id")) == [(twin.id, other.id)]
        assert histories([twin.id])[twin.id].categories.keys() == {other.id.hex}
        assert list(check()) == []

    @pytest.mark.parametrize(("ends", "called"), [(True, ""), (False, "青年组")])
    def test_a_group_is_called_what_it_is_called_today(
        self, cast: Cast, twin: Member, ends: bool, called: str
    ) -> None:
        officer = cast.actor("zhouhui")
        group = found_unit(actor=officer, parent_id=cast.liuhe.id, name="一组", kind=UnitKind.GROUP)
        put_into_group(actor=officer, unit_id=cast.liuhe.id, member_ids=[twin.id], group_id=group.id)
        merge(cast, twin)
        if ends:
            dissolve_unit(actor=officer, unit_id=group.id, reason="并组")
        else:
            rename_unit(actor=officer, unit_id=group.id, name="青年组")
        assert split_members(actor=officer, member_id=cast.weizhiqiang.id).group == called
        assert Member.objects.get(pk=twin.id).group == called


class TestWhatStandsInTheWayOfSplitting:
    def test_the_id_number_is_somebody_elses_now(self, cast: Cast) -> None:
        officer, again = cast.actor("zhouhui"), third(cast)
        merge_members(actor=officer, keep_id=cast.huangxiulan.id, other_id=again.id)
        values = {"name": "别人", "id_number": id_number()}
        add_member(actor=officer, unit_id=cast.liuhe.id, values=values)
        with pytest.raises(Conflict, match="公民身份号码"):
            split_members(actor=officer, member_id=cast.huangxiulan.id)

    def test_its_unit_has_ended(self, cast: Cast, twin: Member) -> None:
        officer = cast.actor("zhouhui")
        merge(cast, twin)
        move_members(actor=officer, member_ids=[cast.qinxiaoyan.id], to_id=cast.qingshi.id)
        dissolve_unit(actor=officer, unit_id=cast.liuhe.id, reason="撤村")
        with pytest.raises(Conflict, match="已经撤销"):
            split_members(actor=officer, member_id=cast.weizhiqiang.id)

    def test_a_contact_person_has_gone(self, cast: Cast, twin: Member) -> None:
        officer = cast.actor("zhouhui")
        person = name_contact_person(actor=officer, unit_id=cast.liuhe.id, name="莫大海")
        assign(actor=officer, member_id=twin.id, person_id=person.id)
        keep(cast)
        merge(cast, twin)
        ContactPerson.objects.filter(pk=person.id).delete()
        with pytest.raises(Conflict, match="联系人"):
            split_members(actor=officer, member_id=cast.weizhiqiang.id)

    def test_its_values_were_erased(self, cast: Cast, twin: Member) -> None:
        merge(cast, twin)
        redact(cast.weizhiqiang.id)
        with pytest.raises(Conflict, match="依法删除"):
            split_members(actor=cast.actor("zhouhui"), member_id=cast.weizhiqiang.id)


def test_the_second_of_two_mergers_is_told_so(cast: Cast, twin: Member) -> None:
    merge(cast, twin)
    for pair in ((cast.weizhiqiang.id, twin.id), (twin.id, cast.weizhiqiang.id)):
        with pytest.raises(Conflict, match="已经并入青石村党支部的“韦志强”"):
            merge_members(actor=cast.actor("zhouhui"), keep_id=pair[0], other_id=pair[1])
    with pytest.raises(NotFound):
        merge_members(actor=cast.actor("liuqing"), keep_id=cast.qinxiaoyan.id, other_id=twin.id)
    assert Fact.objects.filter(kind="people.members.merged").count() == 1


class TestTwoPeople:
    def test_it_is_said_once_and_taken_back(self, cast: Cast, twin: Member) -> None:
        officer, ids = cast.actor("zhouhui"), (cast.weizhiqiang.id, twin.id)
        for _twice in range(2):
            tell_apart(actor=officer, one_id=ids[0], other_id=ids[1])
        facts = Fact.objects.filter(kind="people.members.apart")
        assert {(it.member_id, it.data["other"]) for it in facts} == {
            (ids[0], str(ids[1])),
            (ids[1], str(ids[0])),
        }
        assert facts.count() == 2
        told = [it.sentence for it in timeline(actor=officer, member_id=ids[0])]
        assert told[0] == "周慧确认这条登记和柳河村党支部的另一条登记不是同一个人"
        with pytest.raises(Conflict, match="两个人"):
            merge(cast, twin)
        for _twice in range(2):
            take_back_apart(actor=officer, one_id=ids[1], other_id=ids[0])
        assert Fact.objects.filter(kind="people.members.apart_withdrawn").count() == 2
        merge(cast, twin)

    def test_it_does_not_stand_in_the_way_of_splitting(self, cast: Cast, twin: Member) -> None:
        merge(cast, twin)
        tell_apart(actor=cast.actor("zhouhui"), one_id=cast.weizhiqiang.id, other_id=cast.qinxiaoyan.id)
        split_members(actor=cast.actor("zhouhui"), member_id=cast.weizhiqiang.id)

    def test_refusals(self, cast: Cast, twin: Member) -> None:
        with pytest.raises(DomainError):
            tell_apart(actor=cast.actor("zhouhui"), one_id=twin.id, other_id=twin.id)
        for username, refusal in (("shilei", NotFound), ("liuqing", NotFound), ("guming", NotPermitted)):
            with pytest.raises(refusal):
                tell_apart(actor=cast.actor(username), one_id=twin.id, other_id=cast.weizhiqiang.id)
        assert not Fact.objects.filter(kind="people.members.apart").exists()
