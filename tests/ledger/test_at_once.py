"""Acts at once, each in a thread and a transaction of its own: one after the other where they meet, nothing half."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date
from pathlib import Path
from threading import Event, get_ident
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings
from django.db import connection

from tests import cast as the_cast
from tests.cast import Cast
from tests.sheets.books import roster
from yanzhen.contact import services as contact
from yanzhen.contact.models import Contact
from yanzhen.duties.models import Standing
from yanzhen.duties.services import check
from yanzhen.kernel.errors import DomainError
from yanzhen.ledger.facts import values
from yanzhen.ledger.models import Fact, Seal
from yanzhen.ledger.sealing import Verified, verify
from yanzhen.ledger.secrets import KeyRing
from yanzhen.org.models import Unit
from yanzhen.people import services as people
from yanzhen.people.columns import Value
from yanzhen.people.models import Member
from yanzhen.people.values import value_of
from yanzhen.reorganization import merging
from yanzhen.reorganization import services as reorganization
from yanzhen.sheets import services as sheets
from yanzhen.sheets import snapshot

pytestmark = pytest.mark.django_db(transaction=True)
_WAIT = 0.5  # seconds that the first act gives the second to overtake it


@pytest.fixture(autouse=True)
def _one_database_for_all_threads(transactional_db: None, tmp_path: Path) -> Iterator[None]:
    """SQLite's test database lives in the memory of one connection: threads need a file, as the program has it."""
    if connection.vendor != "sqlite":
        yield
        return
    connection.ensure_connection()
    in_memory, name = connection.connection, connection.settings_dict["NAME"]
    with sqlite3.connect(tmp_path / "at-once.sqlite3") as file:
        in_memory.backup(file)
    file.close()
    _connect_to(str(tmp_path / "at-once.sqlite3"), None)
    yield
    connection.close()
    _connect_to(name, in_memory)


def _connect_to(name: str, opened: Any) -> None:
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = name
    connection.connection = opened


@pytest.fixture
def town(_one_database_for_all_threads: None, cast: Cast) -> Cast:
    the_cast.send_away(cast)
    return cast


def at_once(*acts: Callable[[], object]) -> list[object]:
    """What each act returned, or the sentence it was refused with; anything else that is raised fails the test."""

    def run(act: Callable[[], object]) -> object:
        try:
            return act()
        except DomainError as refused:
            return refused.sentence
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        running: list[Future[object]] = [pool.submit(run, act) for act in acts]
        return [future.result(timeout=60) for future in running]


class Overtaking:
    """Holds the first act to call a function right after the call, until the second act is done or has waited."""

    def __init__(self, patch: pytest.MonkeyPatch, module: Any, name: str) -> None:
        self._has_read, self._may_go_on, self._first = Event(), Event(), 0
        original = getattr(module, name)

        def held(*places: Any, **arguments: Any) -> Any:
            found = original(*places, **arguments)
            if not self._first:
                self._first = get_ident()
                self._has_read.set()
                self._may_go_on.wait(_WAIT)
            return found

        patch.setattr(module, name, held)

    def overtake(self, act: Callable[[], object]) -> Callable[[], object]:
        """The second act: it begins once the first has read."""

        def run() -> object:
            self._has_read.wait(10)
            try:
                return act()
            finally:
                self._may_go_on.set()

        return run


def change(cast: Cast, username: str, **told: Any) -> Callable[[], object]:
    actor = cast.actor(username)
    return lambda: people.change_member(actor=actor, member_id=cast.weizhiqiang.id, values=told)


def verified() -> bool:
    """`yanzhen ledger verify`: every chain whole, no act lost."""
    answers = list(verify())
    numbers = list(Seal.objects.order_by("number").values_list("number", flat=True))
    return all(isinstance(one, Verified) for one in answers) and numbers == [*range(1, len(numbers) + 1)]


