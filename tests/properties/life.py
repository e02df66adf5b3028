"""A town in which anything may happen in any order: the steps that the properties are played with.

A step is a few numbers. What it does to whom is read from them and from the town as it is by then, so that every
sequence can be played and a failing one shrinks to few small steps.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from tests.cast import TODAY, Cast
from tests.people.pictures import photograph
from yanzhen.contact.models import Means
from yanzhen.contact.queries import suggest
from yanzhen.contact.services import assign, assign_suggested, log_contact, name_contact_person, release
from yanzhen.kernel import clock
from yanzhen.kernel.actor import Actor
from yanzhen.kernel.errors import DomainError
from yanzhen.ledger.models import Fact
from yanzhen.mobility.models import Outcome
from yanzhen.mobility.services import decide_absence, record_return, report_arrival, report_departure
from yanzhen.org.models import Unit, UnitKind
from yanzhen.org.services import found_unit, rename_unit
from yanzhen.people.categories import begin_categories, categorize, end_category, set_for_category
from yanzhen.people.corrections import decide_correction, last_correction, propose_correction
from yanzhen.people.grouping import put_into_group
from yanzhen.people.models import Basis, Category, Member
from yanzhen.people.photos import remove_photo, set_photo
from yanzhen.people.responsibility import set_responsible
from yanzhen.people.services import add_member
from yanzhen.people.values import value_of
from yanzhen.policy.services import set_parameter
from yanzhen.reorganization.by_sheet import move_by_sheet, moves
from yanzhen.reorganization.merging import merge_members, split_members, take_back_apart, tell_apart
from yanzhen.reorganization.services import dissolve_unit, merge_units, move_members, move_unit, split_unit
from yanzhen.sheets.services import apply, stage, undo

PARAMETERS = (
    "contact.quarters",
    "contact.assign.days",
    "mobility.arrival.days",
    "mobility.mobile.months",
    "mobility.review.months",
)
HEADINGS = "姓名,性别,所在党支部,外出时间,外出地点,返回时间,是否为流动党员,联系人,最近联系时间,是否持有流动党员活动证"
Numbers = tuple[int, int, int]


@dataclass
class Town:
    """The cast, the day, the batches that were imported, and how many steps were not refused."""

    cast: Cast
    officer: Actor
    day: date = TODAY
    batches: list[UUID] = field(default_factory=list)
    done: int = 0

    def play(self, step: str, numbers: Numbers) -> None:
        """Do one step on the town's day; a refusal is an answer too and leaves everything as it was."""
        with clock.set_to(self.day):
            try:
                STEPS[step](self, *numbers)
                self.done += 1
            except DomainError:
                pass

    def member(self, number: int) -> Member:
        everybody = Member.objects.order_by("id")
        return everybody[number % everybody.count()]

    def earlier(self, days: int) -> date:
        return self.day - timedelta(days=days)


def written(day: date, precision: int) -> str:
    """The day at one of three precisions."""
    return day.isoformat()[: (10, 7, 4)[precision % 3]]


def add(town: Town, a: int, b: int, c: int) -> None:
    unit = (town.cast.qingshi, town.cast.liuhe)[b % 2]
    add_member(actor=town.officer, unit_id=unit.id, values={"name": f"新来{chr(0x4E00 + a)}"})


def depart(town: Town, a: int, b: int, c: int) -> None:
    report_departure(
        actor=town.officer,
        member_id=town.member(a).id,
        departed_on=written(town.earlier(b - 30), c),
        reason="务工",
        destination="浙江杭州",
    )


def arrive(town: Town, a: int, b: int, c: int) -> None:
    report_arrival(
        actor=town.officer,
        member_id=town.member(a).id,
        destination="浙江宁波",
        address=f"江北区{b}号",
        phone="19900000011",
        arrived_on=town.earlier(c),
    )


def return_(town: Town, a: int, b: int, c: int) -> None:
    record_return(actor=town.officer, member_id=town.member(a).id, returned_on=town.earlier(c))


def decide(town: Town, a: int, b: int, c: int) -> None:
    outcome = list(Outcome)[b % len(Outcome)]
    decide_absence(actor=town.officer, member_id=town.member(a).id, outcome=outcome, reason="支部讨论")


def contact(town: Town, a: int, b: int, c: int) -> None:
    log_contact(
        actor=town.officer,
        member_id=town.member(a).id,
        on=town.earlier(b),
        means=Means.PHONE,
        reached=bool(c % 3),
    )


