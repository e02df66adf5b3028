"""change_member, change_members: only what was given and differs; the fact keeps before and after sealed."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast
from yanzhen.kernel.errors import Conflict, DomainError, NotFound, NotPermitted
from yanzhen.ledger.facts import tell, values
from yanzhen.ledger.models import Fact
from yanzhen.ledger.secrets import KeyRing
from yanzhen.people.models import Member, SearchTerm
from yanzhen.people.services import add_members, change_member, change_members
from yanzhen.people.values import member_values

pytestmark = pytest.mark.django_db


def test_only_the_given_values_change(cast: Cast) -> None:
    before = member_values(cast.weizhiqiang)
    change_member(
        actor=cast.actor("shilei"),
        member_id=cast.weizhiqiang.id,
        values={"phone": "19900000099", "employer": "华强电子厂", "home_address": ""},
    )
    after = member_values(Member.objects.get(pk=cast.weizhiqiang.id))
    del before["home_address"]
    assert after == before | {"phone": "19900000099", "employer": "华强电子厂"}


def test_the_fact_says_what_and_keeps_the_values_sealed(cast: Cast) -> None:
    change_member(actor=cast.actor("shilei"), member_id=cast.weizhiqiang.id, values={"phone": "19900000099"})
    fact = Fact.objects.get(kind="people.member.changed")
    assert fact.data == {"fields": ["phone"], "what": "手机号码"}
    assert "19900000099" not in fact.secret
    assert tell([fact])[0].sentence == "石磊修改了手机号码"
    told, redacted = values(fact, KeyRing())
    assert (told["before"], told["after"]) == ({"phone": "19900000001"}, {"phone": "19900000099"})
    assert not redacted


def test_the_same_again_writes_nothing(cast: Cast) -> None:
    facts = Fact.objects.count()
    change_member(
        actor=cast.actor("shilei"),
        member_id=cast.weizhiqiang.id,
        values={"phone": "19900000001", "stage": "full", "employer": "", "is_lost": ""},
    )
    assert Fact.objects.count() == facts


def test_the_new_name_is_found_and_the_old_one_is_not(cast: Cast) -> None:
    changed = change_member(
        actor=cast.actor("shilei"), member_id=cast.huangxiulan.id, values={"name": "黄秀岚"}
    )
    assert changed.name_key == "huang xiu lan 黄秀岚"
    terms = set(SearchTerm.objects.filter(member=changed).values_list("term", flat=True))
    assert {"黄秀岚", "岚", "huangxiulan", "hxl"} < terms
    assert "黄秀兰" not in terms


def test_a_name_cannot_be_cleared_nor_an_id_number_taken(cast: Cast) -> None:
    with pytest.raises(DomainError) as nameless:
        change_member(actor=cast.actor("shilei"), member_id=cast.huangxiulan.id, values={"name": ""})
    assert nameless.value.field == "name"
    with pytest.raises(Conflict) as taken:
        change_member(
            actor=cast.actor("shilei"),
            member_id=cast.huangxiulan.id,
            values={"id_number": "522699198503071236"},
        )
    assert taken.value.field == "id_number"


def test_only_where_one_may(cast: Cast) -> None:
    with pytest.raises(NotFound):
        change_member(actor=cast.actor("liuqing"), member_id=cast.huangxiulan.id, values={"note": "x"})
    with pytest.raises(NotPermitted):
        change_member(actor=cast.actor("guming"), member_id=cast.huangxiulan.id, values={"note": "x"})
    with pytest.raises(NotFound):
        change_member(actor=cast.actor("zhouhui"), member_id=cast.town.id, values={"note": "x"})


def test_a_contact_person_changes_only_those_he_looks_after(cast_away: Cast) -> None:
    lufang = cast_away.actor("lufang")
    assert (
        change_member(actor=lufang, member_id=cast_away.weizhiqiang.id, values={"wechat": "wzq"}).wechat
        == "wzq"
    )
    with pytest.raises(NotFound):
        change_member(actor=lufang, member_id=cast_away.huangxiulan.id, values={"wechat": "hxl"})


def test_many_cost_no_more_queries_than_few(cast: Cast) -> None:
    officer = cast.actor("zhouhui")
    added = add_members(actor=officer, rows=[(cast.liuhe.id, {"name": f"林{n}"}) for n in range(150)])

    def queries(some: list[Member], employer: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            changed = change_members(
                actor=officer, changes=[(member.id, {"employer": employer}) for member in some]
            )
        assert [member.id for member in changed] == [member.id for member in some]
        return len(captured)

    # The update itself goes in portions of some hundreds.
    assert queries(added, "华强电子厂") <= queries(added[:2], "青禾茶厂") + 1
    assert Member.objects.filter(employer="华强电子厂").count() == 148
