"""changes_of, recorded: what stood in a field before, and the timeline by kind and year."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from yanzhen.kernel import clock
from yanzhen.kernel.errors import NotFound
from yanzhen.ledger.secrets import redact
from yanzhen.people.changes import changed_fields, changes_of
from yanzhen.people.services import change_member, look
from yanzhen.people.timeline import recorded

pytestmark = pytest.mark.django_db


@pytest.fixture
def changed(cast: Cast) -> Cast:
    shilei = cast.actor("shilei")
    for phone in ("19900000098", "19900000099"):
        change_member(actor=shilei, member_id=cast.weizhiqiang.id, values={"phone": phone, "employer": phone})
    return cast


def page(cast: Cast, username: str, name: str, *more: object, query: str = "") -> str:
    client = Client()
    client.force_login(cast.account(username), "django.contrib.auth.backends.ModelBackend")
    answer = client.get(reverse(name, args=[cast.weizhiqiang.id, *more]) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_each_change_is_told_newest_first(changed: Cast) -> None:
    column, changes = changes_of(
        actor=changed.actor("shilei"), member_id=changed.weizhiqiang.id, field="phone"
    )
    assert column.key == "phone"
    assert [(it.before, it.after, it.actor, it.door) for it in changes] == [
        ("19900000098", "19900000099", "石磊", "page"),
        ("19900000001", "19900000098", "石磊", "page"),
    ]


def test_only_what_changed_has_a_past(changed: Cast) -> None:
    fields = changed_fields(actor=changed.actor("shilei"), member_id=changed.weizhiqiang.id)
    assert fields == {"phone", "employer"}
    assert changed_fields(actor=changed.actor("shilei"), member_id=changed.huangxiulan.id) == frozenset()


@pytest.mark.parametrize("field", ["unit", "nonsense"])
def test_what_is_not_his_own_column_is_not_there(changed: Cast, field: str) -> None:
    with pytest.raises(NotFound):
        changes_of(actor=changed.actor("shilei"), member_id=changed.weizhiqiang.id, field=field)


def test_nobody_reads_across_branches(changed: Cast) -> None:
    for read in (changed_fields, recorded):
        with pytest.raises(NotFound):
            read(actor=changed.actor("liuqing"), member_id=changed.weizhiqiang.id)


def test_redacted_values_are_gone(changed: Cast) -> None:
    redact(changed.weizhiqiang.id)
    _column, changes = changes_of(
        actor=changed.actor("shilei"), member_id=changed.weizhiqiang.id, field="employer"
    )
    assert [(it.before, it.redacted) for it in changes] == [(None, True)] * 2


def test_the_page_masks_as_the_record_does(changed: Cast) -> None:
    others = page(changed, "shilei", "field_history", "phone")
    assert "从“199****0001”改为“199****0098”" in others
    assert "19900000098" not in others
    assert "19900000098" in page(changed, "weizhiqiang", "field_history", "phone")
    assert "从“没有登记”改为“19900000098”" in page(changed, "shilei", "field_history", "employer")


def test_the_record_links_to_the_past_of_what_changed(changed: Cast) -> None:
    record = page(changed, "shilei", "member")
    assert reverse("field_history", args=[changed.weizhiqiang.id, "employer"]) in record
    assert reverse("field_history", args=[changed.weizhiqiang.id, "gender"]) not in record


def test_the_timeline_by_kind_and_year(cast_away: Cast) -> None:
    key = cast_away.weizhiqiang.id
    with clock.set_to(date(2027, 1, 5)):
        look(actor=cast_away.actor("shilei"), member_id=key)
    kinds = {
        group: {fact.kind for fact in recorded(actor=cast_away.actor("shilei"), member_id=key, group=group)}
        for group in ("record", "whereabouts", "contact", "looks")
    }
    assert kinds == {
        "record": {"people.member.added", "people.account.linked"},
        "whereabouts": {"mobility.departure.reported", "mobility.arrival.reported"},
        "contact": {"contact.person.assigned"},
        "looks": {"people.member.seen"},
    }
    in_2027 = recorded(actor=cast_away.actor("shilei"), member_id=key, year=2027)
    assert [fact.kind for fact in in_2027] == ["people.member.seen"]
    shown = page(cast_away, "shilei", "member_timeline", query="?year=2026&group=contact&all=1")
    assert "石磊请陆芳做联系人" in shown
    assert "登记到" not in shown
