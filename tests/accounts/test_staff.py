"""账号与任职: found by name, user name, unit and role, 50 a page, and exported as shown."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import FOUNDER, PASSWORD, Cast
from tests.web.test_exports import fetched
from tests.web.test_pages import signed_in
from yanzhen.accounts.queries import staff
from yanzhen.accounts.services import appoint, create_account

pytestmark = pytest.mark.django_db
ALL = ["周慧", "顾明", "石磊", "陆芳", "柳青"]


def appoint_more(cast: Cast, count: int) -> None:
    for number in range(count):
        account = create_account(
            actor=FOUNDER,
            username=f"lan{number}",
            name=f"蓝{number}",
            password=PASSWORD,
            unit_id=cast.liuhe.id,
        )
        appoint(actor=FOUNDER, account_id=account.id, unit_id=cast.liuhe.id, role="contact_person")


@pytest.mark.parametrize(
    ("text", "role", "names"),
    [
        ("", "", ALL),
        ("石", "", ["石磊", "陆芳"]),
        ("shil", "", ["石磊"]),
        ("柳河", "", ["柳青"]),
        ("书记", "", ["石磊", "柳青"]),
        ("青石 书记", "", ["石磊"]),
        ("", "contact_person", ["陆芳"]),
        ("石磊", "contact_person", []),
    ],
)
def test_everybody_is_found_as_one_looks_for_him(cast: Cast, text: str, role: str, names: list[str]) -> None:
    found = staff(actor=cast.actor("zhouhui"), text=text, role=role)
    assert sorted(it.account.name for it in found) == sorted(names)
    client, asked = signed_in(cast, "zhouhui"), {"q": text, "f": role}
    page = client.get(reverse("staff"), asked).content.decode()
    assert sorted(re.findall(r'<td class="title">([^<]*)<', page)) == sorted(names)
    assert sorted(row[1] for row in fetched(client, "staff_export", **asked)[1:]) == sorted(names)
    assert ("没有找到这样的人" in page) is not bool(names)


def test_fifty_a_page_and_as_many_queries(cast: Cast) -> None:
    def queries(client: Client) -> int:
        with CaptureQueriesContext(connection) as seen:
            client.get(reverse("staff"))
        return len(seen)

    client = signed_in(cast, "zhouhui")
    queries(client)
    few = queries(client)
    appoint_more(cast, 50)
    assert queries(client) == few
    assert few <= 12
    second = client.get(reverse("staff"), {"page": "2", "f": "contact_person"}).content.decode()
    assert len(re.findall(r'<td class="title">', second)) == 1
    assert "f=contact_person" in second
