"""Personal values in facts: sealed under each member's own key, gone for good when that key is."""

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from tests.cast import Cast
from yanzhen.ledger.facts import record, tell, values
from yanzhen.ledger.models import Fact
from yanzhen.ledger.secrets import KeyRing, redact
from yanzhen.people.services import add_members, change_member, unmask
from yanzhen.vault.sealed import Unreadable

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
