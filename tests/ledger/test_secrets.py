"""Personal values in facts: sealed under each member's own key, gone for good when that key is."""

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from tests.cast import Cast
from yanzhen.ledger.facts import record, tell, values
from yanzhen.ledger.models import Fact
from yanzhen.ledger.secrets import KeyRing, redact
from yanzhen.people.changes import changes_of
from yanzhen.people.models import Member
from yanzhen.people.services import add_member, add_members, change_member, unmask
from yanzhen.reorganization.merging import merge_members, split_members
from yanzhen.vault.keys import Unreadable

pytestmark = pytest.mark.django_db


def everything_in(table: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table}")  # noqa: S608 - a table's own name
        return str(cursor.fetchall())


def test_no_personal_value_stands_in_a_fact_in_clear(cast_away: Cast) -> None:
    change_member(
        actor=cast_away.actor("shilei"),
        member_id=cast_away.weizhiqiang.id,
        values={"phone": "19900000099", "thought_note": "想回乡办厂", "name": "韦志刚"},
    )
    unmask(
        actor=cast_away.actor("shilei"), member_id=cast_away.weizhiqiang.id, field="phone", reason="核对身份"
    )
    clear = everything_in("ledger_fact")
    names, numbers = ("韦志", "黄秀兰", "覃小燕"), ("1990000", "522699198503071236")
    personal = (*names, *numbers, "青石村3组", "西乡街道", "想回乡", "核对身份")
    assert [value for value in personal if value in clear] == []


def test_redaction_takes_the_values_and_leaves_the_rest(cast: Cast) -> None:
    for member in (cast.weizhiqiang, cast.huangxiulan):
        change_member(actor=cast.actor("shilei"), member_id=member.id, values={"employer": "华强电子厂"})
    redact(cast.weizhiqiang.id)
    his, hers = Fact.objects.filter(kind="people.member.changed").order_by("id")
    told, redacted = values(his, KeyRing())
    assert (told, redacted) == ({"fields": ["employer"], "what": "工作单位"}, True)
    assert values(hers, KeyRing())[0]["after"] == {"employer": "华强电子厂"}
    assert [entry.redacted for entry in tell([his, hers])] == [True, False]


def test_redaction_covers_every_registration_that_was_made_one_with_his(cast: Cast) -> None:
    """At any depth; what was parted again is somebody else's."""
    officer = cast.actor("zhouhui")
    first, second, third = (
        add_member(actor=officer, unit_id=cast.liuhe.id, values={"name": name})
        for name in ("韦志強", "韦自强", "韦之强")
    )
    for member in (first, second, third):
        change_member(actor=officer, member_id=member.id, values={"employer": "华强电子厂"})
    merge_members(actor=officer, keep_id=first.id, other_id=second.id)
    for other in (first, third):
        merge_members(actor=officer, keep_id=cast.weizhiqiang.id, other_id=other.id)
    split_members(actor=officer, member_id=cast.weizhiqiang.id)
    redact(cast.weizhiqiang.id)
    readable = set()
    for fact in Fact.objects.exclude(secret=""):
        _told, redacted = values(fact, KeyRing())
        if not redacted:
            readable.add(fact.member_id)
    assert readable == {third.id}
    redact(third.id)
    assert all(values(fact, KeyRing())[1] for fact in Fact.objects.exclude(secret=""))


def test_what_is_kept_for_splitting_goes_with_the_one_whom_it_is_of(cast: Cast) -> None:
    officer = cast.actor("zhouhui")
    twin = add_member(
        actor=officer, unit_id=cast.liuhe.id, values={"name": "韦志強", "home_address": "柳河村7组"}
    )
    merge_members(actor=officer, keep_id=cast.weizhiqiang.id, other_id=twin.id)
    split_members(actor=officer, member_id=cast.weizhiqiang.id)
    redact(twin.id)
    merged = Fact.objects.get(kind="people.members.merged")
    assert set(values(merged, KeyRing())[0]["undo"]) == {"values", "rows", "account"}
    assert values(Fact.objects.get(kind="people.member.merged_away"), KeyRing())[1]


def every_secret() -> str:
    """All that can still be read of all facts."""
    ring = KeyRing()
    return str([values(fact, ring)[0] for fact in Fact.objects.exclude(secret="")])


