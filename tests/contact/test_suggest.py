"""suggest and assign_suggested: contact persons in bulk, spread evenly."""

from collections import Counter
from datetime import date

import pytest
from django.db import connection
from django.db.models.signals import post_init
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as some

from tests.cast import Cast
from yanzhen.contact.queries import suggest
from yanzhen.contact.rules import Candidate, Waiting, spread
from yanzhen.contact.services import assign, assign_suggested, name_contact_person
from yanzhen.kernel.errors import NotFound, NotPermitted
from yanzhen.kernel.ids import uuid7
from yanzhen.kernel.paths import ancestors
from yanzhen.ledger.models import Fact
from yanzhen.mobility.services import record_absences, record_return
from yanzhen.org.models import Unit, UnitKind
from yanzhen.org.services import found_unit
from yanzhen.people.models import Member
from yanzhen.people.services import add_members
from yanzhen.web.views import contact

pytestmark = pytest.mark.django_db
PATHS = some.sampled_from(["0001", "00010001", "000100010001", "00010002"])


@pytest.fixture
def away(cast: Cast) -> list[Member]:
    """Twelve members of a branch without contact persons, all away."""
    officer = cast.actor("zhouhui")
    unit = found_unit(actor=officer, parent_id=cast.town.id, name="石桥村党支部", kind=UnitKind.BRANCH)
    rows = [(unit.id, {"name": f"莫{it:02d}"}) for it in range(12)]
    members = add_members(actor=officer, rows=rows)
    record_absences(actor=officer, rows=[(it, {"is_mobile": True}) for it in members])
    return members


def person(cast: Cast, unit: Unit, name: str) -> None:
    name_contact_person(actor=cast.actor("zhouhui"), unit_id=unit.id, name=name)


def test_evenly_and_nobody_over_the_limit(cast: Cast, away: list[Member]) -> None:
    person(cast, away[0].unit, "覃甲")
    person(cast, away[0].unit, "覃乙")
    found = suggest(actor=cast.actor("zhouhui"), unit_id=away[0].unit_id)
    assert Counter(it.person.name for it in found.pairs) == {"覃甲": 5, "覃乙": 5}
    assert [it.name for it in found.left] == ["莫10", "莫11"]
    assert found.pairs[0].reason == "覃甲是石桥村党支部的联系人，加上这位共联系 1 人，不超过 5 人。"


