"""A list of units (党组织名册): what is there already, what is to be founded below what; and founding it, whole."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice

from django.utils.translation import gettext as _

from yanzhen.kernel.actor import Actor
from yanzhen.kernel.errors import DomainError
from yanzhen.ledger.acts import current
from yanzhen.org import rules
from yanzhen.org.models import Unit, UnitKind
from yanzhen.org.services import NewUnit, found_units
from yanzhen.sheets.keeping import width_of
from yanzhen.sheets.models import Added, Batch, BatchAddition
from yanzhen.sheets.outcome import Outcome, RowReport
from yanzhen.sheets.places import Place, Places, Renamed
from yanzhen.sheets.plan import CHUNK, LOOKED_AT, Does
from yanzhen.sheets.progress import Report
from yanzhen.sheets.recognition import Problem, Roster, Row
from yanzhen.sheets.unit_names import kind_of

MOST = LOOKED_AT
"""Rows of one list of units: twice a county's. All of them are looked at together, for the page too."""
_NAME, _CODE = (width_of(Unit, name) or sys.maxsize for name in ("name", "code"))
# 第一党支部: every general branch has one, so the name alone says nothing.
_NUMBERED = re.compile(r"^第[一二三四五六七八九十\d]+(?:党?总?支部|党?小组)$")


@dataclass
class Listed:
    """One row of the list: a unit, the one it is to stand below, and whether it is there already. `former` are the
    former names of units that it bears, each with what that unit is called now."""

    row: Row
    name: str
    kind: UnitKind
    does: Does = Does.ADDS
    problems: list[Problem] = field(default_factory=list)
    place: Place | None = None
    above: Place | None = None
    code: str = ""
    former: dict[str, str] = field(default_factory=dict)

    @property
    def upper(self) -> str:
        """What the row says that it stands below."""
        return str(self.row.values.get("upper_unit", ""))

    @property
    def report(self) -> RowReport:
        """The row with what is wrong with it."""
        return RowReport(self.row.row, self.name, tuple(self.problems))


def plan(unit: Unit, rows: Sequence[Row]) -> list[Listed]:
    """What founding these units on a unit's ground would do; two queries. DomainError for more than `MOST` rows."""
    if len(rows) > MOST:
        raise DomainError(_("一次最多 %(n)d 行党组织，请分成几份。") % {"n": MOST})
    places = Places(unit, groups=True)
    listed = [_named(row) for row in rows]
    met: set[tuple[str, str]] = set()
    for one in listed:
        if one.does is Does.ADDS:
            _meet(one, places, met)
    kinds = {one.place: one.kind for one in listed if one.place}
    for one in listed:
        if one.does is not Does.STAYS_OUT:
            _stand(one, places, kinds)
    _leave_out_orphans(listed)
    _give_codes([one for one in listed if one.does is Does.ADDS])
    return listed


def listed_units(batch: Batch, roster: Roster) -> list[Listed]:
    """The same for a batch."""
    return plan(batch.unit, list(islice(roster.rows(), MOST + 1)))


def _named(row: Row) -> Listed:
    name, told = str(row.values.get("unit", "")), str(row.values.get("unit_kind", ""))
    # 其他 says no kind; then the name does.
    kind = kind_of(told) if "支部" in told or kind_of(told) != UnitKind.BRANCH else kind_of(name)
    one = Listed(row, name, UnitKind(kind), problems=list(row.problems))
    if not name:
        _keep_out(one, "unit", "required", _("没有写党组织的名称。"))
    elif len(name) > _NAME:
        _keep_out(one, "unit", "length", _("党组织的名称最多 %(n)d 个字。") % {"n": _NAME})
    return one


def _meet(one: Listed, places: Places, met: set[tuple[str, str]]) -> None:
    """Find the unit that the row names, or note that it is to be founded. `met` are the names of earlier rows, each
    with what it stands below."""
    if (one.name, one.upper) in met:
        _say_twice(one)
        return
    met.add((one.name, one.upper))
    found = places.find(one.name)
    if one.upper and (len(found) > 1 or _NUMBERED.match(one.name)):
        above = places.find(one.upper)
        found = {it for it in found if it.unit and _is_below(it.unit, above)}
    if len(found) > 1:
        which = "、".join(sorted(it.name for it in found))
        sentence = _("“%(name)s”可能是%(which)s，请写完整的名称。") % {"name": one.name, "which": which}
        _keep_out(one, "unit", "unknown_unit", sentence)
        return
    place = next(iter(found), None) or places.add(one.name)
    if place.unit is None and found:
        _say_twice(one)
        return
    one.place = place
    one.does = Does.NOTHING if place.unit else Does.ADDS
    _note(one, one.name, {place}, places)


def _note(one: Listed, written: str, found: set[Place], places: Places) -> None:
    if written and (called := places.renamed(written, found)):
        one.former[written] = called


def _say_twice(one: Listed) -> None:
    _keep_out(one, "unit", "duplicate_in_file", _("前面已有一行是同一个党组织。"))


