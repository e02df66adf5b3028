"""Choices among thousands: a few are offered, any is found by text, what was typed stays, and the queries are few."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import TODAY, Cast
from yanzhen.access.models import Appointment
from yanzhen.access.rows import insert
from yanzhen.accounts.models import Account
from yanzhen.contact.models import ContactPerson
from yanzhen.kernel.paths import segment
from yanzhen.org.models import Unit, UnitKind
from yanzhen.people.models import Member
from yanzhen.people.services import add_members
from yanzhen.web.choosing import OFFERED

pytestmark = pytest.mark.django_db

UNITS, PEOPLE = 5000, 3000
MANY = {  # the page, and how a choice is written on it
    "member_add": "option",
    "batches": "option",
    "staff_add": "option",
    "twins": "option",
    "staff_hand_over": "option",
    "contact_assign": 'input type="radio" name="keeper"',
}


@pytest.fixture
def large(cast: Cast) -> Cast:
    """A committee of 5,000 units and 3,000 accounts, with members and contact persons by the hundred in one branch."""
    town = cast.town
    insert(
        [
            Unit(
                parent=town,
                path=town.path + segment(number),
                code=f"t{number}",
                name=f"第{number}党支部",
                kind=UnitKind.BRANCH,
            )
            for number in range(100, 100 + UNITS)
        ]
    )
    Account.objects.bulk_create(
        Account(username=f"u{number}", name=f"王第{number}", path=town.path) for number in range(PEOPLE)
    )
    persons = [ContactPerson(path=cast.qingshi.path, name=f"李第{number}") for number in range(PEOPLE)]
    ContactPerson.objects.bulk_create(persons)
    rows = [(cast.qingshi.id, {"name": f"赵第{number}"}) for number in range(300)]
    add_members(actor=cast.actor("zhouhui"), rows=rows)
    return cast


@pytest.fixture
def officer(large: Cast, client: Client) -> Client:
    client.force_login(large.account("zhouhui"), "django.contrib.auth.backends.ModelBackend")
    return client


def address(cast: Cast, name: str) -> str:
    if name == "staff_hand_over":
        return reverse(name, args=[Appointment.objects.get(account=cast.account("shilei")).id])
    return reverse(name, args=[cast.huangxiulan.id] if name == "contact_assign" else [])


@pytest.mark.parametrize(("name", "choice"), MANY.items())
def test_a_page_offers_some_of_many_in_few_queries(
    large: Cast, officer: Client, name: str, choice: str
) -> None:
    url = address(large, name)
    officer.get(url)
    with CaptureQueriesContext(connection) as asked:
        page = officer.get(url).content.decode()
    kinds = {"staff_hand_over": 3, "contact_assign": 2}.get(
        name, 1
    )  # near, and elsewhere; with and without account
    offered = re.findall(rf"<{choice}[^>]*value=\"([^\"]+-[^\"]+)\"", page)
    assert OFFERED <= len(offered) <= kinds * OFFERED
    assert len(asked) <= 20
    assert len(page) < 100_000


def test_a_unit_is_found_and_what_was_typed_stays(large: Cast, officer: Client) -> None:
    url, wanted = reverse("member_add"), Unit.objects.get(name="第4321党支部")
    typed = {"name": "石小山", "id_number": "522699198503071244", "gender": "female", "is_lost": "0"}
    for button in ({"find": "1"}, {}):  # its button, and Enter
        looked = officer.post(url, {**typed, "q": "4321", "unit": "", **button})
        page = looked.content.decode()
        assert looked.status_code == 200
        assert re.findall(r'<option value="([^"]+-[^"]+)"', page) == [str(wanted.id)]
        assert f'value="{wanted.id}" selected' in page
        assert "青禾镇党委）" in page  # which of those that are called so
        for kept in ('value="石小山"', "522699198503071244", 'value="female" selected', 'value="0" selected'):
            assert kept in page
        assert not Member.objects.filter(name="石小山").exists()
    again = officer.post(url, {**typed, "q": "999", "found": "4321", "unit": str(wanted.id)})
    assert f'value="{wanted.id}" selected' in again.content.decode()
    assert not Member.objects.filter(name="石小山").exists()
    officer.post(url, {**typed, "q": "4321", "found": "4321", "unit": str(wanted.id)})
    assert Member.objects.get(name="石小山").unit == wanted


def test_a_unit_that_the_first_page_does_not_offer_can_be_named_in_the_address(
    large: Cast, officer: Client
) -> None:
    wanted = Unit.objects.get(name="第4321党支部")
    page = officer.get(reverse("member_add"), {"unit": str(wanted.id)}).content.decode()
    assert f'value="{wanted.id}" selected' in page
    assert (
        "没有叫这个名称的党组织"
        in officer.post(reverse("staff_add"), {"q": "查无此部", "find": "1", "name": "林芳"}).content.decode()
    )


def test_a_successor_is_found_by_name(large: Cast, officer: Client) -> None:
    url, wanted = address(large, "staff_hand_over"), Account.objects.get(name="王第2987")
    page = officer.post(url, {"q": "2987", "find": "1", "on": "2026-12-01"}).content.decode()
    assert re.findall(r'<option value="([^"]+:[^"]+)"', page) == [f"account:{wanted.id}"]
    assert "2026-12-01" in page
    page = officer.post(url, {"q": "赵第299", "find": "1"}).content.decode()
    assert "赵第299</option>" in page
    told = {"q": "王第2987", "found": "王第2987", "successor": f"account:{wanted.id}", "on": "2026-12-01"}
    assert officer.post(url, told).status_code == 302
    assert Appointment.objects.get(account=wanted).role == "secretary"


def test_a_contact_person_is_found_by_name(large: Cast, officer: Client) -> None:
    url, wanted = address(large, "contact_assign"), ContactPerson.objects.get(name="李第2987")
    page = officer.post(url, {"q": "2987", "find": "1"}).content.decode()
    assert re.findall(r'name="keeper" value="([^"]+)"', page) == [f"person:{wanted.id}"]
    officer.post(url, {"q": "2987", "found": "2987", "keeper": f"person:{wanted.id}"})
    assert large.huangxiulan.assignments.get().person == wanted


def test_of_many_appointed_some_are_read_and_any_is_found(large: Cast, officer: Client) -> None:
    ContactPerson.objects.all().delete()
    accounts = Account.objects.filter(name__startswith="王第").order_by("username")
    unit = {"unit_id": large.qingshi.id, "path": large.qingshi.path}
    Appointment.objects.bulk_create(
        Appointment(account=account, role="contact_person", starts_on=TODAY, **unit) for account in accounts
    )
    url, wanted = address(large, "contact_assign"), Account.objects.get(name="王第2987")
    with CaptureQueriesContext(connection) as asked:
        page = officer.get(url).content.decode()
    assert page.count('name="keeper"') == OFFERED
    assert "别的请按名称查找" in page
    assert not [it for it in asked if "contact_person" in it["sql"] and "LIMIT" not in it["sql"]]
    chosen = f"account:{wanted.id}:王第2987"
    page = officer.post(url, {"q": "2986", "found": "2987", "keeper": chosen, "find": "1"}).content.decode()
    assert f'value="{chosen}" ' in page  # what was chosen before one looked again
    officer.post(url, {"q": "2986", "found": "2986", "keeper": chosen})
    assert large.huangxiulan.assignments.get().person.account_id == wanted.id


def test_where_they_are_few_nothing_is_looked_for(cast: Cast, client: Client) -> None:
    client.force_login(cast.account("zhouhui"), "django.contrib.auth.backends.ModelBackend")
    for name in MANY:
        assert 'name="q"' not in client.get(address(cast, name)).content.decode().split("<main")[1]
