"""A population of any size for measuring: invented members with facts, made at speed through the bulk acts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from random import Random
from uuid import UUID

from django.db import transaction

from yanzhen.accounts.services import appoint, create_account
from yanzhen.contact.models import ContactPerson
from yanzhen.contact.services import assign_members, link_account_to_person, log_contacts
from yanzhen.demo import places
from yanzhen.demo.invented import Invention
from yanzhen.demo.town import COMMITTEE, KEEPER, OFFICER, PASSWORD, SECRETARY, Person
from yanzhen.kernel import clock
from yanzhen.kernel.actor import Door, system
from yanzhen.kernel.partial import add_months, quarter_start
from yanzhen.mobility.services import record_absences
from yanzhen.org.models import Unit, UnitKind
from yanzhen.org.services import found_root, found_unit
from yanzhen.people.columns import Value
from yanzhen.people.models import Member
from yanzhen.people.services import add_members

PURPOSE = "simulate"
_BRANCH = 50  # members of a branch (支部工作条例: generally at most 50)
_BRANCHES = 20  # branches under one general branch
_CHUNK = 2000  # members an act
_AWAY = 0.2
_KNOWN = 0.95  # of those away, the roster gave an address
_ASSIGNED = 0.97
_CONTACTED = 0.9  # of those away, in each of the last two quarters
_TWO_CHARACTERS = 0.12  # of the names

# A search at a million is as hard as the commonest surname: so they are as common here as in the country. The first
# five have 30 % of all people (公安部: 二〇二〇年全国姓名报告); the weights are thousandths.
_SURNAMES = {
    "王": 72,
    "李": 71,
    "张": 68,
    "刘": 54,
    "陈": 46,
    **dict.fromkeys(
        "杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任", 14
    ),
    **dict.fromkeys(
        ("解", "查", "区", "盖", "仇", "朴", "单", "翟", "覃", "欧阳", "尉迟", "单于", "司马"), 2
    ),
}
_GIVEN = (
    "桐柳榆槐樟枫楠杉椿桂杏梨桃橘荷菱蒲苇蕙芷茗葵禾穗谷稻麦黍粟松溪涧潭湖洲渡泽沛淼润沐霖露霜岭岗岩峦原野坪堰堤桥舟帆砚"
    "庆应世昌启承长有家水石木土恒厚秀玉素彩银月云巧丽清"
)

Progress = Callable[[int, int], None]
"""Takes the members done and the members in all."""
Values = dict[str, Value]


class Population:
    """Makes `members` with about a fifth of them away, from a seed."""

    def __init__(self, *, members: int, seed: int, today: date) -> None:
        self._members = members
        self._rng = Random(seed)
        self._today = today
        self._began = add_months(quarter_start(today), -3)
        self._invention = Invention(self._rng, self._began)
        self._actor = system("yanzhen simulate", door=Door.SHEET)

    def make(self, progress: Progress) -> None:
        """The units first, then the members, some thousands an act; the work of an act is undone with it."""
        with clock.set_to(self._began):
            branches = self._found()
        done = 0
        for chunk in self._chunks(branches):
            with transaction.atomic():
                self._live(chunk)
            done += len(chunk)
            progress(done, self._members)
        with transaction.atomic():
            self._look_after(branches[0])

    def _found(self) -> list[UUID]:
        """A committee with an officer, general branches, and as many branches as the members fill."""
        with transaction.atomic():
            root = found_root(actor=self._actor, name=COMMITTEE)
            self._appoint(OFFICER, root.id, "officer")
            branches: list[UUID] = []
            above = root.id
            for number in range(-(-self._members // _BRANCH)):
                if number % _BRANCHES == 0:
                    above = self._unit(
                        root.id, f"第{number // _BRANCHES + 1}片区党总支", UnitKind.GENERAL_BRANCH
                    )
                branches.append(self._unit(above, f"第{number + 1}村党支部", UnitKind.BRANCH))
        return branches

    def _look_after(self, branch: UUID) -> None:
        """The first branch gets its secretary, and the one who keeps in touch for it an account."""
        self._appoint(SECRETARY, branch, "secretary")
        keeper = self._appoint(KEEPER, branch, "contact_person")
        named = ContactPerson.objects.filter(assignments__member__unit=branch).first()
        if named is not None:
            link_account_to_person(actor=self._actor, person_id=named.id, account_id=keeper)

    def _appoint(self, person: Person, unit_id: UUID, role: str) -> UUID:
        account = create_account(
            actor=self._actor,
            username=person.username,
            name=person.name,
            password=PASSWORD,
            unit_id=unit_id,
        )
        appoint(actor=self._actor, account_id=account.id, unit_id=unit_id, role=role)
        key: UUID = account.id
        return key

    def _unit(self, parent: UUID, name: str, kind: UnitKind) -> UUID:
        unit: Unit = found_unit(actor=self._actor, parent_id=parent, name=name, kind=kind)
        key: UUID = unit.id
        return key

    def _chunks(self, branches: list[UUID]) -> Iterator[list[tuple[UUID, Values]]]:
        for first in range(0, self._members, _CHUNK):
            last = min(first + _CHUNK, self._members)
            yield [(branches[number // _BRANCH], self.person()) for number in range(first, last)]

    def person(self) -> Values:
        """Somebody more, whom the population does not have."""
        (surname,) = self._rng.choices(tuple(_SURNAMES), tuple(_SURNAMES.values()))
        given = self._rng.choices(_GIVEN, k=1 if self._rng.random() < _TWO_CHARACTERS else 2)
        return self._invention.person(name=surname + "".join(given))

    def _live(self, rows: list[tuple[UUID, Values]]) -> None:
        """These members' facts: on the roster, away, looked after, called in the last quarter and in this one."""
        with clock.set_to(self._began):
            added = add_members(actor=self._actor, rows=rows)
            away = [(member, self._away()) for member in added if self._rng.random() < _AWAY]
            if away:
                record_absences(actor=self._actor, rows=away)
            if kept := list(self._kept(away)):
                assign_members(actor=self._actor, rows=kept)
        for first in (self._began, quarter_start(self._today)):
            days = max((min(add_months(first, 3), self._today) - first).days, 1)
            on = first + timedelta(days=self._rng.randrange(days))
            with clock.set_to(on):
                called = [(member, {"last_contact_on": on.isoformat()}) for member, _told in self._some(away)]
                if called:
                    log_contacts(actor=self._actor, rows=called)

    def _some(self, away: list[tuple[Member, Values]]) -> Iterator[tuple[Member, Values]]:
        return (row for row in away if self._rng.random() < _CONTACTED)

    def _away(self) -> Values:
        going = places.somewhere(self._rng)
        left = self._began - timedelta(days=self._rng.randint(1, 1500))
        return {
            "is_mobile": True,
            "departed_on": left.isoformat()[: self._rng.choice((7, 10))],
            "departure_reason": going.reason,
            "destination": going.destination,
            "destination_address": going.address if self._rng.random() < _KNOWN else "",
            "host_employer": going.employer,
        }

    def _kept(self, away: list[tuple[Member, Values]]) -> Iterator[tuple[Member, Values]]:
        """A contact person for each branch, named by the branch."""
        for member, _told in away:
            if self._rng.random() < _ASSIGNED:
                yield member, {"contact_person": f"{member.unit.name.removesuffix('党支部')}联系人"}


def make(*, members: int, seed: int, progress: Progress, today: date | None = None) -> Population:
    """A population in an empty database; the same seed and day give the same people."""
    made = Population(members=members, seed=seed, today=today or clock.today())
    made.make(progress)
    return made
