"""The lists of the pages as sheets: for each its columns, what the page shows and in its order.

A sheet is Chinese whatever the pages speak: offices pass it on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from yanzhen.access.checks import visible
from yanzhen.access.fields import inside
from yanzhen.access.models import Appointment
from yanzhen.access.registry import ROLES
from yanzhen.contact.queries import Suggestion
from yanzhen.duties.queries import Item, everything_due
from yanzhen.duties.registry import DUTIES
from yanzhen.kernel.actor import Actor
from yanzhen.kernel.paths import Subtree
from yanzhen.ledger.facts import Entry
from yanzhen.mobility.models import Absence
from yanzhen.org.models import Unit
from yanzhen.oversight.lists import away as away_list
from yanzhen.oversight.queries import Figures, Row
from yanzhen.oversight.tree import Leaf
from yanzhen.people.models import Member
from yanzhen.policy.queries import Clause
from yanzhen.sheets.plan import CHUNK
from yanzhen.sheets.workbooks import Cell, Form, OutColumn
from yanzhen.web.templatetags.yanzhen import due, moment

Held = tuple[Unit, Appointment]
Matched = Suggestion | Member
Level = tuple[int, Leaf]
T = TypeVar("T")


def _fetched(absence: Absence, name: str) -> list[Any]:
    """What `oversight.lists.away` fetched with the member."""
    return list(getattr(absence.member, name))


def _kept_by(absence: Absence) -> Cell:
    return next((it.person.name for it in _fetched(absence, "kept_by")), "没有")


def _last_contact(absence: Absence) -> Cell:
    return next((str(it.last_done_on or "") for it in _fetched(absence, "contact_due")), "")


def _next_contact(absence: Absence) -> Cell:
    return next((due(it.due_on) for it in _fetched(absence, "contact_due")), "")


AWAY = (
    OutColumn[Absence]("姓名", lambda it: it.member.name, 10),
    OutColumn[Absence]("所在党支部", lambda it: it.member.unit.name, 24),
    OutColumn[Absence]("外出地点", lambda it: it.destination, 24),
    OutColumn[Absence]("住址", lambda it: "" if it.arrived_on else "待报告住址", 12),
    OutColumn[Absence]("外出日期", lambda it: it.departed_on, 12),
    OutColumn[Absence]("联系人", _kept_by, 10),
    OutColumn[Absence]("上次联系", _last_contact, 12),
    OutColumn[Absence]("下次联系", _next_contact, 14),
)
WORK = (
    OutColumn[Item]("姓名", lambda it: it.member.name, 10),
    OutColumn[Item]("所在党支部", lambda it: it.member.unit.name, 24),
    OutColumn[Item]("在哪里", lambda it: it.place, 24),
    OutColumn[Item]("要办的事", lambda it: str(it.duty.label), 20),
    OutColumn[Item]("到期日", lambda it: it.due_on.isoformat(), 12),
    OutColumn[Item]("还有多久", lambda it: due(it.due_on), 12),
    OutColumn[Item]("已报", lambda it: it.reported_to, 10),
    OutColumn[Item]("缘由", lambda it: it.reason, 36),
    OutColumn[Item]("规定", lambda it: it.clause, 36),
    OutColumn[Item]("出处", lambda it: it.source, 24),
)
SUGGESTED = (
    OutColumn[Matched]("姓名", lambda it: _member(it).name, 10),
    OutColumn[Matched]("所在党支部", lambda it: _member(it).unit.name, 24),
    OutColumn[Matched](
        "联系人", lambda it: it.person.name if isinstance(it, Suggestion) else "没有合适的人选", 16
    ),
    OutColumn[Matched]("理由", lambda it: it.reason if isinstance(it, Suggestion) else "", 60),
)
TIMELINE = (
    OutColumn[Entry]("日期", lambda it: it.fact.on.isoformat(), 12),
    OutColumn[Entry]("经过", lambda it: it.sentence, 90),
    OutColumn[Entry]("记下的时间", lambda it: moment(it.fact.at), 18),
)
STAFF = (
    OutColumn[Held]("党组织", lambda it: it[0].name, 24),
    OutColumn[Held]("姓名", lambda it: it[1].account.name, 10),
    OutColumn[Held]("职务", lambda it: str(ROLES[it[1].role].label), 14),
    OutColumn[Held]("用户名", lambda it: it[1].account.username),
    OutColumn[Held]("自何日起", lambda it: it[1].starts_on.isoformat(), 12),
    OutColumn[Held]("到何日", lambda it: str(it[1].ends_on or ""), 12),
)
RULES = (
    OutColumn[Clause]("规定", lambda it: str(it.parameter.label), 30),
    OutColumn[Clause]("现在是", lambda it: it.in_force.value, 10),
    OutColumn[Clause]("单位", lambda it: str(it.parameter.unit), 10),
    OutColumn[Clause]("怎么说", lambda it: str(it.in_force.text), 60),
    OutColumn[Clause]("出处", lambda it: str(it.in_force.source), 30),
)
UNITS = (
    OutColumn[Level]("党组织", lambda it: "　" * it[0] + it[1].unit.name, 40),
    OutColumn[Level]("类别", lambda it: it[1].unit.get_kind_display(), 14),
    OutColumn[Level]("编号", lambda it: it[1].unit.code, 14),
    OutColumn[Level]("党员", lambda it: it[1].members, 8),
    OutColumn[Level]("外出", lambda it: it[1].away, 8),
    OutColumn[Level]("人数要看一下", lambda it: "；".join(str(one.text) for one in it[1].sizes), 50),
)


@dataclass(frozen=True)
class Lines(Generic[T]):
    """A list as it is now: the lines, found once they are needed, of how many people on some ground they tell, and of
    a long list how many there are."""

    form: Form
    columns: Sequence[OutColumn[T]]
    rows: Callable[[], Iterable[T]]
    people: Callable[[Subtree], int]
    count: Callable[[], int] | None = None


def away(actor: Actor, chip: str) -> Lines[Absence]:
    """在外的, under a chip of the page."""
    found = away_list(actor=actor, chip=chip).filter(visible(actor, "sheets.export", member="member__"))
    return Lines(
        form=Form("外出与联系"),
        columns=AWAY,
        rows=lambda: found.iterator(chunk_size=CHUNK),
        people=lambda it: found.filter(inside(it.low)).count(),
        count=found.count,
    )


def work(actor: Actor, group: str) -> Lines[Item]:
    """要办的事, all pages of it, under a chip of the page."""
    found = everything_due(actor=actor, group=group or None, permission="sheets.export")
    return Lines(Form("要办的事"), WORK, found.items, found.people, found.count)


LONG: dict[str, Callable[[Actor, str], Lines[Any]]] = {"away": away, "work": work}
"""The lists that may be too long for a page to wait for, by the names that the worker knows them by."""


def _member(row: Matched) -> Member:
    return row.member if isinstance(row, Suggestion) else row


def branches(leaves: list[Leaf], level: int = 0) -> Iterator[Level]:
    """The units of a tree in its order, each with how deep it stands."""
    for leaf in leaves:
        yield level, leaf
        yield from branches(leaf.children, level + 1)


def figures_columns(figures: Figures) -> tuple[OutColumn[Row], ...]:
    """The table of figures: a row for each unit right below, the sum at the end."""

    def overdue(key: str) -> OutColumn[Row]:
        return OutColumn(f"超期：{DUTIES[key].label}", lambda it: it.overdue[key], 14)

    def whose(row: Row) -> Cell:
        return "合计" if row is figures.total else "直属" if row.is_direct else row.unit.name

    return (
        OutColumn("党组织", whose, 30),
        OutColumn("党员", lambda it: it.members, 10),
        OutColumn("外出", lambda it: it.away, 10),
        OutColumn("其中流动党员", lambda it: it.mobile, 10),
        OutColumn("去向清楚", lambda it: it.known, 10),
        OutColumn("本期已联系", lambda it: it.contacted, 10),
        *(overdue(duty.key) for duty in DUTIES),
    )


def figures_form(figures: Figures) -> Form:
    """The unit's name and the day above the table of figures."""
    return Form("情况", figures.total.unit.name, (f"截至 {figures.today.isoformat()}",))