class TestWhatOneRegistrationTookOverFromAnother:
    """It is the other's as well: gone everywhere as soon as he is erased, and nothing else is."""

    @pytest.fixture
    def twin(self, cast: Cast) -> Member:
        values = {
            "name": "韦志強",
            "phone": "19900000055",
            "employer": "华强电子厂",
            "home_address": "柳河村7组",
        }
        return add_member(actor=cast.actor("zhouhui"), unit_id=cast.liuhe.id, values=values)

    @pytest.mark.parametrize("splits", [True, False])
    def test_it_goes_with_the_other(self, cast: Cast, twin: Member, splits: bool) -> None:
        officer, keep_id = cast.actor("zhouhui"), cast.weizhiqiang.id
        change_member(actor=officer, member_id=keep_id, values={"employer": "甲厂"})
        merge_members(actor=officer, keep_id=keep_id, other_id=twin.id, take=["phone", "employer"])
        if splits:
            split_members(actor=officer, member_id=keep_id)
        assert "19900000055" in every_secret()
        redact(twin.id)
        left = every_secret()
        assert [it for it in ("韦志強", "19900000055", "华强电子厂", "柳河村7组") if it in left] == []
        # Split, the two are two people, and what is the other's own stays; merged, they are one and erased as one.
        assert ("甲厂" in left) is splits
        _column, changes = changes_of(actor=officer, member_id=keep_id, field="phone")
        assert len(changes) == 1 + splits
        assert all(it.redacted for it in changes)

    def test_it_goes_with_the_one_from_whom_it_came_at_first(self, cast: Cast, twin: Member) -> None:
        """Three registrations: the value went from the first to the second to the third, and back."""
        officer = cast.actor("zhouhui")
        second = add_member(actor=officer, unit_id=cast.liuhe.id, values={"name": "韦自强"})
        merge_members(actor=officer, keep_id=second.id, other_id=twin.id, take=["phone"])
        merge_members(actor=officer, keep_id=cast.weizhiqiang.id, other_id=second.id, take=["phone"])
        split_members(actor=officer, member_id=cast.weizhiqiang.id)
        split_members(actor=officer, member_id=second.id)
        redact(twin.id)
        left = every_secret()
        assert "19900000055" not in left
        assert "19900000001" in left

    def test_the_name_of_the_one_who_stayed_goes_with_him(self, cast: Cast, twin: Member) -> None:
        officer, keep_id = cast.actor("zhouhui"), cast.weizhiqiang.id
        merge_members(actor=officer, keep_id=keep_id, other_id=twin.id)
        split_members(actor=officer, member_id=keep_id)
        redact(keep_id)
        assert "韦志强" not in every_secret()
        assert "柳河村7组" not in every_secret()


def test_a_secret_opens_in_its_own_fact_only(cast: Cast) -> None:
    for employer in ("甲厂", "乙厂"):
        change_member(
            actor=cast.actor("shilei"), member_id=cast.weizhiqiang.id, values={"employer": employer}
        )
    first, second = Fact.objects.filter(kind="people.member.changed").order_by("id")
    first.secret = second.secret
    with pytest.raises(Unreadable):
        values(first, KeyRing())


def test_a_page_of_facts_costs_two_queries(
    cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    officer = cast.actor("zhouhui")
    added = add_members(actor=officer, rows=[(cast.liuhe.id, {"name": f"林{n}"}) for n in range(20)])
    for member in added:
        change_member(actor=officer, member_id=member.id, values={"note": "x"})
    facts = list(Fact.objects.filter(kind="people.member.changed"))
    with django_assert_max_num_queries(2):
        assert {entry.sentence for entry in tell(facts)} == {"周慧修改了备注"}


def test_personal_values_belong_to_a_member(cast: Cast) -> None:
    from yanzhen.access.checks import require
    from yanzhen.kernel.actor import Actor
    from yanzhen.ledger.acts import act

    @act("people.change", facts=("people.member.changed",))
    def about_a_unit(*, actor: Actor) -> None:
        require(actor, "people.change", unit=cast.town)
        record("people.member.changed", unit=cast.town, before={"note": "x"})

    with pytest.raises(TypeError):
        about_a_unit(actor=cast.actor("zhouhui"))
