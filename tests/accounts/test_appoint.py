"""appoint and end_appointment: dated roles on units, given only downwards."""

from datetime import date

import pytest

from tests.cast import FOUNDER, PASSWORD, TODAY, Cast
from yanzhen.access.models import Appointment
from yanzhen.accounts.queries import appointments
from yanzhen.accounts.services import appoint, create_account, end_appointment
from yanzhen.kernel import clock
from yanzhen.kernel.errors import Conflict, DomainError, NotFound, NotPermitted
from yanzhen.ledger.facts import tell
from yanzhen.ledger.models import Fact
from yanzhen.org.services import found_root

pytestmark = pytest.mark.django_db


def held_by(username: str) -> Appointment:
    return Appointment.objects.get(account__username=username)


def test_a_role_holds_from_its_day_on(cast: Cast) -> None:
    appoint(
        actor=cast.actor("zhouhui"),
        account_id=cast.account("lufang").id,
        unit_id=cast.liuhe.id,
        role="secretary",
        starts_on=date(2026, 12, 1),
    )
    assert not cast.actor("lufang").has_role("secretary")
    with clock.set_to(date(2026, 12, 1)):
        lufang = cast.actor("lufang")
    assert [subtree.low for subtree in lufang.subtrees("people.add")] == [cast.liuhe.path]


def test_the_fact_says_role_and_unit_and_finds_the_account(cast: Cast) -> None:
    appoint(
        actor=cast.actor("zhouhui"),
        account_id=cast.account("lufang").id,
        unit_id=cast.liuhe.id,
        role="secretary",
    )
    fact = Fact.objects.filter(kind="accounts.appointed").latest("id")
    assert (fact.path, fact.subject_id, fact.data["starts_on"]) == (
        cast.liuhe.path,
        cast.account("lufang").id,
        TODAY.isoformat(),
    )
    assert "陆芳" not in str(fact.data)
    assert tell([fact])[0].sentence.startswith("周慧任命了柳河村党支部的支部书记，自2026")


@pytest.mark.parametrize("role", ["member", "emperor", ""])
def test_only_declared_roles_that_one_is_appointed_to(cast: Cast, role: str) -> None:
    with pytest.raises(DomainError) as refused:
        appoint(
            actor=cast.actor("zhouhui"),
            account_id=cast.account("lufang").id,
            unit_id=cast.liuhe.id,
            role=role,
        )
    assert refused.value.field == "role"


def test_not_twice_at_a_time(cast: Cast) -> None:
    with pytest.raises(Conflict):
        appoint(
            actor=cast.actor("zhouhui"),
            account_id=cast.account("shilei").id,
            unit_id=cast.qingshi.id,
            role="secretary",
        )


def test_only_downwards_and_only_ones_own_people(cast: Cast) -> None:
    elsewhere = found_root(actor=FOUNDER, name="白水镇党委")
    stranger = create_account(
        actor=FOUNDER, username="stranger", name="生人", password=PASSWORD, unit_id=elsewhere.id
    )
    officer, shilei = cast.actor("zhouhui"), cast.account("shilei").id
    for account_id, unit_id in ((shilei, elsewhere.id), (stranger.id, cast.qingshi.id)):
        with pytest.raises(NotFound):
            appoint(actor=officer, account_id=account_id, unit_id=unit_id, role="officer")
    with pytest.raises(NotPermitted):
        appoint(actor=cast.actor("shilei"), account_id=shilei, unit_id=cast.qingshi.id, role="officer")


def test_an_ended_role_gives_nothing_from_that_moment(cast: Cast) -> None:
    for _twice in range(2):
        end_appointment(actor=cast.actor("zhouhui"), appointment_id=held_by("shilei").id)
    assert cast.actor("shilei").grants == ()
    assert held_by("shilei").ends_on == TODAY
    fact = Fact.objects.get(kind="accounts.appointment.ended")
    assert tell([fact])[0].sentence.startswith("周慧解除了青石村党支部的支部书记")
    assert held_by("shilei") not in appointments(actor=cast.actor("zhouhui"))
    appoint(
        actor=cast.actor("zhouhui"),
        account_id=cast.account("shilei").id,
        unit_id=cast.qingshi.id,
        role="secretary",
    )
    assert cast.actor("shilei").has_role("secretary")


def test_nobody_ends_his_own_or_one_above_him(cast: Cast) -> None:
    with pytest.raises(DomainError):
        end_appointment(actor=cast.actor("zhouhui"), appointment_id=held_by("zhouhui").id)
    with pytest.raises(NotFound):
        end_appointment(actor=cast.actor("liuqing"), appointment_id=held_by("shilei").id)
    with pytest.raises(NotPermitted):
        end_appointment(actor=cast.actor("shilei"), appointment_id=held_by("shilei").id)
    assert cast.actor("zhouhui").has_role("officer")
