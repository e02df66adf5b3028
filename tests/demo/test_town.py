"""The town as the acts left it: everybody's first page, the figures, and a ledger that holds."""

from __future__ import annotations

import pytest

from yanzhen.accounts.actors import actor_for
from yanzhen.accounts.models import Account
from yanzhen.demo import town as the_town
from yanzhen.demo.history import History
from yanzhen.demo.steps import AddedAgain
from yanzhen.duties import services as duties
from yanzhen.duties.queries import WorkList, worklist
from yanzhen.kernel.actor import Actor
from yanzhen.ledger.models import Fact
from yanzhen.ledger.sealing import Verified, verify
from yanzhen.mobility.models import Absence
from yanzhen.org.models import Unit, UnitKind
from yanzhen.oversight.queries import figures
from yanzhen.people.category_lists import category_list
from yanzhen.people.groups import in_group
from yanzhen.people.models import Member
from yanzhen.reorganization.twins import pairs

pytestmark = pytest.mark.django_db


def _actor(username: str) -> Actor:
    return actor_for(Account.objects.get(username=username))


def _list(username: str) -> WorkList:
    return worklist(actor=_actor(username))


def test_it_stands_as_planned(town: History) -> None:
    again = [step for step in town.steps if isinstance(step, AddedAgain)]
    assert Member.objects.count() == len(town.people) + len(again)
    assert Absence.objects.filter(is_open=True).count() == len(town.people) // 5
    groups = Unit.objects.filter(kind=UnitKind.GROUP)
    assert groups.count() == 2 * len(the_town.GROUPED)
    assert all(Member.objects.filter(in_group(group)).exists() for group in groups)
    assert Unit.objects.count() - groups.count() == 1 + len(the_town.GENERAL_BRANCHES) + len(
        the_town.BRANCHES
    )


def test_some_are_registered_twice_and_one_category_has_an_interval_of_its_own(town: History) -> None:
    officer, root = _actor(the_town.OFFICER.username), Unit.objects.get(parent=None)
    found = pairs(actor=officer).rows
    assert len(found) == 3
    numbers = {
        line.category.name: line.number
        for line in category_list(actor=officer, unit_id=root.id, key="contact.quarters")
    }
    assert (numbers["退休随迁"], numbers["务工"]) == (2, 1)


@pytest.mark.parametrize(
    ("person", "role"),
    [
        (the_town.OFFICER, "officer"),
        (the_town.SECRETARY, "secretary"),
        (the_town.KEEPER, "contact_person"),
        (the_town.MEMBER, "member"),
        (the_town.INSPECTOR, "inspector"),
    ],
)
def test_there_is_one_sign_in_a_role(town: History, person: the_town.Person, role: str) -> None:
    account = Account.objects.get(username=person.username)
    assert account.name == person.name
    assert account.check_password(the_town.PASSWORD)
    assert [grant.role for grant in actor_for(account).grants] == [role]


def test_the_roster_came_in_as_one_batch(town: History) -> None:
    batches = Fact.objects.filter(kind="sheets.batch.applied")
    assert [batch.on for batch in batches] == [town.calendar.imported]
    assert Fact.objects.filter(kind="people.member.added", batch_id__isnull=False).count() > 0.9 * len(
        town.people
    )


def test_lists_are_lively_but_not_hopeless(town: History) -> None:
    assert _list(the_town.KEEPER.username).everything > 0
    assert _list(the_town.MEMBER.username).everything == 0
    whole = figures(actor=_actor(the_town.OFFICER.username), unit_id=Unit.objects.get(parent=None).id)
    assert 0 < whole.total.late <= 12
    assert 0 < whole.total.contacted < whole.total.away


def test_facts_bear_the_days_on_which_they_happened(town: History) -> None:
    assert set(Fact.objects.filter(on__gt=town.calendar.today)) == set()
    assert Fact.objects.filter(kind="contact.logged").values("on").distinct().count() > 60


def test_the_ledger_holds_and_standing_follows_from_it(town: History) -> None:
    assert list(duties.check()) == []
    assert all(isinstance(answer, Verified) for answer in verify())