def look_after(town: Town, a: int, b: int, c: int) -> None:
    member = town.member(a)
    person = name_contact_person(actor=town.officer, unit_id=member.unit_id, name=("陆芳", "石磊")[b % 2])
    assign(actor=town.officer, member_id=member.id, person_id=person.id)


def look_after_all(town: Town, a: int, b: int, c: int) -> None:
    proposed = suggest(actor=town.officer, unit_id=town.cast.town.id)
    pairs = [(one.member.id, one.person.id) for one in proposed.pairs]
    assign_suggested(actor=town.officer, unit_id=town.cast.town.id, pairs=pairs)


def let_go(town: Town, a: int, b: int, c: int) -> None:
    release(actor=town.officer, member_id=town.member(a).id)


def set_number(town: Town, a: int, b: int, c: int) -> None:
    set_parameter(
        actor=town.officer,
        unit=(town.cast.town, unit_of(town, b))[c % 2],
        key=PARAMETERS[a % len(PARAMETERS)],
        value=str(1 + b % 40),
        effective_from=town.earlier(c - 60),
        reason="试点",
    )


def wait(town: Town, a: int, b: int, c: int) -> None:
    town.day += timedelta(days=a)


def hand_in(town: Town, a: int, b: int, c: int) -> None:
    """A roster of two: somebody who is known, perhaps, and somebody new."""
    known = town.member(a)
    left, back, reached = written(town.earlier(b + 200), c), written(town.earlier(b), c + 1), town.earlier(c)
    rows = (
        f"{known.name},,{known.unit.name},{left},广东深圳,{'' if a % 3 else back},,陆芳,{reached},",
        f"远方{chr(0x4E00 + b)},男,柳河村党支部,{left if c % 2 else ''},,,{'否是'[b % 2]},,,{'是' if c % 3 else ''}",
    )
    batch = stage(
        actor=town.officer,
        unit_id=town.cast.town.id,
        file_name="花名册.csv",
        data="\n".join([HEADINGS, *rows]).encode(),
    )
    apply(actor=town.officer, batch_id=batch.id, confirm_new_units=True)
    town.batches.append(batch.id)


def take_back(town: Town, a: int, b: int, c: int) -> None:
    if town.batches:
        undo(actor=town.officer, batch_id=town.batches[a % len(town.batches)])


def correct(town: Town, a: int, b: int, c: int) -> None:
    """韦志强 proposes a correction, wherever his record has gone; some are decided."""
    himself = town.cast.actor("weizhiqiang")
    own = Member.objects.get(account_id=himself.id)
    if b % 3:
        propose_correction(actor=himself, member_id=own.id, values={"employer": f"第{b}茶厂"})
    found = last_correction(actor=himself, member_id=own.id)
    if found is not None and c % 2:
        decide_correction(
            actor=town.officer,
            member_id=own.id,
            proposal_id=found.id,
            accepted=bool(c % 3),
            reason="核对过",
        )


def sort(town: Town, a: int, b: int, c: int) -> None:
    """Somebody into one or two categories or out of all; or a category is called less often, as usual, or retired."""
    begin_categories(actor=town.officer, unit_id=town.cast.town.id)
    kept = list(Category.objects.filter(ended_on=None).order_by("place"))
    one = kept[b % len(kept)]
    if c % 4 == 0:
        set_for_category(
            actor=town.officer,
            category_id=one.id,
            key="contact.quarters",
            value=("2", "4", "")[a % 3],
            effective_from=town.earlier(b),
            reason="人在外地",
        )
    elif c % 11 == 0 and len(kept) > 2:
        end_category(actor=town.officer, category_id=one.id)
    else:
        into = [it.id for it in kept[b % len(kept) : b % len(kept) + c % 3]]
        categorize(actor=town.officer, wanted={town.member(a).id: into})


def join_twins(town: Town, a: int, b: int, c: int) -> None:
    take = [("phone", "employer", "name", "id_number")[it] for it in range(4) if c & 1 << it]
    keep, other = town.member(a), town.member(a + 1 + b % 2)
    merge_members(actor=town.officer, keep_id=keep.id, other_id=other.id, take=take)


def part_twins(town: Town, a: int, b: int, c: int) -> None:
    """Whoever was joined last is parted again, where nothing stands in the way."""
    joined = Fact.objects.filter(kind="people.members.merged").order_by("-id").first()
    if joined is not None and joined.member_id is not None:
        split_members(actor=town.officer, member_id=joined.member_id)


