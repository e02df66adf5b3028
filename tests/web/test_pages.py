"""What pages say and keep: refusals in words, numbers masked, looks recorded, and few queries however much there is."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import TODAY, Cast
from yanzhen.contact.models import Assignment, Contact
from yanzhen.contact.queries import present_person
from yanzhen.ledger.models import Fact
from yanzhen.mobility.models import Absence
from yanzhen.mobility.services import report_departure
from yanzhen.people.columns import OWN
from yanzhen.people.models import Member
from yanzhen.people.services import add_members
from yanzhen.policy.services import set_parameter
from yanzhen.web.record import SECTIONS
from yanzhen.web.templatetags.yanzhen import device


def signed_in(cast: Cast, username: str) -> Client:
    client = Client()
    client.force_login(cast.account(username), "django.contrib.auth.backends.ModelBackend")
    return client


def text(client: Client, url: str) -> str:
    return client.get(url).content.decode()


def test_worklist_shows_the_duty_with_its_clause_and_the_act(cast_away: Cast) -> None:
    page = text(signed_in(cast_away, "lufang"), "/")
    assert "韦志强" in page
    assert "定期联系" in page
    assert "党员管理措施" in page
    assert reverse("contact_log", args=[cast_away.weizhiqiang.id]) in page
    assert "覃小燕" not in page


def test_logging_a_contact_takes_the_line_away(cast_away: Cast) -> None:
    client = signed_in(cast_away, "lufang")
    url = reverse("contact_log", args=[cast_away.weizhiqiang.id])
    answer = client.post(url, {"means": "phone", "on": TODAY.isoformat(), "note": "工作顺利", "reached": "1"})
    assert answer.status_code == 302
    assert Contact.objects.get(member=cast_away.weizhiqiang, on=TODAY.isoformat()).reached
    page = text(client, "/")
    assert "已记下和韦志强的联系" in page
    assert "定期联系" not in page


def test_htmx_gets_the_form_alone_and_then_the_page_to_fetch(cast_away: Cast) -> None:
    client = signed_in(cast_away, "lufang")
    url = reverse("contact_log", args=[cast_away.weizhiqiang.id]) + "?next=/%3Fgroup%3Dcontact"
    asked = {"HX-Request": "true", "HX-Target": "line1"}
    form = client.get(url, headers=asked).content.decode()
    assert "<html" not in form
    assert 'hx-target="#line1"' in form
    sent = {"means": "phone", "on": TODAY.isoformat(), "note": "", "reached": "0", "next": "/?group=contact"}
    answer = client.post(url, sent, headers=asked)
    assert '"path": "/?group=contact"' in answer.headers["HX-Location"]


def test_refused_form_is_shown_again_as_it_was_filled_in(cast_away: Cast) -> None:
    url = reverse("contact_log", args=[cast_away.weizhiqiang.id])
    sent = {"means": "wechat", "on": "2027-01-05", "note": "谈了很久", "reached": "1"}
    answer = signed_in(cast_away, "lufang").post(url, sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "联系日期不能晚于今天。" in page
    assert "谈了很久" in page
    assert re.search(r'value="wechat"[^>]*checked', page)
    assert not Contact.objects.filter(on="2027-01-05").exists()


def test_what_is_not_there_and_what_is_not_mine_look_the_same(cast_away: Cast) -> None:
    client = signed_in(cast_away, "liuqing")
    theirs = client.get(reverse("member", args=[cast_away.weizhiqiang.id]))
    nobody = client.get(reverse("member", args=["01900000-0000-7000-8000-000000000000"]))
    assert theirs.status_code == nobody.status_code == 404
    assert "没有找到" in theirs.content.decode()
    assert theirs.content.decode().count("韦志强") == 0


def test_a_rule_that_is_not_declared_is_not_there(cast: Cast) -> None:
    assert signed_in(cast, "zhouhui").get(reverse("rule_change", args=["no.such.rule"])).status_code == 404


def test_a_going_away_next_page_is_not_followed(cast_away: Cast) -> None:
    url = reverse("return_record", args=[cast_away.weizhiqiang.id])
    sent = {"returned_on": TODAY.isoformat(), "next": "https://elsewhere.example/"}
    assert signed_in(cast_away, "shilei").post(url, sent).headers["Location"] == "/"


def test_numbers_are_masked_until_somebody_says_why(cast_away: Cast) -> None:
    client = signed_in(cast_away, "shilei")
    page = text(client, reverse("member", args=[cast_away.weizhiqiang.id]))
    assert "522699198503071236" not in page
    assert "522699**********36" in page
    url = reverse("member_unmask", args=[cast_away.weizhiqiang.id, "id_number"])
    assert client.post(url, {"reason": ""}).status_code == 422
    assert "522699198503071236" in client.post(url, {"reason": "核对档案"}).content.decode()
    assert Fact.objects.filter(kind="people.field.unmasked", member_id=cast_away.weizhiqiang.id).count() == 1


def test_a_call_unmasks_the_number_and_lets_a_telephone_dial(cast_away: Cast) -> None:
    url = reverse("member_call", args=[cast_away.weizhiqiang.id])
    answer = signed_in(cast_away, "lufang").post(url, headers={"HX-Request": "true", "HX-Target": "line1"})
    assert "tel:19900000001" in answer.content.decode()
    assert "tel:19900000001" in answer.headers["HX-Trigger"]
    assert Fact.objects.filter(kind="people.field.unmasked", member_id=cast_away.weizhiqiang.id).exists()


def test_looking_is_recorded_and_the_member_reads_it(cast_away: Cast) -> None:
    signed_in(cast_away, "guming").get(reverse("member", args=[cast_away.weizhiqiang.id]))
    own = signed_in(cast_away, "weizhiqiang")
    assert "顾明查看了党员信息" in text(own, reverse("member", args=[cast_away.weizhiqiang.id]))
    assert "顾明看过 1 次" in text(own, "/")


def test_a_member_sees_his_own_numbers_in_full(cast_away: Cast) -> None:
    page = text(signed_in(cast_away, "weizhiqiang"), reverse("member", args=[cast_away.weizhiqiang.id]))
    assert "522699198503071236" in page
    assert "陆芳" in page


def test_editing_changes_what_was_written_and_keeps_sealed_values_left_empty(cast_away: Cast) -> None:
    client = signed_in(cast_away, "shilei")
    url = reverse("member_edit", args=[cast_away.weizhiqiang.id])
    member = Member.objects.get(pk=cast_away.weizhiqiang.id)
    sent = {"name": "韦志强", "gender": "male", "stage": "full", "employer": "云帆软件公司"}
    assert client.post(url, sent).status_code == 302
    changed = Member.objects.get(pk=member.id)
    assert changed.employer == "云帆软件公司"
    assert changed.id_number_sealed == member.id_number_sealed
    wrong = client.post(url, {**sent, "joined_on": "去年"})
    assert wrong.status_code == 422
    assert "2010-07" in wrong.content.decode()


def test_a_new_member_form_opens_without_a_complaint(cast: Cast) -> None:
    client = signed_in(cast, "shilei")
    page = text(client, reverse("member_add") + f"?unit={cast.qingshi.id}")
    assert 'aria-invalid="true"' not in page
    assert f'value="{cast.qingshi.id}" selected' in page
    sent = {"name": "陆永福", "unit": str(cast.qingshi.id)}
    assert client.post(reverse("member_add"), sent).status_code == 302
    assert Member.objects.get(name="陆永福").unit_id == cast.qingshi.id


def test_every_own_column_has_its_place_on_the_record() -> None:
    laid_out = [key for _label, keys in SECTIONS for key in keys]
    assert sorted(laid_out) == sorted(column.key for column in OWN)


def test_a_new_contact_person_is_named_and_assigned_at_once(cast_away: Cast) -> None:
    url = reverse("contact_assign", args=[cast_away.qinxiaoyan.id])
    client = signed_in(cast_away, "liuqing")
    assert client.post(url, {"name": "", "phone": ""}).status_code == 422
    assert client.post(url, {"name": "柳大海", "phone": "19900000021"}).status_code == 302
    person = present_person(actor=cast_away.actor("liuqing"), member_id=cast_away.qinxiaoyan.id)
    assert person is not None
    assert person.name == "柳大海"


def test_an_appointed_contact_person_can_be_chosen_before_he_has_anybody(cast: Cast) -> None:
    client = signed_in(cast, "shilei")
    url = reverse("contact_assign", args=[cast.huangxiulan.id])
    choice = f"account:{cast.account('lufang').id}:陆芳"
    assert choice in text(client, url)
    assert client.post(url, {"keeper": choice}).status_code == 302
    assert Member.objects.get(pk=cast.huangxiulan.id).keeper_id == cast.account("lufang").id


def test_suggested_contact_persons_are_assigned_as_ticked(cast_away: Cast) -> None:
    report_departure(
        actor=cast_away.actor("shilei"),
        member_id=cast_away.huangxiulan.id,
        departed_on="2026-11-01",
        reason="务工",
        destination="浙江省杭州市",
    )
    client = signed_in(cast_away, "shilei")
    url = reverse("contact_suggest", args=[cast_away.qingshi.id])
    pair = re.search(r'name="pair" value="([^"]+)"', text(client, url))
    assert pair
    assert client.post(url, {"pair": pair[1]}).headers["Location"] == reverse("away")
    assert Assignment.objects.filter(member=cast_away.huangxiulan, ends_on__isnull=True).exists()
    assert client.post(url, {"pair": "nonsense"}).status_code == 422


def test_deciding_otherwise_than_suggested_asks_for_a_reason(cast_away: Cast) -> None:
    client = signed_in(cast_away, "shilei")
    url = reverse("absence_decide", args=[cast_away.weizhiqiang.id])
    assert "按规定建议：办理流动党员活动证" in text(client, url)
    refused = client.post(url, {"outcome": "transfer", "reason": ""})
    assert refused.status_code == 422
    assert "请写明理由" in refused.content.decode()
    assert client.post(url, {"outcome": "transfer", "reason": "那里的党组织已同意接收"}).status_code == 302
    assert Absence.objects.get(member=cast_away.weizhiqiang).decision == "transfer"


def test_export_wants_a_reason_and_gives_exactly_the_list(cast_away: Cast) -> None:
    client = signed_in(cast_away, "zhouhui")
    url = reverse("members_export") + "?f=alone"
    assert client.post(url, {"reason": ""}).status_code == 422
    answer = client.post(url, {"reason": "年度核对"})
    assert answer.content[:2] == b"PK"
    assert "attachment" in answer.headers["Content-Disposition"]


def test_pages_load_nothing_but_their_own(cast: Cast) -> None:
    answer = signed_in(cast, "zhouhui").get("/")
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    page = answer.content.decode()
    assert not re.search(r"<script(?![^>]*src=)", page)
    assert not re.search(r'\sstyle="', page)
    assert not re.search(r'(?:src|href)="(?:https?:)?//', page)


def test_large_print_and_language_stay_in_cookies(cast: Cast) -> None:
    client = signed_in(cast, "zhouhui")
    assert "data-care" not in text(client, "/")
    assert client.post(reverse("care"), {"care": "1", "next": "/members/"}).headers["Location"] == "/members/"
    assert '<html lang="zh-Hans" data-care>' in text(client, "/")
    client.post(reverse("language"), {"language": "en"})
    assert '<html lang="en"' in text(client, "/")
    client.post(reverse("language"), {"language": "xx"})
    assert '<html lang="en"' in text(client, "/")


def test_wrong_sign_in_says_so_and_keeps_the_name(cast: Cast) -> None:
    answer = Client().post(reverse("account_login"), {"login": "zhouhui", "password": "wrong"})
    assert 'value="zhouhui"' in answer.content.decode()
    assert 'role="alert"' in answer.content.decode()


BUDGETS = {"/": 12, "/members/": 12, "/members/?q=dangyuan": 14, "/away/": 12, "/units/": 12}


@pytest.mark.parametrize("url", BUDGETS)
def test_queries_do_not_grow_with_the_town(url: str, cast_away: Cast) -> None:
    client = signed_in(cast_away, "zhouhui")
    client.get(url)
    few = _queries(client, url)
    officer = cast_away.actor("zhouhui")
    rows = [(cast_away.qingshi.id, {"name": f"党员{number}"}) for number in range(30)]
    for member in add_members(actor=officer, rows=rows):
        report_departure(
            actor=officer,
            member_id=member.id,
            departed_on="2025-01",
            reason="务工",
            destination="广东省深圳市",
        )
    assert _queries(client, url) <= max(few, BUDGETS[url])


def _queries(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    return len([it for it in asked if not it["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT"))])


def test_departure_fills_the_reports_of_the_member_himself(cast: Cast) -> None:
    client = signed_in(cast, "weizhiqiang")
    sent = {"departed_on": "2026-11-20", "destination": "江苏省苏州市", "reason": "务工"}
    assert client.post(reverse("departure_report", args=[cast.weizhiqiang.id]), sent).status_code == 302
    absence = Absence.objects.get(member=cast.weizhiqiang)
    assert (absence.departed_on, absence.reason) == (date(2026, 11, 20).isoformat(), "务工")
    assert "到达后报告住址和电话" in text(client, "/")


def test_departure_names_the_days_that_the_committee_has_set(cast: Cast) -> None:
    set_parameter(
        actor=cast.actor("zhouhui"),
        unit=cast.town,
        key="mobility.arrival.days",
        value="10",
        effective_from=TODAY,
        reason="镇党委会议定",
    )
    client = signed_in(cast, "weizhiqiang")
    sent = {"departed_on": "2026-11-20", "destination": "江苏省苏州市", "reason": "务工"}
    page = client.post(reverse("departure_report", args=[cast.weizhiqiang.id]), sent, follow=True)
    assert "请在 10 天内报告住址和电话" in page.content.decode()


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/120.0 Safari/537.36 Edg/120.0",
            "Edge · Windows",
        ),
        (
            "Mozilla/5.0 (Linux; Android 10) Chrome/107.0 Mobile Safari/537.36 MicroMessenger/8.0",
            "微信 · Android",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Safari/604.1",
            "Safari · iPhone",
        ),
        ("curl/8.0", "curl/8.0"),
    ],
)
def test_a_device_is_called_what_its_owner_calls_it(agent: str, words: str) -> None:
    assert device(agent) == words


@pytest.mark.parametrize("name", ["members", "units", "staff", "twins"])
def test_a_character_that_no_database_takes_is_refused_in_a_sentence(cast: Cast, name: str) -> None:
    answer = signed_in(cast, "zhouhui").get(reverse(name), {"q": "韦\x00"})
    assert (answer.status_code, "不能用的字符" in answer.content.decode()) == (400, True)
