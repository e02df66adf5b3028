"""add_member, add_members: the record, its terms, its fact; and what is refused."""

import pytest

from tests.cast import Cast
from yanzhen.kernel.errors import Conflict, DomainError, NotFound, NotPermitted
from yanzhen.ledger.facts import tell
from yanzhen.ledger.models import Fact
from yanzhen.org.services import end_unit
from yanzhen.people.columns import OWN, Value
from yanzhen.people.models import Member, SearchTerm
from yanzhen.people.services import add_member, add_members
from yanzhen.people.values import member_values

pytestmark = pytest.mark.django_db

EVERYTHING: dict[str, Value] = {
    "name": "仇国英",
    "gender": "female",
    "ethnicity": "壮族",
    "birth_on": "1985-03",
    "id_number": "522699198503071244",
    "native_place": "云岭县",
    "education": "大专",
    "degree": "学士",
    "stage": "probationary",
    "joined_on": "2010",
    "converted_on": "2011-07-01",
    "group": "第一党小组",
    "employer": "青禾茶厂",
    "position": "工人",
    "occupation": "制茶",
    "started_work_on": "2005-09",
    "phone": "19900000021",
    "landline": "0855-1234567",
    "wechat": "qiu-guoying",
    "email": "qiu@example.com",
    "home_address": "云岭县青禾镇青石村1组",
    "membership_status": "正常",
    "is_lost": False,
    "lost_on": "2020-01",
    "dues_paid_to": "2026-10",
    "annual_income": "5万元",
    "household_size": 4,
    "age": 41,
    "thought_note": "思想稳定",
    "note": "会修茶机",
}


def test_everything_that_a_roster_knows_is_kept_as_it_was_said(cast: Cast) -> None:
    added = add_member(actor=cast.actor("shilei"), unit_id=cast.qingshi.id, values=EVERYTHING)
    kept = Member.objects.get(pk=added.id)
    assert set(EVERYTHING) == {column.key for column in OWN}
    assert member_values(kept) == EVERYTHING == member_values(added)
    assert (kept.unit, kept.path, kept.name_key) == (cast.qingshi, cast.qingshi.path, "qiu guo ying 仇国英")


def test_numbers_and_addresses_stand_sealed(cast: Cast) -> None:
    added = add_member(actor=cast.actor("shilei"), unit_id=cast.qingshi.id, values=EVERYTHING)
    row = str(Member.objects.filter(pk=added.id).values().get())
    for secret in ("id_number", "phone", "landline", "home_address", "thought_note"):
        assert str(EVERYTHING[secret]) not in row
    assert not SearchTerm.objects.filter(member=added, term__contains="0021").exists()


def test_the_fact_names_the_unit_and_nothing_personal(cast: Cast) -> None:
    added = add_member(actor=cast.actor("shilei"), unit_id=cast.qingshi.id, values=EVERYTHING)
    fact = Fact.objects.get(member_id=added.id)
    assert (fact.kind, fact.path, fact.actor_id) == (
        "people.member.added",
        cast.qingshi.path,
        cast.account("shilei").id,
    )
    assert fact.data == {"unit_name": "青石村党支部"}
    assert tell([fact])[0].sentence == "石磊把党员登记到青石村党支部"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({}, "name"),
        ({"name": "  "}, "name"),
        ({"name": "长" * 61}, "name"),
        ({"name": "罗大山、农春兰"}, "name"),
        ({"name": "林", "gender": "男"}, "gender"),
        ({"name": "林", "birth_on": "1985年3月"}, "birth_on"),
        ({"name": "林", "birth_on": "1985-02-30"}, "birth_on"),
        ({"name": "林", "joined_on": "2026-11-24"}, "joined_on"),
        ({"name": "林", "dues_paid_to": "2026-10-01"}, "dues_paid_to"),
        ({"name": "林", "is_lost": "也许"}, "is_lost"),
        ({"name": "林", "household_size": "四口"}, "household_size"),
        ({"name": "林", "age": -1}, "age"),
        ({"name": "林", "phone": "没有"}, "phone"),
        ({"name": "林", "id_number": "522699198503071245"}, "id_number"),
        ({"name": "林", "id_number": "5226991985030712"}, "id_number"),
    ],
)
def test_a_value_that_cannot_be_kept_is_named(cast: Cast, values: dict[str, Value], field: str) -> None:
    before = Member.objects.count(), Fact.objects.count()
    with pytest.raises(DomainError) as refused:
        add_member(actor=cast.actor("shilei"), unit_id=cast.qingshi.id, values=values)
    assert refused.value.field == field
    assert refused.value.sentence.endswith("。")
    assert (Member.objects.count(), Fact.objects.count()) == before


