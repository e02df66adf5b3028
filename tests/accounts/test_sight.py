"""who_sees: everybody who may open the record and why, and nobody else. It says what the checks themselves say."""

from datetime import timedelta

import pytest

from tests.cast import FOUNDER, PASSWORD, TODAY, Cast
from yanzhen.access.checks import permits
from yanzhen.accounts.actors import actor_for
from yanzhen.accounts.models import Account
from yanzhen.accounts.services import appoint, create_account
from yanzhen.accounts.sight import who_sees
from yanzhen.kernel import clock
from yanzhen.kernel.errors import NotFound

pytestmark = pytest.mark.django_db


def deputy(cast: Cast) -> Account:
    account = create_account(
        actor=FOUNDER, username="fuhe", name="符禾", password=PASSWORD, unit_id=cast.qingshi.id
    )
    with clock.set_to(TODAY - timedelta(days=1)):
        appoint(actor=FOUNDER, account_id=account.id, unit_id=cast.qingshi.id, role="deputy_secretary")
    return account


def test_the_officer_above_the_inspector_the_branch_the_contact_person_and_himself(cast_away: Cast) -> None:
    deputy(cast_away)
    found = who_sees(actor=cast_away.actor("weizhiqiang"), member_id=cast_away.weizhiqiang.id)
    assert [(one.name, str(one.role), one.unit, one.why, one.in_full) for one in found] == [
        ("顾明", "督查", "云岭县青禾镇党委", "在上级任职，看得到下面每个党组织", False),
        ("周慧", "组织干事", "云岭县青禾镇党委", "在上级任职，看得到下面每个党组织", True),
        ("符禾", "支部副书记", "青石村党支部", "在他所在的党组织任职", True),
        ("石磊", "支部书记", "青石村党支部", "在他所在的党组织任职", True),
        ("陆芳", "联系人", "", "支部指定由他联系", True),
        ("韦志强", "党员", "", "本人的记录", False),
    ]


def test_it_says_what_the_checks_say(cast_away: Cast) -> None:
    """Every account there is: it is on the list exactly where the permission holds."""
    deputy(cast_away)
    for member in (cast_away.weizhiqiang, cast_away.huangxiulan, cast_away.qinxiaoyan):
        told = {one.name for one in who_sees(actor=FOUNDER, member_id=member.id)}
        held = {
            account.name
            for account in Account.objects.all()
            if permits(actor_for(account), "people.see", member=member)
        }
        assert told == held


def test_a_closed_account_sees_nothing(cast_away: Cast) -> None:
    Account.objects.filter(username__in=["shilei", "lufang"]).update(is_active=False)
    found = who_sees(actor=FOUNDER, member_id=cast_away.weizhiqiang.id)
    assert [one.name for one in found] == ["顾明", "周慧", "韦志强"]


def test_it_is_told_to_nobody_outside(cast_away: Cast) -> None:
    with pytest.raises(NotFound):
        who_sees(actor=cast_away.actor("liuqing"), member_id=cast_away.weizhiqiang.id)
