"""The town lives through its history: every planned step becomes the act that a person would have done on that day."""

from __future__ import annotations

from collections.abc import Callable
from functools import singledispatchmethod
from uuid import UUID

from yanzhen.accounts.actors import actor_for
from yanzhen.accounts.models import Account
from yanzhen.accounts.services import appoint, create_account
from yanzhen.contact.services import assign, log_contact, name_contact_person
from yanzhen.demo import roster, town
from yanzhen.demo.history import History
from yanzhen.demo.plan import keepers
from yanzhen.demo.steps import (
    Added,
    AddedAgain,
    Arrived,
    Assigned,
    Called,
    Changed,
    Decided,
    Departed,
    Returned,
    Step,
)
from yanzhen.demo.town import BRANCHES, COMMITTEE, GENERAL_BRANCHES, PASSWORD, Branch, Person
from yanzhen.kernel import clock
from yanzhen.kernel.actor import Actor, Door, system
from yanzhen.mobility.services import decide_absence, record_return, report_arrival, report_departure
from yanzhen.mobility.suggesting import suggest_categories
from yanzhen.org.models import UnitKind
from yanzhen.org.services import found_root, found_unit
from yanzhen.people.categories import begin_categories, set_for_category, sort_each
from yanzhen.people.grouping import found_groups, groupings
from yanzhen.people.models import Member
from yanzhen.people.services import add_member, change_member, link_account
from yanzhen.sheets.services import apply, stage
from yanzhen.vault.sealed import blind_index

Progress = Callable[[int, int], None]
"""Takes the steps done and the steps in all."""