def _stand(one: Listed, places: Places, kinds: dict[Place, UnitKind]) -> None:
    """Find what the unit is to stand below, among those of the tree and of the list."""
    upper = one.upper
    found = (places.find(upper) - {one.place}) if upper else {places.home}
    _note(one, upper, found, places)
    if one.does is Does.NOTHING:
        unit = one.place.unit if one.place else None
        if upper and found and unit and unit.parent_id and not _is_below(unit, found):
            told = {"kept": places.above(unit), "written": upper}
            sentence = _("在册的上级是“%(kept)s”，这里写的是“%(written)s”，没有改动。") % told
            one.problems.append(Problem("upper_unit", "conflict", sentence))
        return
    if len(found) != 1:
        told = {"upper": upper, "unit": places.home.name}
        sentence = _("上级“%(upper)s”不在“%(unit)s”里，也不在这份名册里，请写它现在的名称。") % told
        _keep_out(one, "upper_unit", "unknown_unit", sentence)
        return
    one.above = next(iter(found))
    below = one.above.unit.kind if one.above.unit else kinds.get(one.above, UnitKind.BRANCH)
    if not rules.fits(one.kind, below=below):
        _keep_out(one, "unit_kind", "conflict", str(rules.MISFIT))


def _is_below(unit: Unit, above: set[Place]) -> bool:
    return any(it.unit is not None and it.unit.id == unit.parent_id for it in above)


def _leave_out_orphans(listed: list[Listed]) -> None:
    """Whatever would stand below a row that stays out, or below itself, stays out too."""
    standing = {it.place for it in chain.from_iterable(by_level(listed))}
    for one in listed:
        if one.does is Does.ADDS and one.place not in standing:
            _keep_out(one, "upper_unit", "conflict", _("它的上级没有建立，所以它也没有。"))


def renamed(listed: Sequence[Listed]) -> tuple[Renamed, ...]:
    """The former names of units that the rows bear."""
    found: dict[str, Renamed] = {}
    for written, called in chain.from_iterable(one.former.items() for one in listed):
        found.setdefault(written, Renamed(written, called)).rows += 1
    return tuple(found.values())


def by_level(listed: Sequence[Listed]) -> Iterator[list[Listed]]:
    """Those that are to be founded and can be, a level of the tree at a time: each after the one it stands below."""
    waiting = [it for it in listed if it.does is Does.ADDS]
    founded: set[Place] = set()
    while waiting:
        ready = [it for it in waiting if it.above and (it.above.unit is not None or it.above in founded)]
        if not ready:
            return
        yield ready
        founded |= {it.place for it in ready if it.place}
        waiting = [it for it in waiting if it.place not in founded]


def _give_codes(listed: Sequence[Listed]) -> None:
    """The codes that are written, but for those that another unit has: its own number does instead."""
    wanted = {str(one.row.values["unit_code"]) for one in listed if one.row.values.get("unit_code")}
    taken = set(Unit.objects.filter(code__in=wanted).values_list("code", flat=True))
    for one in listed:
        code = str(one.row.values.get("unit_code", ""))
        if code in taken or len(code) > _CODE:
            sentence = _("代码“%(code)s”已经有党组织在用，或者太长，没有收进去。") % {"code": code}
            one.problems.append(Problem("unit_code", "conflict", sentence))
        elif code:
            one.code = code
            taken.add(code)


def _keep_out(one: Listed, at: str, code: str, sentence: str) -> None:
    one.does = Does.STAYS_OUT
    one.problems.append(Problem(at, code, sentence))


class Founding:
    """One list of units on its way into one unit, inside the act that `services.apply` is."""

    def __init__(self, *, actor: Actor, batch: Batch, roster: Roster) -> None:
        self._actor = actor
        self._batch = batch
        self._listed = listed_units(batch, roster)
        self._codes = {one.code for one in self._listed}

    def refuse_new_units(self) -> None:
        """Refuse where the list names units that are not in the tree: that is what it is for."""
        if names := [one.name for one in chain.from_iterable(by_level(self._listed))]:
            raise DomainError(
                _("名册里有 %(count)d 个党组织还没有建立：%(names)s。")
                % {"count": len(names), "names": "、".join(names)},
                code="unknown_unit",
                field="unit",
            )

    def run(self, report: Report | None) -> Outcome:
        """Found what is not there yet. `report` hears how far it is, and may stop it by raising."""
        founded: list[Listed] = []
        for level in by_level(self._listed):
            for start in range(0, len(level), CHUNK):
                founded += self._found(level[start : start + CHUNK])
                if report:
                    report(len(founded))
        BatchAddition.objects.bulk_create(
            BatchAddition(batch=self._batch, what=Added.UNIT, row_id=one.place.unit.id)
            for one in founded
            if one.place and one.place.unit
        )
        return Outcome(
            batch_id=self._batch.id,
            counts=counts(self._listed),
            new_units=tuple(one.name for one in founded),
            left_out=_reports(self._listed, out=True),
            with_problems=_reports(self._listed, out=False),
            notes=tuple(it.sentence for it in renamed(self._listed)),
        )

    def _found(self, level: Sequence[Listed]) -> Sequence[Listed]:
        wanted = [
            NewUnit(one.above.unit.id, one.name, one.kind, one.code)
            for one in level
            if one.above and one.above.unit
        ]
        founded = found_units(actor=self._actor, wanted=wanted, reserved=self._codes)
        for one, unit in zip(level, founded, strict=True):
            if one.place:
                one.place.unit = unit
        current().flush()
        return level


def counts(listed: Sequence[Listed]) -> dict[str, int]:
    """How many rows do what; `units` are those to be founded, and no member is added or changed."""
    out = sum(it.does is Does.STAYS_OUT for it in listed)
    same = sum(it.does is Does.NOTHING for it in listed)
    return {
        "rows": len(listed),
        "units": len(listed) - out - same,
        "added": 0,
        "changed": 0,
        "same": same,
        "left_out": out,
        "problems": len(_reports(listed, out=False)),
    }


def _reports(listed: Sequence[Listed], *, out: bool) -> tuple[RowReport, ...]:
    return tuple(it.report for it in listed if it.problems and (it.does is Does.STAYS_OUT) is out)
