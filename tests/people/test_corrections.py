"""propose_correction, decide_correction: the member says, the branch looks, both are kept, and the list knows."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import TODAY, Cast
from yanzhen.duties.models import Standing
from yanzhen.duties.queries import worklist
from yanzhen.duties.services import check
from yanzhen.kernel import clock
from yanzhen.kernel.errors import Conflict, DomainError, NotFound, NotPermitted
from yanzhen.ledger.models import Fact
from yanzhen.people.corrections import Correction, decide_correction, last_correction, propose_correction
from yanzhen.people.models import Member
from yanzhen.people.services import change_member, link_account
from yanzhen.people.timeline import timeline
from yanzhen.people.values import value_of
from yanzhen.policy.services import set_parameter

pytestmark = pytest.mark.django_db


def propose(cast: Cast, **values: str) -> Correction:
    return propose_correction(
        actor=cast.actor("weizhiqiang"),
        member_id=cast.weizhiqiang.id,
        values=values or {"phone": "19900000077"},
    )


def decide(cast: Cast, proposed: Correction, *, accepted: bool = True, reason: str = "") -> Correction:
    return decide_correction(
        actor=cast.actor("shilei"),
        member_id=cast.weizhiqiang.id,
        proposal_id=proposed.id,
        accepted=accepted,
        reason=reason,
    )


def client(cast: Cast, username: str) -> Client:
    found = Client()
    found.force_login(cast.account(username), "django.contrib.auth.backends.ModelBackend")
    return found


def test_nothing_changes_before_the_branch_has_looked(cast: Cast) -> None:
    propose(cast)
    fact = Fact.objects.get(kind="people.correction.proposed")
    assert fact.data == {"fields": ["phone"], "what": "手机号码"}
    assert "19900000077" not in fact.secret
    assert value_of(Member.objects.get(pk=cast.weizhiqiang.id), "phone") == "19900000001"


def test_accepted_it_stands_and_the_member_reads_so(cast: Cast) -> None:
    decide(cast, propose(cast), reason="打过电话了")
    assert value_of(Member.objects.get(pk=cast.weizhiqiang.id), "phone") == "19900000077"
    entries = timeline(actor=cast.actor("weizhiqiang"), member_id=cast.weizhiqiang.id)
    assert entries[0].sentence == "石磊核对了本人更正的手机号码，照改：打过电话了"
    found = last_correction(actor=cast.actor("weizhiqiang"), member_id=cast.weizhiqiang.id)
    assert found is not None
    assert (found.outcome, found.reason) == ("accepted", "打过电话了")


def test_declined_nothing_changes_and_a_sentence_says_why(cast: Cast) -> None:
    proposed = propose(cast)
    with pytest.raises(DomainError) as silent:
        decide(cast, proposed, accepted=False, reason=" ")
    assert silent.value.field == "reason"
    decide(cast, proposed, accepted=False, reason="这个号码打不通")
    assert value_of(Member.objects.get(pk=cast.weizhiqiang.id), "phone") == "19900000001"
    page = client(cast, "weizhiqiang").get(reverse("member", args=[cast.weizhiqiang.id])).content.decode()
    assert "支部没有采纳" in page
    assert "这个号码打不通" in page


def test_more_is_added_to_what_waits(cast: Cast) -> None:
    first = propose(cast)
    second = propose(cast, employer="青禾茶厂")
    assert second.values == {"phone": "19900000077", "employer": "青禾茶厂"}
    with pytest.raises(Conflict):
        decide(cast, first)
    decide(cast, second)
    with pytest.raises(Conflict):
        decide(cast, second)


def test_the_same_again_writes_nothing(cast: Cast) -> None:
    assert propose(cast) == propose(cast)
    assert Fact.objects.filter(kind="people.correction.proposed").count() == 1


@pytest.mark.parametrize(
    "values", [{"phone": "19900000001"}, {"stage": "probationary"}, {"phone": "abc"}, {"name": ""}]
)
def test_nothing_new_not_his_or_impossible_is_refused(cast: Cast, values: dict[str, str]) -> None:
    with pytest.raises(DomainError):
        propose(cast, **values)
    assert not Fact.objects.filter(kind="people.correction.proposed").exists()


def test_only_he_proposes_and_only_his_branch_decides(cast: Cast) -> None:
    key = cast.weizhiqiang.id
    with pytest.raises(NotPermitted):
        propose_correction(actor=cast.actor("shilei"), member_id=key, values={"employer": "甲厂"})
    with pytest.raises(NotFound):
        propose_correction(actor=cast.actor("weizhiqiang"), member_id=cast.huangxiulan.id, values={})
    proposed = propose(cast)
    for username, refusal in (("liuqing", NotFound), ("guming", NotPermitted), ("weizhiqiang", NotPermitted)):
        with pytest.raises(refusal):
            decide_correction(
                actor=cast.actor(username), member_id=key, proposal_id=proposed.id, accepted=True
            )


def test_nobody_decides_his_own(cast: Cast) -> None:
    secretary = cast.account("shilei")
    link_account(actor=cast.actor("zhouhui"), member_id=cast.huangxiulan.id, account_id=secretary.id)
    own = propose_correction(
        actor=cast.actor("shilei"), member_id=cast.huangxiulan.id, values={"employer": "青禾茶厂"}
    )
    with pytest.raises(DomainError, match="请别人核对"):
        decide_correction(
            actor=cast.actor("shilei"), member_id=cast.huangxiulan.id, proposal_id=own.id, accepted=True
        )


def test_it_stands_on_the_branchs_list_for_fifteen_days_and_goes(cast: Cast) -> None:
    proposed = propose(cast)
    with clock.set_to(TODAY + timedelta(days=3)):
        propose(cast, employer="青禾茶厂")  # does not put the day off
    (item,) = worklist(actor=cast.actor("shilei")).items
    assert (item.duty.key, item.due_on) == ("correction_check", date(2026, 12, 8))
    assert item.reason == "11月23日本人提出更正，应在 15 天内核对。"
    assert worklist(actor=cast.actor("liuqing")).items == []
    assert list(check()) == []
    latest = last_correction(actor=cast.actor("shilei"), member_id=cast.weizhiqiang.id)
    assert latest is not None
    assert latest.id != proposed.id
    decide(cast, latest)
    assert not Standing.objects.exists()
    assert list(check()) == []


def test_the_committee_may_set_other_days(cast: Cast) -> None:
    propose(cast)
    set_parameter(
        actor=cast.actor("zhouhui"),
        unit=cast.town,
        key="people.correction.days",
        value="7",
        effective_from=TODAY - timedelta(days=1),
        reason="试点",
    )
    assert Standing.objects.get().due_on == date(2026, 11, 30)
    assert list(check()) == []


def test_one_field_is_corrected_where_it_stands(cast: Cast) -> None:
    himself, key = client(cast, "weizhiqiang"), cast.weizhiqiang.id
    url, page = reverse("correction_propose", args=[key]), reverse("member", args=[key])
    assert f"{url}?only=phone" in himself.get(page).content.decode()
    assert f"{url}?only=stage" not in himself.get(page).content.decode()
    assert f"{url}?only=phone" not in client(cast, "shilei").get(page).content.decode()
    form = himself.get(f"{url}?only=phone").content.decode()
    assert 'name="phone"' in form
    assert 'name="name"' not in form
    wrong = himself.post(f"{url}?only=phone", {"phone": "一二三"})
    assert wrong.status_code == 422
    assert 'name="name"' not in wrong.content.decode()
    himself.post(f"{url}?only=home_address", {"home_address": "青石村9组"})
    answer = himself.post(f"{url}?only=phone", {"phone": "19900000066"}, follow=True).content.decode()
    assert {"手机号码", "家庭住址"} == set(answer.partition("等支部核对：")[2].partition("。")[0].split("、"))
    assert 'name="name"' in himself.get(f"{url}?only=stage").content.decode()


def test_from_his_page_to_the_branchs(cast: Cast) -> None:
    url = reverse("correction_propose", args=[cast.weizhiqiang.id])
    himself, secretary = client(cast, "weizhiqiang"), client(cast, "shilei")
    assert "思想状况" not in himself.get(url).content.decode()
    given = {"name": "韦志强", "gender": "male", "birth_on": "1985-03", "phone": "19900000066"}
    answer = himself.post(url, given, follow=True).content.decode()
    assert "等支部核对：手机号码。" in answer
    url = reverse("correction_decide", args=[cast.weizhiqiang.id])
    page = secretary.get(url)
    assert "19900000066" in page.content.decode()
    assert "199****0001" in page.content.decode()
    proposal = Fact.objects.get(kind="people.correction.proposed").id
    assert secretary.post(url, {"proposal": proposal, "accepted": "0"}).status_code == 422
    change_member(actor=cast.actor("shilei"), member_id=cast.weizhiqiang.id, values={"employer": "青禾茶厂"})
    done = secretary.post(url, {"proposal": proposal, "accepted": "1"}, follow=True)
    assert "已照改。" in done.content.decode()
    assert value_of(Member.objects.get(pk=cast.weizhiqiang.id), "phone") == "19900000066"
