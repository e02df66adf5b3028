"""One field edited where it stands: with htmx its own place is answered, without JavaScript the address is a page."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from yanzhen.ledger.models import Fact
from yanzhen.people.models import Member
from yanzhen.people.values import value_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretary(cast: Cast) -> Client:
    found = Client()
    found.force_login(cast.account("shilei"), "django.contrib.auth.backends.ModelBackend")
    return found


def url(cast: Cast, field: str) -> str:
    return reverse("field_edit", args=[cast.weizhiqiang.id, field])


def test_the_field_is_answered_in_its_place_with_its_history(cast: Cast, secretary: Client) -> None:
    headers = {"HX-Request": "true", "HX-Target": "full-phone"}
    asked = secretary.get(url(cast, "phone"), headers=headers).content.decode()
    assert "<html" not in asked
    assert "19900000001" not in asked
    answer = secretary.post(url(cast, "phone"), {"phone": "19900000077"}, headers=headers)
    assert (answer.headers["HX-Retarget"], answer.headers["HX-Reswap"]) == ("#f-phone", "outerHTML")
    told = answer.content.decode()
    assert "199****0077" in told
    assert reverse("field_history", args=[cast.weizhiqiang.id, "phone"]) in told
    assert "<html" not in told
    assert Fact.objects.get(kind="people.member.changed").data == {"fields": ["phone"], "what": "手机号码"}


def test_without_javascript_it_is_a_page_that_leads_back(cast: Cast, secretary: Client) -> None:
    assert "<html" in secretary.get(url(cast, "employer")).content.decode()
    answer = secretary.post(url(cast, "employer"), {"employer": "青禾茶厂"})
    assert answer.headers["Location"] == reverse("member", args=[cast.weizhiqiang.id])


def test_nothing_else_changes(cast: Cast, secretary: Client) -> None:
    secretary.post(url(cast, "employer"), {"employer": "青禾茶厂", "name": "", "phone": "1"})
    member = Member.objects.get(pk=cast.weizhiqiang.id)
    assert (member.name, member.employer, value_of(member, "phone")) == ("韦志强", "青禾茶厂", "19900000001")


def test_a_sealed_value_left_empty_stays(cast: Cast, secretary: Client) -> None:
    secretary.post(url(cast, "phone"), {"phone": ""})
    assert value_of(Member.objects.get(pk=cast.weizhiqiang.id), "phone") == "19900000001"
    assert not Fact.objects.filter(kind="people.member.changed").exists()


def test_what_cannot_be_is_said_beside_the_field_and_stays_typed(cast: Cast, secretary: Client) -> None:
    headers = {"HX-Request": "true", "HX-Target": "full-birth_on"}
    answer = secretary.post(url(cast, "birth_on"), {"birth_on": "去年"}, headers=headers)
    assert answer.status_code == 422
    told = answer.content.decode()
    assert "请写成 2010、2010-07" in told
    assert 'value="去年"' in told


@pytest.mark.parametrize("field", ["unit", "departed_on", "nonsense"])
def test_there_is_no_other_field(cast: Cast, secretary: Client, field: str) -> None:
    assert secretary.get(url(cast, field)).status_code == 404


def test_what_is_not_known_yet_is_offered(cast: Cast, secretary: Client) -> None:
    page = secretary.get(reverse("member", args=[cast.weizhiqiang.id])).content.decode()
    assert "还没有登记：" in page
    headers = {"HX-Request": "true", "HX-Target": "fill"}
    answer = secretary.post(url(cast, "employer"), {"employer": "青禾茶厂"}, headers=headers)
    assert "HX-Location" in answer.headers