def test_a_page_fetches_only_what_it_shows(
    cast: Cast, away: list[Member], client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All are spread and counted; of tens of thousands a page shows a few, and no more are made."""
    person(cast, away[0].unit, "覃甲")
    officer, unit = cast.actor("zhouhui"), away[0].unit_id
    whole = suggest(actor=officer, unit_id=unit)
    made: list[Member] = []
    post_init.connect(note := lambda instance, **_more: made.append(instance), sender=Member)
    found = suggest(actor=officer, unit_id=unit, first=2)
    post_init.disconnect(note, sender=Member)
    assert len(made) == 4
    assert (found.pairs, found.left) == (whole.pairs[:2], whole.left[:2])
    assert (found.paired, found.unpaired) == (len(whole.pairs), len(whole.left)) == (5, 7)
    monkeypatch.setattr(contact, "MOST", 2)
    client.force_login(cast.account("zhouhui"), "django.contrib.auth.backends.ModelBackend")
    page = client.get(reverse("contact_suggest", args=[unit])).content.decode()
    assert page.count('name="pair"') == 2
    for told in (
        "给 5 名还没有联系人的在外党员",
        "先列出 2 名",
        "还有 7 名没有合适的人选",
        "先列出 2 名，指定以后",
    ):
        assert told in page


def test_who_holds_some_already_gets_fewer(cast: Cast, away: list[Member]) -> None:
    officer = cast.actor("zhouhui")
    busy = name_contact_person(actor=officer, unit_id=away[0].unit_id, name="覃甲")
    for member in away[:3]:
        assign(actor=officer, member_id=member.id, person_id=busy.id)
    person(cast, away[0].unit, "覃乙")
    found = suggest(actor=officer, unit_id=away[0].unit_id)
    assert Counter(it.person.name for it in found.pairs) == {"覃甲": 2, "覃乙": 5}
    assert not {it.member.id for it in found.pairs} & {it.id for it in away[:3]}


def test_nobody_to_suggest(cast: Cast, away: list[Member]) -> None:
    found = suggest(actor=cast.actor("liuqing"), unit_id=cast.liuhe.id)
    assert found.pairs == ()
    assert all(it.path == cast.liuhe.path for it in found.left)


def test_agreed_pairs_are_assigned(cast: Cast, away: list[Member]) -> None:
    officer = cast.actor("zhouhui")
    name_contact_person(
        actor=officer, unit_id=away[0].unit_id, name="覃甲", account_id=cast.account("lufang").id
    )
    found = suggest(actor=officer, unit_id=away[0].unit_id)
    pairs = [(it.member.id, it.person.id) for it in found.pairs]
    record_return(actor=officer, member_id=pairs[0][0], returned_on=date(2026, 11, 23))
    assert assign_suggested(actor=officer, unit_id=away[0].unit_id, pairs=pairs) == len(pairs) - 1
    assert assign_suggested(actor=officer, unit_id=away[0].unit_id, pairs=pairs) == 0
    kept = Member.objects.filter(pk__in=[it for it, _person in pairs[1:]])
    assert {it.keeper_id for it in kept} == {cast.account("lufang").id}
    told = Fact.objects.filter(kind="contact.person.assigned", member_id__in=[it for it, _person in pairs])
    assert told.count() == len(pairs) - 1


def test_the_queries_do_not_grow(cast: Cast, away: list[Member]) -> None:
    officer = cast.actor("zhouhui")
    person(cast, away[0].unit, "覃甲")
    counts = []
    for size in (1, 5):
        found = suggest(actor=officer, unit_id=away[0].unit_id)
        pairs = [(it.member.id, it.person.id) for it in found.pairs][:size]
        with CaptureQueriesContext(connection) as queries:
            suggest(actor=officer, unit_id=away[0].unit_id)
            assign_suggested(actor=officer, unit_id=away[0].unit_id, pairs=pairs)
        counts.append(len(queries))
    assert counts[1] <= counts[0] + 1


def test_scope(cast: Cast, away: list[Member]) -> None:
    for by, refusal in (("liuqing", NotFound), ("guming", NotPermitted), ("shilei", NotFound)):
        with pytest.raises(refusal):
            suggest(actor=cast.actor(by), unit_id=away[0].unit_id)
        with pytest.raises(refusal):
            assign_suggested(actor=cast.actor(by), unit_id=away[0].unit_id, pairs=[])
    other = name_contact_person(actor=cast.actor("liuqing"), unit_id=cast.liuhe.id, name="覃大海")
    with pytest.raises(NotFound):
        assign_suggested(actor=cast.actor("zhouhui"), unit_id=away[0].unit_id, pairs=[(away[0].id, other.id)])


@given(
    waiting=some.lists(PATHS, max_size=40),
    candidates=some.lists(some.tuples(PATHS, some.integers(0, 6)), max_size=12),
    most=some.integers(1, 6),
)
def test_spreading(waiting: list[str], candidates: list[tuple[str, int]], most: int) -> None:
    members = {it.member_id: it for it in (Waiting(uuid7(), path) for path in waiting)}
    persons = {it.person_id: it for it in (Candidate(uuid7(), path, held, most) for path, held in candidates)}
    matches = list(spread(members.values(), persons.values()))
    held = Counter({it.person_id: it.held for it in persons.values()})
    for match in matches:
        person = persons[match.person_id]
        path = members[match.member_id].path
        assert person.path in ancestors(path)
        nearest = [it for it in persons.values() if it.path == person.path]
        assert held[person.person_id] == min(held[it.person_id] for it in nearest)
        between = [
            it for it in persons.values() if it.path in ancestors(path) and len(it.path) > len(person.path)
        ]
        assert all(held[it.person_id] >= most for it in between)
        held[person.person_id] += 1
        assert match.holds == held[person.person_id] <= most
    left = members.keys() - {it.member_id for it in matches}
    for member_id in left:
        above = [it for it in persons.values() if it.path in ancestors(members[member_id].path)]
        assert all(held[it.person_id] >= most for it in above)


def test_nobody_is_proposed_to_himself() -> None:
    own = uuid7()
    himself = Candidate(uuid7(), "0001", 0, 5, own)
    other = Candidate(uuid7(), "0001", 4, 5)
    first, second, third = (
        Waiting(uuid7(), "0001", own),
        Waiting(uuid7(), "0001", own),
        Waiting(uuid7(), "0001"),
    )
    matches = {it.member_id: it.person_id for it in spread([first, second, third], [himself, other])}
    assert matches == {first.member_id: other.person_id, third.member_id: himself.person_id}
