"""Every address × every role × inside and outside: an address that is not listed here fails.

The objects are those of 青石村: 韦志强, a batch handed in for it, the account and the appointment of its secretary.
Roles in their order: officer 周慧, secretary 石磊, secretary elsewhere 柳青, contact person 陆芳,
member 韦志强, inspector 顾明.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, reverse
from pytest_django import DjangoDbBlocker

from tests.cast import Cast
from tests.people.pictures import photograph
from tests.sheets.books import roster
from tests.standing import built_once
from tests.web.test_pages import signed_in
from yanzhen.access.models import Appointment
from yanzhen.config.urls import urlpatterns as all_patterns
from yanzhen.contact.models import ContactPerson
from yanzhen.people.categories import add_category
from yanzhen.people.photos import set_photo
from yanzhen.sheets import later
from yanzhen.sheets.export import export
from yanzhen.sheets.services import stage
from yanzhen.web.urls import urlpatterns as page_patterns

WHO = ("zhouhui", "shilei", "liuqing", "lufang", "weizhiqiang", "guming")
SIGN_IN = "/accounts/login/"


@dataclass(frozen=True)
class Expected:
    """The statuses of GET and POST for each of `WHO`; "ok" is any that neither refuses nor breaks. "" is: 405."""

    get: str
    post: str = ""
    takes: str = ""  # which object's key the address takes


EVERYBODY = "ok ok ok ok ok ok"
INSIDE = "ok ok 404 ok ok ok"  # everybody of 青石村, and the inspector above
LOOKS_AFTER = "ok ok 404 ok 403 403"  # those who look after its members
OR_HIMSELF = "ok ok 404 ok ok 403"  # the same, and the member for himself
HIMSELF = "403 403 404 403 ok 403"
LEADS = "ok ok 404 403 403 403"  # officer and secretary
LOOKS_AFTER_ANYWHERE = "ok ok ok ok 403 403"
LEADS_ANYWHERE = "ok ok ok 403 403 403"
OFFICER = "ok 403 404 404 404 403"  # who holds no role with units does not learn that the thing is there
OFFICER_ANYWHERE = "ok 403 403 403 403 403"
WHOSE_IT_IS = "ok 404 404 404 404 404"  # the officer who asked for it
UNIT = "ok ok 404 404 404 ok"  # whoever holds a role on the unit with everything below it

EXPECTED = {
    "account_login": Expected(EVERYBODY, EVERYBODY),
    "account_logout": Expected(EVERYBODY, EVERYBODY),
    "account_change_password": Expected(EVERYBODY, EVERYBODY),
    "account_reauthenticate": Expected(EVERYBODY, EVERYBODY),
    "account_inactive": Expected(EVERYBODY),
    "mfa_authenticate": Expected(EVERYBODY, EVERYBODY),
    "mfa_reauthenticate": Expected(EVERYBODY, EVERYBODY),
    "mfa_reauthenticate_webauthn": Expected(EVERYBODY, EVERYBODY),
    "usersessions_list": Expected(EVERYBODY, EVERYBODY),
    "home": Expected(EVERYBODY),
    "members": Expected(EVERYBODY, LOOKS_AFTER_ANYWHERE),
    "member_add": Expected(LEADS_ANYWHERE, LEADS_ANYWHERE),
    "member": Expected(INSIDE, takes="member"),
    "member_edit": Expected(LOOKS_AFTER, LOOKS_AFTER, takes="member"),
    "field_edit": Expected(LOOKS_AFTER, LOOKS_AFTER, takes="field"),
    "member_photo": Expected(INSIDE, takes="member"),
    "photo_change": Expected(OR_HIMSELF, OR_HIMSELF, takes="member"),
    "member_unmask": Expected(LOOKS_AFTER, LOOKS_AFTER, takes="field"),
    "member_call": Expected("", LOOKS_AFTER, takes="member"),
    "member_responsible": Expected("ok 403 404 403 403 403", "ok 403 404 403 403 403", takes="member"),
    "field_history": Expected(INSIDE, takes="field"),
    "member_timeline": Expected(INSIDE, takes="member"),
    "correction_propose": Expected(HIMSELF, HIMSELF, takes="member"),
    "correction_decide": Expected(LOOKS_AFTER, LOOKS_AFTER, takes="member"),
    "twins": Expected(LEADS_ANYWHERE),
    "member_twin": Expected(LEADS, takes="member"),
    "members_merge": Expected(LEADS, LEADS, takes="pair"),
    "members_apart": Expected("", LEADS, takes="pair"),
    "member_split": Expected(LEADS, LEADS, takes="member"),
    "member_card": Expected(INSIDE, takes="member"),
    "member_vcf": Expected(OR_HIMSELF, takes="member"),
    "member_categories": Expected(LOOKS_AFTER, LOOKS_AFTER, takes="member"),
    "categories": Expected("ok ok 404 404 404 403", "ok ok 404 404 404 403", takes="unit"),
    "categories_suggest": Expected("ok ok 404 404 404 403", "ok ok 404 404 404 403", takes="unit"),
    "category_change": Expected(OFFICER, OFFICER, takes="category"),
    "category_contact": Expected(OFFICER, OFFICER, takes="category"),
    "members_cards": Expected(LOOKS_AFTER_ANYWHERE, LOOKS_AFTER_ANYWHERE),
    "contact_log": Expected(LOOKS_AFTER, LOOKS_AFTER, takes="member"),
    "contact_assign": Expected(LEADS, LEADS, takes="member"),
    "departure_report": Expected(OR_HIMSELF, OR_HIMSELF, takes="member"),
    "arrival_report": Expected(OR_HIMSELF, OR_HIMSELF, takes="member"),
    "return_record": Expected(OR_HIMSELF, OR_HIMSELF, takes="member"),
    "absence_decide": Expected(LEADS, LEADS, takes="member"),
    "members_export": Expected(LEADS_ANYWHERE, LEADS_ANYWHERE),
    "timeline_export": Expected(LEADS, LEADS, takes="member"),
    "away_export": Expected(LEADS_ANYWHERE, LEADS_ANYWHERE),
    "work_export": Expected(LEADS_ANYWHERE, LEADS_ANYWHERE),
    "suggest_export": Expected("ok ok 404 404 404 403", "ok ok 404 404 404 403", takes="unit"),
    "units_export": Expected("ok ok ok 403 403 ok"),
    "rules_export": Expected(EVERYBODY),
    "staff_export": Expected(OFFICER_ANYWHERE, OFFICER_ANYWHERE),
    "export": Expected(WHOSE_IT_IS, takes="export"),
    "export_progress": Expected(WHOSE_IT_IS, takes="export"),
    "export_stop": Expected("", WHOSE_IT_IS, takes="export"),
    "export_file": Expected(WHOSE_IT_IS, takes="export"),
    "away": Expected(EVERYBODY),
    "contact_suggest": Expected("ok ok 404 404 404 403", "ok ok 404 404 404 403", takes="unit"),
    "batches": Expected(OFFICER_ANYWHERE, OFFICER_ANYWHERE),
    "batch": Expected(OFFICER, takes="batch"),
    "batch_columns": Expected("", OFFICER, takes="batch"),
    "batch_anew": Expected("", OFFICER, takes="batch"),
    "batch_rows": Expected(OFFICER, OFFICER, takes="batch"),
    "batch_corrections": Expected(OFFICER, takes="batch"),
    "batch_name": Expected(OFFICER, OFFICER, takes="batch"),
    "batch_missing": Expected(OFFICER, takes="batch"),
    "batch_missing_export": Expected(OFFICER, OFFICER, takes="batch"),
    "batch_moves": Expected(OFFICER, OFFICER, takes="batch"),
    "batch_apply": Expected("", OFFICER, takes="batch"),
    "batch_progress": Expected(OFFICER, takes="batch"),
    "batch_stop": Expected("", OFFICER, takes="batch"),
    "batch_undo": Expected(OFFICER, OFFICER, takes="batch"),
    "batch_discard": Expected("", OFFICER, takes="batch"),
    "mine": Expected(EVERYBODY),
    "my_record": Expected("404 404 404 404 ok 404"),
    "security": Expected(EVERYBODY),
    "app_add": Expected(EVERYBODY, EVERYBODY),
    "passkey_add": Expected(EVERYBODY, EVERYBODY),
    "factor_off": Expected(EVERYBODY, EVERYBODY, takes="factor"),
    "recovery_codes": Expected(EVERYBODY, EVERYBODY),
    "passkey_sign_in": Expected(EVERYBODY, EVERYBODY),
    "healthz": Expected(EVERYBODY, EVERYBODY),
    "care": Expected("", EVERYBODY),
    "language": Expected("", EVERYBODY),
    "figures": Expected("ok ok ok ok 403 ok"),
    "figures_unit": Expected("ok ok 404 ok 403 ok", takes="unit"),
    "figures_export": Expected(UNIT, takes="unit"),
    "units": Expected("ok ok ok 403 403 ok"),
    "units_moves": Expected(OFFICER_ANYWHERE, OFFICER_ANYWHERE),
    "units_moves_template": Expected(OFFICER_ANYWHERE),
    "unit": Expected(UNIT, takes="unit"),
    "unit_chart": Expected(UNIT, takes="unit"),
    "unit_groups": Expected("ok ok 404 404 404 403", "ok ok 404 404 404 403", takes="unit"),
    "unit_groups_found": Expected(OFFICER, OFFICER, takes="unit"),
    "unit_add": Expected(OFFICER, OFFICER, takes="parent"),
    "unit_rename": Expected(OFFICER, OFFICER, takes="unit"),
    "unit_move": Expected(OFFICER, OFFICER, takes="unit"),
    "unit_merge": Expected(OFFICER, OFFICER, takes="unit"),
    "unit_end": Expected(OFFICER, OFFICER, takes="unit"),
    "unit_members": Expected(OFFICER, OFFICER, takes="unit"),
    "rules": Expected(EVERYBODY),
    "rule_change": Expected("ok 404 404 404 404 404", "ok 404 404 404 404 404", takes="rule"),
    "staff": Expected(OFFICER_ANYWHERE),
    "staff_add": Expected(OFFICER_ANYWHERE, OFFICER_ANYWHERE),
    "staff_reset": Expected(OFFICER, OFFICER, takes="account"),
    "member_account": Expected(LEADS, LEADS, takes="member"),
    "person_account": Expected("ok ok 404 404 404 403", "ok ok 404 404 404 403", takes="person"),
    "start": Expected(EVERYBODY, EVERYBODY),
    "staff_factor": Expected(OFFICER, OFFICER, takes="account"),
    "staff_hand_over": Expected(OFFICER, OFFICER, takes="appointment"),
    "staff_end": Expected(OFFICER, OFFICER, takes="appointment"),
}
PUBLIC = {
    "account_login": 200,
    "start": 200,
    "passkey_sign_in": 200,
    "account_inactive": 200,
    "healthz": 200,
    "care": 405,
    "language": 405,
}


class Objects:
    """The keys that addresses take, of 青石村's objects; and what the browser of each of `WHO` keeps of signing in."""

    def __init__(self, cast: Cast) -> None:
        row = {"name": "陆永福", "gender": "male", "phone": "19900000051"}
        batch = stage(
            actor=cast.actor("zhouhui"), unit_id=cast.qingshi.id, file_name="花名册.xlsx", data=roster(row)
        )
        set_photo(actor=cast.actor("shilei"), member_id=cast.weizhiqiang.id, data=photograph())
        seasonal = add_category(actor=cast.actor("zhouhui"), unit_id=cast.qingshi.id, name="季节工")
        secretary = cast.account("shilei")
        (listed,) = export(actor=cast.actor("zhouhui"), people={cast.qingshi.id: 1}, reason="核对")
        later.start(listed, layout="", keys=cast.weizhiqiang.id.bytes, unit=cast.qingshi.name)
        later.write_list.call(export_id=str(listed.id))
        self.keys: dict[str, dict[str, Any]] = {
            "": {},
            "member": {"member_id": cast.weizhiqiang.id},
            "pair": {"member_id": cast.weizhiqiang.id, "other_id": cast.huangxiulan.id},
            "field": {"member_id": cast.weizhiqiang.id, "field": "id_number"},
            "unit": {"unit_id": cast.qingshi.id},
            "factor": {"factor_id": 1},
            "parent": {"parent_id": cast.qingshi.id},
            "batch": {"batch_id": batch.id},
            "export": {"export_id": listed.id},
            "rule": {"key": "contact.load"},
            "account": {"account_id": secretary.id},
            "person": {"person_id": ContactPerson.objects.get().id},
            "category": {"category_id": seasonal.id},
            "appointment": {"appointment_id": Appointment.objects.get(account=secretary).id},
        }
        self.signed_in = {who: signed_in(cast, who).cookies.output(header="") for who in WHO}