def test_a_column_of_another_room_is_no_refusal_but_a_bug(cast: Cast) -> None:
    with pytest.raises(LookupError):
        add_member(
            actor=cast.actor("shilei"),
            unit_id=cast.qingshi.id,
            values={"name": "林", "departed_on": "2026"},
        )


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ({}, ("1985-03", "female")),
        ({"birth_on": "1985-03-07"}, ("1985-03-07", "female")),
        ({"birth_on": "1985", "gender": "male"}, ("1985", "male")),
        ({"id_number": ""}, ("", "")),
    ],
)
def test_a_number_says_month_and_sex_where_nothing_else_does(
    cast: Cast, said: dict[str, Value], kept: tuple[str, str]
) -> None:
    values = {"name": "王芳", "id_number": "522699198503071244", **said}
    member = add_member(actor=cast.actor("shilei"), unit_id=cast.qingshi.id, values=values)
    assert (member.birth_on, member.gender) == kept


def test_an_id_number_is_registered_once(cast: Cast) -> None:
    with pytest.raises(Conflict) as refused:
        add_member(
            actor=cast.actor("zhouhui"),
            unit_id=cast.liuhe.id,
            values={"name": "韦志强", "id_number": "522699198503071236"},
        )
    assert refused.value.field == "id_number"


def test_many_are_added_in_their_order_or_not_at_all(cast: Cast) -> None:
    rows = [(unit.id, {"name": name}) for unit, name in ((cast.qingshi, "林一"), (cast.liuhe, "林二"))]
    added = add_members(actor=cast.actor("zhouhui"), rows=rows)
    assert [(member.name, member.unit) for member in added] == [("林一", cast.qingshi), ("林二", cast.liuhe)]
    with pytest.raises(DomainError):
        add_members(
            actor=cast.actor("zhouhui"), rows=[(cast.qingshi.id, {"name": "林三"}), (cast.qingshi.id, {})]
        )
    assert not Member.objects.filter(name="林三").exists()


def test_only_where_one_may(cast: Cast) -> None:
    with pytest.raises(NotFound):
        add_member(actor=cast.actor("liuqing"), unit_id=cast.qingshi.id, values={"name": "林"})
    with pytest.raises(NotPermitted):
        add_member(actor=cast.actor("guming"), unit_id=cast.qingshi.id, values={"name": "林"})


def test_nobody_is_added_to_a_unit_that_has_ended(cast: Cast) -> None:
    from yanzhen.org.services import found_unit

    ended = found_unit(actor=cast.actor("zhouhui"), parent_id=cast.town.id, name="旧村党支部", kind="branch")
    end_unit(actor=cast.actor("zhouhui"), unit_id=ended.id)
    with pytest.raises(DomainError):
        add_member(actor=cast.actor("zhouhui"), unit_id=ended.id, values={"name": "林"})


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("石 敏", "石敏"), ("阿卜杜•热合曼", "阿卜杜·热合曼"), ("Li Ming", "Li Ming")],
)
def test_a_name_is_kept_as_a_roster_would_have_it(cast: Cast, typed: str, kept: str) -> None:
    """Or the next roster would take him for somebody else."""
    added = add_member(actor=cast.actor("zhouhui"), unit_id=cast.qingshi.id, values={"name": typed})
    assert added.name == kept
