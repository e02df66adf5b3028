"""hand_over: one act ends one term and begins the other, today or on a day ahead; deputies stand in for a secretary."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import FOUNDER, TODAY, Cast
from yanzhen.access.models import Appointment
from yanzhen.accounts.models import Account
from yanzhen.accounts.queries import terms_of_leaders
from yanzhen.accounts.services import appoint, end_appointment, hand_over
from yanzhen.accounts.starting import account_by_code, hand_over_to_member
from yanzhen.duties.queries import worklist
from yanzhen.kernel import clock
from yanzhen.kernel.errors import Conflict, DomainError, NotFound, NotPermitted
from yanzhen.ledger.facts import tell
from yanzhen.ledger.models import Fact
from yanzhen.people.services import add_member

pytestmark = pytest.mark.django_db


def held(cast: Cast) -> Appointment:
    return Appointment.objects.get(account=cast.account("shilei"), role="secretary")


def test_the_successor_has_it_and_the_other_no_longer(cast: Cast) -> None:
    lufang = cast.account("lufang")
    begun = hand_over(actor=cast.actor("zhouhui"), appointment_id=held(cast).id, account_id=lufang.id)
    assert (begun.account, begun.role, begun.starts_on, begun.path) == (
        lufang,
        "secretary",
        TODAY,
        cast.qingshi.path,
    )
    assert cast.actor("lufang").has_role("secretary")
    assert cast.actor("shilei").grants == ()
    (fact,) = Fact.objects.filter(kind="accounts.appointment.handed_over")
    assert tell([fact])[0].sentence == "周慧办理了青石村党支部支部书记的交接，自2026年11月23日起"
    assert (fact.subject_id, fact.data["before"]) == (lufang.id, str(cast.account("shilei").id))


def test_a_day_ahead_changes_nothing_before(cast: Cast) -> None:
    day = TODAY + timedelta(days=10)
    hand_over(
        actor=cast.actor("zhouhui"),
        appointment_id=held(cast).id,
        account_id=cast.account("lufang").id,
        on=day,
    )
    for today, secretary, other in ((day - timedelta(days=1), "shilei", "lufang"), (day, "lufang", "shilei")):
        with clock.set_to(today):
            assert cast.actor(secretary).has_role("secretary")
            assert not cast.actor(other).has_role("secretary")
    with pytest.raises(Conflict):
        hand_over(
            actor=cast.actor("zhouhui"), appointment_id=held(cast).id, account_id=cast.account("liuqing").id
        )
    assert end_appointment(actor=cast.actor("zhouhui"), appointment_id=held(cast).id).ends_on == TODAY


def test_hand_overs_that_are_refused(cast: Cast) -> None:
    officer, term, lufang = cast.actor("zhouhui"), held(cast), cast.account("lufang")
    with pytest.raises(DomainError) as refused:
        hand_over(
            actor=officer, appointment_id=term.id, account_id=lufang.id, on=term.starts_on - timedelta(days=1)
        )
    assert refused.value.field == "on"
    with pytest.raises(Conflict):
        hand_over(actor=officer, appointment_id=term.id, account_id=term.account_id)
    with pytest.raises(NotPermitted):
        hand_over(actor=cast.actor("shilei"), appointment_id=term.id, account_id=lufang.id)
    with pytest.raises(NotFound):
        hand_over(actor=cast.actor("liuqing"), appointment_id=term.id, account_id=lufang.id)
    assert held(cast).ends_on is None


def test_who_was_secretary_since_when(cast: Cast) -> None:
    hand_over(actor=cast.actor("zhouhui"), appointment_id=held(cast).id, account_id=cast.account("lufang").id)
    terms = terms_of_leaders(actor=cast.actor("guming"), unit_id=cast.qingshi.id)
    assert [(term.account.name, term.ends_on) for term in terms] == [("陆芳", None), ("石磊", TODAY)]
    with pytest.raises(NotFound):
        terms_of_leaders(actor=cast.actor("liuqing"), unit_id=cast.qingshi.id)


def test_a_deputy_has_the_secretarys_list_and_permissions(cast_away: Cast) -> None:
    appoint(
        actor=FOUNDER,
        account_id=cast_away.account("guming").id,
        unit_id=cast_away.liuhe.id,
        role="deputy_secretary",
    )
    listed = {(item.member.id, item.duty.key) for item in worklist(actor=cast_away.actor("liuqing")).items}
    assert listed
    assert listed <= {
        (item.member.id, item.duty.key) for item in worklist(actor=cast_away.actor("guming")).items
    }
    (grant,) = (one for one in cast_away.actor("guming").grants if one.role == "deputy_secretary")
    (other,) = cast_away.actor("liuqing").grants
    assert grant.permissions == other.permissions


def test_a_member_who_cannot_sign_in_yet_takes_over(cast: Cast) -> None:
    officer = cast.actor("zhouhui")
    invited = hand_over_to_member(actor=officer, appointment_id=held(cast).id, member_id=cast.huangxiulan.id)
    assert account_by_code("huangxiulan", invited.code) == invited.account
    assert cast.actor("huangxiulan").has_role("secretary")
    assert cast.actor("huangxiulan").has_role("member")
    assert not cast.actor("shilei").has_role("secretary")
    with pytest.raises(Conflict):  # it has an end: nothing of the rest is left behind
        hand_over_to_member(
            actor=officer,
            appointment_id=Appointment.objects.get(account=cast.account("shilei")).id,
            member_id=cast.qinxiaoyan.id,
        )
    assert not Account.objects.filter(name="覃小燕").exists()


def test_on_the_page(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.account("zhouhui"), "django.contrib.auth.backends.ModelBackend")
    url, unit = reverse("staff_hand_over", args=[held(cast).id]), reverse("unit", args=[cast.qingshi.id])
    assert url in client.get(unit).content.decode()
    form = client.get(url).content.decode()
    assert f'"member:{cast.huangxiulan.id}"' in form
    assert str(cast.weizhiqiang.id) not in form  # he has an account
    assert str(cast.qinxiaoyan.id) not in form  # of another branch
    told = {"successor": f"account:{cast.account('lufang').id}", "on": "2026-12-01"}
    page = client.post(url, told, follow=True).content.decode()
    assert "石磊的“支部书记”从2026年12月1日起交给陆芳。" in page
    assert "到 2026-12-01" in page
    assert "现任" in client.get(unit).content.decode()
    assert url not in client.get(unit).content.decode()


def test_the_paper_for_a_member_comes_on_the_page(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.account("zhouhui"), "django.contrib.auth.backends.ModelBackend")
    url = reverse("staff_hand_over", args=[held(cast).id])
    page = client.post(
        url, {"successor": f"member:{cast.huangxiulan.id}", "on": "2026-11-23"}
    ).content.decode()
    assert "黄秀兰：怎样登录雁阵" in page
    for wrong in ("", "member:1", f"member:{cast.qinxiaoyan.id}"):
        assert client.post(url, {"successor": wrong, "on": "2026-11-23"}).status_code == 422


def test_nobody_takes_over_from_himself(cast: Cast) -> None:
    """石磊 is on the roster, too, and nothing says that the record and the account are of one person."""
    officer, term = cast.actor("zhouhui"), held(cast)
    own = add_member(actor=officer, unit_id=cast.qingshi.id, values={"name": "石磊"})
    url, client = reverse("staff_hand_over", args=[term.id]), Client()
    client.force_login(cast.account("zhouhui"), "django.contrib.auth.backends.ModelBackend")
    assert "石磊</option>" not in client.get(url).content.decode()
    assert f"account:{term.account_id}" not in client.get(url).content.decode()
    with pytest.raises(DomainError, match="不能交接给本人") as refused:
        hand_over_to_member(actor=officer, appointment_id=term.id, member_id=own.id)
    assert refused.value.field == "successor"
    assert not Account.objects.filter(name="石磊").exclude(pk=term.account_id).exists()
