"""assign_members and log_contacts: what roster rows say about keeping in touch."""

from collections.abc import Mapping

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast
from yanzhen.contact.models import Assignment, Contact, ContactPerson
from yanzhen.contact.services import assign_members, log_contact, log_contacts, name_contact_person
from yanzhen.kernel import clock
from yanzhen.kernel.errors import NotFound, NotPermitted
from yanzhen.ledger.facts import tell
from yanzhen.ledger.models import Fact
from yanzhen.people.columns import Value
from yanzhen.people.models import Member
from yanzhen.people.services import add_members

pytestmark = pytest.mark.django_db
NAMED: dict[str, Value] = {"contact_person": "莫小芳", "contact_person_phone": "19900000021"}


def carry(cast: Cast, values: Mapping[str, Value], by: str = "zhouhui") -> None:
    assign_members(actor=cast.actor(by), rows=[(Member.objects.get(pk=cast.huangxiulan.pk), values)])


def log(cast: Cast, on: str, by: str = "zhouhui") -> list[Contact]:
    log_contacts(actor=cast.actor(by), rows=[(cast.huangxiulan, {"last_contact_on": on})])
    return list(Contact.objects.filter(member=cast.huangxiulan).order_by("id"))


def told(cast: Cast, kind: str = "contact.") -> list[str]:
    facts = Fact.objects.filter(member_id=cast.huangxiulan.id, kind__startswith=kind)
    return [entry.sentence for entry in tell(facts.order_by("id"))]


def holder(cast: Cast) -> ContactPerson:
    return Assignment.objects.get(member=cast.huangxiulan, ends_on__isnull=True).person


def test_a_person_who_is_new_is_named_and_assigned(cast: Cast) -> None:
    carry(cast, NAMED)
    assert (holder(cast).name, holder(cast).path) == ("莫小芳", cast.qingshi.path)
    assert told(cast) == ["周慧请莫小芳做联系人"]
    assert Fact.objects.filter(kind="contact.person.named", subject_id=holder(cast).id).count() == 1


def test_the_same_row_again_changes_nothing(cast: Cast) -> None:
    carry(cast, NAMED)
    carry(cast, NAMED)
    carry(cast, {"contact_person": "莫小芳"})
    assert len(told(cast)) == 1
    assert ContactPerson.objects.filter(name="莫小芳").count() == 1


def test_a_person_of_a_unit_above_is_found(cast: Cast) -> None:
    person = name_contact_person(
        actor=cast.actor("zhouhui"), unit_id=cast.town.id, name="莫小芳", phone="19900000021"
    )
    carry(cast, NAMED)
    assert holder(cast) == person


def test_another_phone_is_another_person(cast: Cast) -> None:
    carry(cast, NAMED)
    carry(cast, {**NAMED, "contact_person_phone": "19900000029"})
    assert told(cast) == ["周慧请莫小芳做联系人", "莫小芳不再做联系人", "周慧请莫小芳做联系人"]
    assert ContactPerson.objects.filter(name="莫小芳").count() == 2


def test_whoever_has_an_account_sees_the_member(cast: Cast) -> None:
    account = cast.account("lufang").id
    name_contact_person(
        actor=cast.actor("zhouhui"), unit_id=cast.qingshi.id, name="莫小芳", account_id=account
    )
    carry(cast, {"contact_person": "莫小芳"})
    assert Member.objects.get(pk=cast.huangxiulan.pk).keeper_id == account
    carry(cast, {"contact_person": "莫大山"})
    assert Member.objects.get(pk=cast.huangxiulan.pk).keeper_id is None


def test_a_row_that_names_nobody_changes_nothing(cast: Cast) -> None:
    carry(cast, {"contact_person_phone": "19900000021"})
    assert told(cast) == []


def test_the_last_contact(cast: Cast) -> None:
    (contact,) = log(cast, "2026-08")
    assert (contact.on, contact.reached, contact.means) == ("2026-08", True, "other")
    (fact,) = Fact.objects.filter(member_id=cast.huangxiulan.id, kind="contact.logged")
    assert (fact.on.isoformat(), fact.data["reached"]) == ("2026-08-31", True)
    assert told(cast) == ["周慧按名册登记：联系上了本人"]


def test_only_a_later_contact_is_logged(cast: Cast) -> None:
    log_contact(actor=cast.actor("shilei"), member_id=cast.huangxiulan.id, on=clock.today(), means="phone")
    assert len(log(cast, "2026-08")) == 1
    assert len(log(cast, "2026-11")) == 1
    assert len(log(cast, "2026-11-23")) == 1


def test_this_month_counts_up_to_today(cast: Cast) -> None:
    log(cast, "2026-11")
    (fact,) = Fact.objects.filter(member_id=cast.huangxiulan.id, kind="contact.logged")
    assert fact.on == clock.today()


def test_many_rows_cost_the_queries_of_one(cast: Cast) -> None:
    officer = cast.actor("zhouhui")
    members = add_members(actor=officer, rows=[(cast.qingshi.id, {"name": f"莫{it}"}) for it in range(21)])
    counts = []
    for some in (members[:1], members[1:]):
        values = {**NAMED, "contact_person": f"联系人{len(some)}", "last_contact_on": "2026-08"}
        with CaptureQueriesContext(connection) as queries:
            assign_members(actor=officer, rows=[(it, values) for it in some])
            log_contacts(actor=officer, rows=[(it, values) for it in some])
        counts.append(len(queries))
    assert counts[1] <= counts[0] + 1


def test_scope(cast: Cast) -> None:
    for by, refusal in (("liuqing", NotFound), ("guming", NotPermitted)):
        with pytest.raises(refusal):
            carry(cast, NAMED, by=by)
        with pytest.raises(refusal):
            log(cast, "2026-08", by=by)
    assert told(cast) == []