@pytest.fixture(scope="module")
def objects(world: Cast, django_db_blocker: DjangoDbBlocker) -> Iterator[Objects]:
    with built_once(django_db_blocker, lambda: Objects(deepcopy(world))) as built:
        yield built


def test_every_address_is_listed() -> None:
    named = {pattern.name for pattern in [*page_patterns, *all_patterns] if isinstance(pattern, URLPattern)}
    assert named == set(EXPECTED)


NOT_SO = " ".join(["405"] * len(WHO))


@pytest.mark.parametrize("name", EXPECTED)
@pytest.mark.usefixtures("cast_away")
def test_statuses(name: str, objects: Objects) -> None:
    expected = EXPECTED[name]
    url = reverse(name, kwargs=objects.keys[expected.takes])
    found = {
        method: " ".join(_status(objects.signed_in[who], method, url) for who in WHO)
        for method in ("get", "post")
    }
    assert found == {"get": expected.get or NOT_SO, "post": expected.post or NOT_SO}


@pytest.mark.parametrize("name", EXPECTED)
@pytest.mark.usefixtures("cast_away")
def test_nobody_gets_in_without_signing_in(name: str, objects: Objects) -> None:
    url = reverse(name, kwargs=objects.keys[EXPECTED[name].takes])
    answer = Client().get(url)
    if name in PUBLIC:
        assert answer.status_code == PUBLIC[name]
    else:
        assert answer.status_code == 302
        assert answer.headers["Location"] in (f"{SIGN_IN}?next={url}", SIGN_IN, "/")


def _status(signed_in: str, method: str, url: str) -> str:
    """How one person's request ends; what it did is undone."""
    client = Client()
    client.cookies.load(signed_in)
    with transaction.atomic():
        status = client.get(url).status_code if method == "get" else client.post(url).status_code
        transaction.set_rollback(True)
    return "ok" if status in (200, 204, 302, 409, 422) else str(status)
