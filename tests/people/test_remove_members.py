"""remove_members: what the undoing of an import takes away again, and what stays."""

import pytest

from tests.cast import Cast
from yanzhen.kernel.errors import NotFound, NotPermitted
from yanzhen.ledger.models import Fact
from yanzhen.people.models import Member, SearchTerm
from yanzhen.people.services import remove_members

pytestmark = pytest.mark.django_db


def test_the_member_goes_and_the_facts_stay(cast_away: Cast) -> None:
    gone = cast_away.weizhiqiang.id
    facts = Fact.objects.filter(member_id=gone).count()
    remove_members(actor=cast_away.actor("zhouhui"), member_ids=[gone])
    assert not Member.objects.filter(pk=gone).exists()
    assert not SearchTerm.objects.filter(member_id=gone).exists()
    kinds = list(Fact.objects.filter(member_id=gone).order_by("id").values_list("kind", flat=True))
    assert len(kinds) == facts + 1
    assert kinds[-1] == "people.member.removed"


def test_those_who_are_gone_already_are_passed_over(cast: Cast) -> None:
    for _twice in range(2):
        remove_members(actor=cast.actor("zhouhui"), member_ids=[cast.huangxiulan.id])
    assert Fact.objects.filter(kind="people.member.removed").count() == 1


def test_only_where_one_may(cast: Cast) -> None:
    with pytest.raises(NotPermitted):
        remove_members(actor=cast.actor("shilei"), member_ids=[cast.huangxiulan.id])
    with pytest.raises(NotFound):
        remove_members(actor=cast.actor("liuqing"), member_ids=[cast.huangxiulan.id])
    assert Member.objects.filter(pk=cast.huangxiulan.id).exists()