@pytest.mark.parametrize(("mine", "theirs"), [("phone", "employer"), ("employer", "employer")])
def test_two_change_one_member(town: Cast, monkeypatch: pytest.MonkeyPatch, mine: str, theirs: str) -> None:
    written = {"phone": "19900000077", "employer": "青石茶厂"}
    race = Overtaking(monkeypatch, people, "members_for")
    first = change(town, "zhouhui", **{mine: written[mine]})
    second = change(town, "shilei", **{theirs: "清水茶厂"})
    at_once(first, race.overtake(second))
    member = Member.objects.get(pk=town.weizhiqiang.id)
    assert value_of(member, theirs) == "清水茶厂"
    assert mine == theirs or value_of(member, mine) == written[mine]
    facts = Fact.objects.filter(kind="people.member.changed", member_id=member.id).order_by("id")
    assert [fact.data["fields"] for fact in facts][-2:] == [[mine], [theirs]]
    if mine == theirs:  # the second changed what the first had left, not what it had read before that
        assert [values(fact, KeyRing())[0]["before"]["employer"] for fact in facts] == ["", "青石茶厂"]
    assert verified()


def test_a_contact_is_logged_while_the_member_is_moved(town: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    officer, member = town.actor("zhouhui"), town.weizhiqiang
    race = Overtaking(monkeypatch, contact, "member_for")

    def log() -> object:
        return contact.log_contact(
            actor=officer, member_id=member.id, on=date(2026, 11, 20), means="phone", note="一切都好"
        )

    def move() -> object:
        return reorganization.move_members(actor=officer, member_ids=[member.id], to_id=town.liuhe.id)

    logged, moved = at_once(log, race.overtake(move))
    assert isinstance(logged, Contact)
    assert moved == 1
    member.refresh_from_db()
    assert member.path == town.liuhe.path
    assert set(Contact.objects.filter(member=member).values_list("path", flat=True)) == {member.path}
    assert set(Standing.objects.filter(member=member).values_list("path", flat=True)) == {member.path}
    assert verified()


def test_somebody_is_registered_in_a_branch_while_it_is_moved(
    town: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    officer = town.actor("zhouhui")
    race = Overtaking(monkeypatch, people, "units_for")

    def add() -> object:
        return people.add_member(actor=officer, unit_id=town.qingshi.id, values={"name": "石小山"})

    def move() -> object:
        return reorganization.move_unit(actor=officer, unit_id=town.qingshi.id, to_id=town.liuhe.id)

    at_once(add, race.overtake(move))
    town.qingshi.refresh_from_db()
    assert town.qingshi.path.startswith(town.liuhe.path)
    added = Member.objects.get(name="石小山")
    assert added.path == town.qingshi.path
    assert set(added.terms.values_list("path", flat=True)) == {added.path}
    assert verified()


@pytest.mark.parametrize("act", ["move_unit", "merge_units"])
def test_two_units_crosswise(town: Cast, act: str) -> None:
    officer = town.actor("zhouhui")

    def into(one: Unit, other: Unit) -> Callable[[], object]:
        if act == "move_unit":
            return lambda: reorganization.move_unit(actor=officer, unit_id=one.id, to_id=other.id)
        return lambda: reorganization.merge_units(actor=officer, unit_id=one.id, into_id=other.id)

    done = at_once(into(town.qingshi, town.liuhe), into(town.liuhe, town.qingshi))
    assert sorted(type(one).__name__ for one in done) == ["Unit", "str"], done
    paths = dict(Unit.objects.values_list("pk", "path"))
    for unit in Unit.objects.exclude(parent=None):
        assert unit.path.startswith(paths[unit.parent_id])
    for member in Member.objects.all():
        assert member.path == paths[member.unit_id]
    assert verified()


@pytest.mark.parametrize("crosswise", [False, True])
def test_two_merge_one_pair(town: Cast, crosswise: bool) -> None:
    officer = town.actor("zhouhui")
    twin = people.add_member(actor=officer, unit_id=town.liuhe.id, values={"name": "韦志強"})
    pairs = [(town.weizhiqiang.id, twin.id)] * 2
    if crosswise:
        pairs[1] = pairs[0][::-1]

    def merge(keep_id: UUID, other_id: UUID) -> Callable[[], object]:
        return lambda: merging.merge_members(actor=officer, keep_id=keep_id, other_id=other_id)

    done = at_once(*(merge(*pair) for pair in pairs))
    (refused,) = (one for one in done if isinstance(one, str))
    assert refused.startswith("其中一条登记已经并入")
    assert Fact.objects.filter(kind="people.members.merged").count() == 1
    assert Member.objects.filter(pk__in=pairs[0]).count() == 1
    assert verified()


def test_a_contact_is_logged_while_the_member_is_merged_into_another(
    town: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    officer, keep, other = town.actor("zhouhui"), town.huangxiulan, town.weizhiqiang
    race = Overtaking(monkeypatch, contact, "member_for")

    def log() -> object:
        return contact.log_contact(actor=officer, member_id=other.id, on=date(2026, 11, 20), means="phone")

    def merge() -> object:
        return merging.merge_members(actor=officer, keep_id=keep.id, other_id=other.id)

    logged, merged = at_once(log, race.overtake(merge))
    assert isinstance(logged, Contact)
    assert isinstance(merged, Member)
    assert set(Contact.objects.values_list("member_id", "path")) == {(keep.id, keep.path)}
    assert verified()


PHONE, CONTACT = {"phone": "19900000077"}, {"last_contact_on": "2026-11-20"}


@pytest.mark.parametrize("told", [PHONE, CONTACT])
@pytest.mark.parametrize("is_import_first", [True, False])
def test_a_roster_is_imported_while_one_of_its_members_is_merged(
    town: Cast,
    monkeypatch: pytest.MonkeyPatch,
    data_folder: Path,
    told: dict[str, Value],
    is_import_first: bool,
) -> None:
    officer, other = town.actor("zhouhui"), town.weizhiqiang
    keep = people.add_member(actor=officer, unit_id=town.qingshi.id, values={"name": "韦志強"})
    rows = [
        {"name": "黄秀兰", "unit": "青石村党支部", **told},
        {"name": "韦志强", "id_number": "522699198503071236", "unit": "青石村党支部", **told},
    ]
    batch = sheets.stage(
        actor=officer, unit_id=town.town.id, file_name="名册.xlsx", data=roster(*rows, {"name": "石小山"})
    )
    race = Overtaking(monkeypatch, snapshot, "take")

    def bring_in() -> object:
        return sheets.apply(actor=officer, batch_id=batch.id, confirm_new_units=False).counts

    def merge() -> object:
        take = ["name", "id_number"]
        return merging.merge_members(actor=officer, keep_id=keep.id, other_id=other.id, take=take)

    acts = (bring_in, merge) if is_import_first else (merge, bring_in)
    done = at_once(acts[0], race.overtake(acts[1]))
    counts, merged = done if is_import_first else reversed(done)
    assert isinstance(merged, Member), merged
    assert isinstance(counts, dict), counts
    assert (counts["changed"], counts["added"]) == (2, 1)
    assert not Member.objects.filter(pk=other.pk).exists()
    keep.refresh_from_db()
    assert (keep.name, value_of(keep, "id_number")) == ("韦志强", "522699198503071236")
    if told is CONTACT:
        assert set(Contact.objects.values_list("member__name", flat=True)) == {"黄秀兰", "韦志强"}
    else:
        assert value_of(Member.objects.get(name="黄秀兰"), "phone") == "19900000077"
        assert is_import_first or value_of(keep, "phone") == "19900000077"
    assert not list(check())
    assert verified()


def test_many_acts_leave_the_chain_whole(town: Cast) -> None:
    officer = town.actor("zhouhui")
    members = [town.weizhiqiang.id, town.huangxiulan.id, town.qinxiaoyan.id]

    def calls(means: str) -> Callable[[], object]:
        def run() -> object:
            for day in range(1, 6):
                for member_id in members:
                    contact.log_contact(
                        actor=officer, member_id=member_id, on=date(2026, 11, day), means=means
                    )
            return means

        return run

    assert at_once(*map(calls, ("phone", "wechat", "visit", "phone"))) == [
        "phone",
        "wechat",
        "visit",
        "phone",
    ]
    # The fourth said what the first said: every contact is there once.
    logged = Contact.objects.filter(on__startswith="2026-11-0")
    assert logged.count() == 3 * 5 * len(members)
    assert Fact.objects.filter(kind="contact.logged", on__gte=date(2026, 11, 1)).count() == logged.count()
    assert verified()