class Town:
    """A town while it is built: its units, its actors and its members by their numbers."""

    def __init__(self, history: History) -> None:
        self._history = history
        self._units: dict[str, UUID] = {}
        self._accounts: dict[str, UUID] = {}
        self._actors: dict[str, Actor] = {}
        self._keepers: dict[str, UUID] = {}
        self._members: dict[int, UUID] = {}

    def live(self, progress: Progress) -> None:
        """From the first day to today."""
        days = self._history.calendar
        with clock.set_to(days.opened):
            self._found()
        with clock.set_to(days.imported):
            self._take_in_the_roster()
            for branch in BRANCHES:
                self._name_keepers(branch)
            for name in town.GROUPED:
                unit_id, officer = self._units[name], self._actors[town.OFFICER.username]
                offered = [it.name for it in groupings(actor=officer, unit_id=unit_id) if it.name]
                found_groups(actor=officer, unit_id=unit_id, names=offered[:2])
            for branch in BRANCHES[::2]:  # the others have their suggestions before them
                self._sort(branch)
            self._give_account(town.MEMBER)
        steps = self._history.steps
        for done, step in enumerate(steps):
            progress(done, len(steps))
            with clock.set_to(step.on):
                self._do(step)
        progress(len(steps), len(steps))

    def _found(self) -> None:
        founder = system("yanzhen demo")
        root = found_root(actor=founder, name=COMMITTEE)
        self._units[""] = root.id
        self._appoint(founder, town.OFFICER, "", "officer")
        officer = self._actors[town.OFFICER.username]
        self._appoint(officer, town.INSPECTOR, "", "inspector")
        self._categories(officer)
        for name in GENERAL_BRANCHES:
            unit = found_unit(actor=officer, parent_id=root.id, name=name, kind=UnitKind.GENERAL_BRANCH)
            self._units[name] = unit.id
        for branch in BRANCHES:
            unit = found_unit(
                actor=officer, parent_id=self._units[branch.parent], name=branch.name, kind=branch.kind
            )
            self._units[branch.name] = unit.id
            self._appoint(officer, branch.secretary, branch.name, "secretary")
            for person in branch.keepers:
                self._appoint(officer, person, branch.name, "contact_person")

    def _categories(self, officer: Actor) -> None:
        """The usual six; who moved in with his children is called every half year."""
        begun = begin_categories(actor=officer, unit_id=self._units[""])
        set_for_category(
            actor=officer,
            category_id=next(one.id for one in begun if one.key == "retired"),
            key="contact.quarters",
            value="2",
            effective_from=clock.today(),
            reason="镇党委会议定：退休随迁的党员住处固定，每半年联系一次。",
        )

    def _appoint(self, by: Actor, person: Person, unit: str, role: str) -> None:
        unit_id = self._units[unit]
        account = create_account(
            actor=by, username=person.username, name=person.name, password=PASSWORD, unit_id=unit_id
        )
        appoint(actor=by, account_id=account.id, unit_id=unit_id, role=role)
        self._accounts[person.username] = account.id
        self._actors[person.username] = actor_for(account)

    def _name_keepers(self, branch: Branch) -> None:
        """Each gets the telephone that the roster gives, where the roster knows him."""
        phones = {who.name: str(who.values["phone"]) for who in self._history.people if who.branch is branch}
        for person in keepers(branch):
            named = name_contact_person(
                actor=self._actors[branch.secretary.username],
                unit_id=self._units[branch.name],
                name=person.name,
                phone=phones.get(person.name, ""),
                account_id=self._accounts[person.username],
            )
            self._keepers[person.username] = named.id

    def _sort(self, branch: Branch) -> None:
        """The secretary confirms what is suggested for those who are away."""
        by, unit_id = self._actors[branch.secretary.username], self._units[branch.name]
        suggested = suggest_categories(actor=by, unit_id=unit_id)
        sort_each(actor=by, pairs=[(one.member.id, one.category.id) for one in suggested])

    def _take_in_the_roster(self) -> None:
        """The officer imports the office's sheet, as any town begins; its rows are found again by their ID numbers."""
        officer = actor_for(Account.objects.get(username=town.OFFICER.username), door=Door.SHEET)
        known = [who for who in self._history.people if not who.comes_late]
        away = {trip.who.number: trip for trip in self._history.trips if trip.from_roster}
        data = roster.workbook((who, away.get(who.number)) for who in known)
        batch = stage(actor=officer, unit_id=self._units[""], file_name=roster.FILE_NAME, data=data)
        apply(actor=officer, batch_id=batch.id, confirm_new_units=False)
        numbers = dict(Member.objects.values_list("id_number_index", "id"))
        for who in known:
            self._members[who.number] = numbers[blind_index(str(who.values["id_number"]), use="id_number")]

    def _give_account(self, person: Person) -> None:
        """A member's own account: with it he sees what is recorded about him."""
        officer = self._actors[town.OFFICER.username]
        who = next((who for who in self._history.people if who.part == person.name), None)
        if who is None:
            return
        unit_id = self._units[who.branch.name]
        account = create_account(
            actor=officer, username=person.username, name=person.name, password=PASSWORD, unit_id=unit_id
        )
        link_account(actor=officer, member_id=self._members[who.number], account_id=account.id)
        self._actors[person.username] = actor_for(account)

    @singledispatchmethod
    def _do(self, step: Step) -> None:
        raise TypeError(step)

    @_do.register
    def _(self, step: Added) -> None:
        who = self._history.people[step.who]
        member = add_member(actor=self._by(step), unit_id=self._units[who.branch.name], values=who.values)
        self._members[step.who] = member.id

    @_do.register
    def _(self, step: AddedAgain) -> None:
        add_member(actor=self._by(step), unit_id=self._units[step.branch], values=step.values)

    @_do.register
    def _(self, step: Changed) -> None:
        change_member(actor=self._by(step), member_id=self._members[step.who], values=step.values)

    @_do.register
    def _(self, step: Departed) -> None:
        report_departure(
            actor=self._by(step),
            member_id=self._members[step.who],
            departed_on=step.on.isoformat(),
            reason=step.going.reason,
            destination=step.going.destination,
            host_employer=step.going.employer,
        )

    @_do.register
    def _(self, step: Arrived) -> None:
        report_arrival(
            actor=self._by(step),
            member_id=self._members[step.who],
            destination=step.going.destination,
            address=step.going.address,
            phone=step.phone,
            arrived_on=step.on,
            host_employer=step.going.employer,
        )

    @_do.register
    def _(self, step: Assigned) -> None:
        person_id = self._keepers[step.keeper.username]
        assign(actor=self._by(step), member_id=self._members[step.who], person_id=person_id)

    @_do.register
    def _(self, step: Called) -> None:
        log_contact(
            actor=self._by(step),
            member_id=self._members[step.who],
            on=step.on,
            means=step.means,
            reached=step.reached,
            note=step.note,
        )

    @_do.register
    def _(self, step: Decided) -> None:
        decide_absence(
            actor=self._by(step), member_id=self._members[step.who], outcome=step.outcome, reason=step.reason
        )

    @_do.register
    def _(self, step: Returned) -> None:
        record_return(actor=self._by(step), member_id=self._members[step.who], returned_on=step.on)

    def _by(self, step: Step) -> Actor:
        return self._actors[step.by.username]
