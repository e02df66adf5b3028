"""create_account: who may sign in, and what a password must be."""

import pytest

from tests.cast import FOUNDER, PASSWORD, Cast
from yanzhen.accounts.models import Account
from yanzhen.accounts.queries import accounts
from yanzhen.accounts.services import appoint, create_account
from yanzhen.accounts.starting import reset_password
from yanzhen.kernel.errors import Conflict, DomainError, NotFound
from yanzhen.ledger.facts import tell
from yanzhen.ledger.models import Fact
from yanzhen.org.services import found_root

pytestmark = pytest.mark.django_db
NEW = "xin-mi-ma-26"


def test_an_account_is_looked_after_by_the_officers_unit(cast: Cast) -> None:
    account = create_account(
        actor=cast.actor("zhouhui"), username=" LinFang ", name=" 林芳 ", password=PASSWORD
    )
    assert (account.username, account.name, account.path) == ("linfang", "林芳", cast.town.path)
    assert account.check_password(PASSWORD)
    assert cast.actor("linfang").grants == ()
    assert Account.objects.get_by_natural_key("LINFANG ") == account


def test_the_fact_names_nobody(cast: Cast) -> None:
    account = create_account(actor=cast.actor("zhouhui"), username="linfang", name="林芳", password=PASSWORD)
    fact = Fact.objects.get(kind="accounts.account.created", subject_id=account.id)
    assert (fact.data, fact.path) == ({}, cast.town.path)
    assert tell([fact])[0].sentence == "周慧开设了账号"


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"username": "林 芳"}, "username"),
        ({"username": "x"}, "username"),
        ({"username": "ZhouHui"}, "username"),
        ({"name": " "}, "name"),
        ({"password": "kurz-2026"}, "password"),
        ({"password": "2026112320"}, "password"),
        ({"password": "password123"}, "password"),
        ({"password": "linfang-2026"}, "password"),
    ],
)
def test_what_will_not_do_is_named(cast: Cast, given: dict[str, str], field: str) -> None:
    with pytest.raises(DomainError) as refused:
        create_account(
            actor=cast.actor("zhouhui"),
            username=given.get("username", "linfang"),
            name=given.get("name", "林芳"),
            password=given.get("password", PASSWORD),
        )
    assert refused.value.field == field
    assert isinstance(refused.value, Conflict) == (given == {"username": "ZhouHui"})
    assert not Account.objects.filter(username="linfang").exists()


def test_only_an_officer_on_his_own_ground(cast: Cast) -> None:
    elsewhere = found_root(actor=FOUNDER, name="白水镇党委")
    with pytest.raises(NotFound):
        create_account(
            actor=cast.actor("zhouhui"),
            username="linfang",
            name="林芳",
            password=PASSWORD,
            unit_id=elsewhere.id,
        )
    with pytest.raises(NotFound):
        create_account(actor=cast.actor("shilei"), username="linfang", name="林芳", password=PASSWORD)
    create_account(actor=FOUNDER, username="baishui", name="白", password=PASSWORD, unit_id=elsewhere.id)
    seen = set(accounts(actor=cast.actor("zhouhui")).values_list("username", flat=True))
    assert seen == {"zhouhui", "guming", "shilei", "lufang", "liuqing", "weizhiqiang"}
    assert not accounts(actor=cast.actor("shilei")).exists()


def test_nobody_takes_a_role_by_giving_its_holder_a_code(cast: Cast) -> None:
    """An account that a branch looks after may hold a role further up."""
    branch_officer = create_account(
        actor=FOUNDER, username="branch", name="村干事", password=PASSWORD, unit_id=cast.qingshi.id
    )
    appoint(actor=FOUNDER, account_id=branch_officer.id, unit_id=cast.qingshi.id, role="officer")
    appoint(actor=FOUNDER, account_id=cast.account("shilei").id, unit_id=cast.town.id, role="officer")
    with pytest.raises(NotFound):
        reset_password(actor=cast.actor("branch"), account_id=cast.account("shilei").id)
    assert cast.account("shilei").check_password(PASSWORD)
