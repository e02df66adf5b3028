"""make_cards: the number in full for who may have it, each card a look that is kept; the vCard and its QR code."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import Cast
from yanzhen.contact import cards
from yanzhen.contact.cards import make_cards, phone_contact
from yanzhen.kernel.errors import DomainError, NotFound, NotPermitted
from yanzhen.ledger.models import Fact
from yanzhen.people.services import add_members
from yanzhen.people.timeline import timeline

pytestmark = pytest.mark.django_db


def looks() -> int:
    return Fact.objects.filter(kind="people.field.unmasked").count()


def client(cast: Cast, username: str) -> Client:
    found = Client()
    found.force_login(cast.account(username), "django.contrib.auth.backends.ModelBackend")
    return found


def test_a_card_says_how_he_is_reached(cast_away: Cast) -> None:
    (card,) = make_cards(actor=cast_away.actor("shilei"), member_ids=[cast_away.weizhiqiang.id])
    assert (card.phone, card.in_full, card.place) == ("19900000001", True, "广东省深圳市")
    assert (card.person, card.person_phone) == ("陆芳", "19900000011")


def test_a_card_made_is_a_look_that_the_member_reads(cast: Cast) -> None:
    make_cards(actor=cast.actor("shilei"), member_ids=[cast.weizhiqiang.id])
    entries = timeline(actor=cast.actor("weizhiqiang"), member_id=cast.weizhiqiang.id)
    assert entries[0].sentence == "石磊查看了完整的手机号码，理由：做联络卡"


def test_who_may_not_unmask_gets_a_masked_card_and_no_contact(cast_away: Cast) -> None:
    inspector, key = cast_away.actor("guming"), cast_away.weizhiqiang.id
    (card,) = make_cards(actor=inspector, member_ids=[key])
    assert (card.phone, card.in_full, card.person_phone) == ("199****0001", False, "199****0011")
    with pytest.raises(NotPermitted):
        phone_contact(actor=inspector, member_id=key)
    assert looks() == 0


def test_ones_own_card_is_nobodys_look(cast: Cast) -> None:
    card = phone_contact(actor=cast.actor("weizhiqiang"), member_id=cast.weizhiqiang.id)
    assert card.phone == "19900000001"
    assert looks() == 0


def test_nobody_makes_cards_across_branches(cast: Cast) -> None:
    with pytest.raises(NotFound):
        make_cards(actor=cast.actor("liuqing"), member_ids=[cast.qinxiaoyan.id, cast.weizhiqiang.id])
    assert looks() == 0


def test_none_or_too_many_are_refused(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cards, "MOST", 1)
    for keys in ([], [cast.weizhiqiang.id, cast.huangxiulan.id]):
        with pytest.raises(DomainError):
            make_cards(actor=cast.actor("zhouhui"), member_ids=keys)


def test_many_cards_cost_no_more_queries(cast: Cast) -> None:
    officer = cast.actor("zhouhui")
    rows = [(cast.liuhe.id, {"name": f"林{n}", "phone": f"199000010{n}"}) for n in range(10, 40)]
    keys = [member.id for member in add_members(actor=officer, rows=rows)]

    def queries(some: int) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert len(make_cards(actor=officer, member_ids=keys[:some])) == some
        return len(captured)

    queries(30)  # the members' keys are made at first need
    assert queries(30) == queries(2)


def test_the_file_is_a_vcard(cast_away: Cast) -> None:
    answer = client(cast_away, "shilei").get(reverse("member_vcf", args=[cast_away.weizhiqiang.id]))
    lines = answer.content.decode().splitlines()
    assert lines[:6] == [
        "BEGIN:VCARD",
        "VERSION:3.0",
        "N:韦;志强",
        "FN:韦志强",
        "ORG:青石村党支部",
        "TEL:19900000001",
    ]
    assert lines[-1] == "END:VCARD"
    assert answer.headers["Content-Type"] == "text/vcard; charset=utf-8"


def test_the_page_draws_a_code_only_with_the_full_number(cast_away: Cast) -> None:
    url = reverse("member_card", args=[cast_away.weizhiqiang.id])
    assert 'class="qr"' in client(cast_away, "shilei").get(url).content.decode()
    masked = client(cast_away, "guming").get(url).content.decode()
    assert 'class="qr"' not in masked
    assert "19900000001" not in masked


def test_the_sheet_is_the_list_as_filtered(cast_away: Cast) -> None:
    url = reverse("members_cards")
    page = client(cast_away, "shilei").post(f"{url}?f=away", {"layout": "ten"}).content.decode()
    assert "韦志强" in page
    assert "黄秀兰" not in page
    assert looks() == 1
    refused = client(cast_away, "shilei").post(f"{url}?q=没有这个人", {"layout": "ten"})
    assert refused.status_code == 422
    assert "请先筛选名单" in refused.content.decode()
