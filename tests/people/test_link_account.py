"""link_account: a member's own account, which shows him his own record and nobody else's."""

import pytest

from tests.cast import PASSWORD, Cast
from yanzhen.accounts.services import create_account
from yanzhen.kernel.errors import Conflict, DomainError, NotFound, NotPermitted
from yanzhen.ledger.models import Fact
from yanzhen.people.queries import members
from yanzhen.people.services import link_account

pytestmark = pytest.mark.django_db


def test_he_sees_himself_and_nobody_else(cast: Cast) -> None:
    account = create_account(
        actor=cast.actor("zhouhui"), username="huangxiulan", name="黄秀兰", password=PASSWORD
    )
    for _twice in range(2):
        link_account(actor=cast.actor("zhouhui"), member_id=cast.huangxiulan.id, account_id=account.id)
    assert list(members(actor=cast.actor("huangxiulan"))) == [cast.huangxiulan]
    assert Fact.objects.filter(kind="people.account.linked", member_id=cast.huangxiulan.id).count() == 1


def test_neither_account_nor_member_is_taken_over(cast: Cast) -> None:
    officer = cast.actor("zhouhui")
    with pytest.raises(Conflict):
        link_account(actor=officer, member_id=cast.huangxiulan.id, account_id=cast.account("weizhiqiang").id)
    with pytest.raises(Conflict):
        link_account(actor=officer, member_id=cast.weizhiqiang.id, account_id=cast.account("lufang").id)
    with pytest.raises(DomainError) as unknown:
        link_account(actor=officer, member_id=cast.huangxiulan.id, account_id=cast.town.id)
    assert unknown.value.field == "account_id"


def test_only_where_one_may(cast: Cast) -> None:
    account_id = cast.account("lufang").id
    with pytest.raises(NotPermitted):
        link_account(actor=cast.actor("guming"), member_id=cast.huangxiulan.id, account_id=account_id)
    with pytest.raises(NotFound):
        link_account(actor=cast.actor("liuqing"), member_id=cast.huangxiulan.id, account_id=account_id)