def say_two_people(town: Town, a: int, b: int, c: int) -> None:
    """Of two it is said that they are two people, or taken back."""
    told = tell_apart if c % 3 else take_back_apart
    told(actor=town.officer, one_id=town.member(a).id, other_id=town.member(a + 1 + b % 2).id)


def picture(town: Town, a: int, b: int, c: int) -> None:
    if c % 3:
        set_photo(
            actor=town.officer,
            member_id=town.member(a).id,
            data=photograph(size=(30, 40), colour=("teal", "navy")[b % 2]),
        )
    else:
        remove_photo(actor=town.officer, member_id=town.member(a).id)


def group(town: Town, a: int, b: int, c: int) -> None:
    """A group of somebody's branch is founded, renamed or ended; or he is put into one."""
    member = town.member(a)
    groups = list(Unit.objects.filter(kind=UnitKind.GROUP, parent=member.unit, ended_on=None).order_by("id"))
    one = groups[b % len(groups)] if groups else None
    if one is None or c % 5 == 0:
        found_unit(actor=town.officer, parent_id=member.unit_id, name=f"第{b % 4}党小组", kind=UnitKind.GROUP)
    elif c % 5 == 1:
        rename_unit(actor=town.officer, unit_id=one.id, name=f"第{b % 5}党小组")
    elif c % 5 == 2:
        dissolve_unit(actor=town.officer, unit_id=one.id, on=town.earlier(b % 3), reason="并组")
    else:
        put_into_group(actor=town.officer, unit_id=member.unit_id, member_ids=[member.id], group_id=one.id)


def answer_for(town: Town, a: int, b: int, c: int) -> None:
    basis = list(Basis)[b % len(Basis)]
    set_responsible(
        actor=town.officer, member_id=town.member(a).id, basis=basis, reason="离得近", on=town.earlier(c)
    )


def move_by_list(town: Town, a: int, b: int, c: int) -> None:
    """A sheet of one, who goes where it says."""
    member = town.member(a)
    row = f"姓名,手机号码,所在党支部\n{member.name},{value_of(member, 'phone')},{unit_of(town, b).name}"
    batch = stage(actor=town.officer, unit_id=town.cast.town.id, file_name="转移.csv", data=row.encode())
    expected = len(moves(actor=town.officer, batch_id=batch.id).moves)
    move_by_sheet(actor=town.officer, batch_id=batch.id, expected=expected)


def dissolve(town: Town, a: int, b: int, c: int) -> None:
    dissolve_unit(actor=town.officer, unit_id=unit_of(town, a).id, on=town.earlier(c - 1), reason="撤村")


def unit_of(town: Town, number: int) -> Unit:
    everywhere = Unit.objects.filter(parent__isnull=False).order_by("id")
    return everywhere[number % everywhere.count()]


def found(town: Town, a: int, b: int, c: int) -> None:
    parent = (town.cast.town, unit_of(town, b))[c % 2]
    found_unit(actor=town.officer, parent_id=parent.id, name=f"新建第{a}党支部", kind=UnitKind.BRANCH)


def move_a_unit(town: Town, a: int, b: int, c: int) -> None:
    to = (town.cast.town, unit_of(town, b))[c % 2]
    move_unit(actor=town.officer, unit_id=unit_of(town, a).id, to_id=to.id, on=town.earlier(c))


def merge(town: Town, a: int, b: int, c: int) -> None:
    merge_units(actor=town.officer, unit_id=unit_of(town, a).id, into_id=unit_of(town, b).id)


def move_some(town: Town, a: int, b: int, c: int) -> None:
    some = [town.member(a).id, town.member(a + c).id]
    move_members(actor=town.officer, member_ids=some, to_id=unit_of(town, b).id)


def split(town: Town, a: int, b: int, c: int) -> None:
    member = town.member(a)
    split_unit(
        actor=town.officer,
        unit_id=member.unit_id,
        member_ids=[member.id],
        name=f"新分第{b}党支部",
        kind=UnitKind.BRANCH,
    )


STEPS: dict[str, Callable[[Town, int, int, int], None]] = {
    step.__name__: step
    for step in (
        add,
        depart,
        arrive,
        return_,
        decide,
        contact,
        look_after,
        look_after_all,
        let_go,
        set_number,
        wait,
        hand_in,
        take_back,
        found,
        move_a_unit,
        merge,
        move_some,
        split,
        correct,
        sort,
        join_twins,
        say_two_people,
        picture,
        group,
        answer_for,
        move_by_list,
        dissolve,
        part_twins,
    )
}
