"""What the officer decided about a batch before it is imported: one rule for all, and fields, rows, fields of rows
otherwise."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.utils.translation import gettext as _

from yanzhen.access.fields import inside
from yanzhen.kernel.errors import DomainError
from yanzhen.kernel.paths import WIDTH
from yanzhen.ledger.joining import ever_left, part_of
from yanzhen.org.models import Unit, UnitKind
from yanzhen.people.columns import COLUMNS, Value
from yanzhen.people.models import Member
from yanzhen.sheets.comparing import ABSENCE, Values, filling, goes_on, parts
from yanzhen.sheets.keeping import width_of
from yanzhen.sheets.models import Batch, BatchDecision, Choice, KnownUnitName, Rule

_NAME = width_of(KnownUnitName, "written") or sys.maxsize


@dataclass(frozen=True)
class Decision:
    """What was decided about one row; `member_id` is whom it speaks of, where it is SAME. `fields` are decided one by
    one: take or keep, by the keys of `comparing.parts`."""

    choice: Choice | None = None
    member_id: UUID | None = None
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Decisions:
    """The rule, the fields that are decided otherwise for all rows, the rows that were decided one by one; and which
    units the names mean that no unit bears, as was said of this batch, and `known` from rosters before."""

    rule: Rule = Rule.TAKE
    fields: Mapping[str, str] = field(default_factory=dict)
    rows: Mapping[int, Decision] = field(default_factory=dict)
    units: Mapping[str, UUID] = field(default_factory=dict)
    known: Mapping[str, UUID] = field(default_factory=dict)

    def changes(self, row: int, differences: Values, known: Values) -> dict[str, Value]:
        """Those of a row's differences that go in. What is said of a field of the row goes first, then what is said of
        the row, then of the field, then the rule."""
        rule = self._rule(row)
        taken = filling(differences, known) if rule is Rule.FILL else dict(differences)
        if rule is Rule.KEEP:
            taken = {}
        for name, part in parts(differences, known).items():
            said = self._said(row, name)
            if said == Rule.TAKE:
                taken |= part
            elif said == Rule.KEEP:
                taken = {key: value for key, value in taken.items() if key not in part}
        return _whole(taken, differences, known)

    def _rule(self, row: int) -> Rule:
        decided = self.rows.get(row)
        return Rule(decided.choice) if decided and decided.choice in (Choice.TAKE, Choice.KEEP) else self.rule

    def _said(self, row: int, name: str) -> str:
        decided = self.rows.get(row, Decision())
        if decided.choice in (Choice.TAKE, Choice.KEEP):
            return decided.fields.get(name, "")
        return decided.fields.get(name) or self.fields.get(name, "")


def _whole(taken: dict[str, Value], differences: Values, known: Values) -> dict[str, Value]:
    """What is said of an absence that goes on says that it does; alone that is no change."""
    of_absence = {key for key in taken if key in ABSENCE}
    if all(taken[key] == known.get(key) for key in of_absence):
        return {key: value for key, value in taken.items() if key not in of_absence}
    return taken | {"is_mobile": True} if goes_on(differences, known) else taken


def decisions(batch: Batch) -> Decisions:
    """All that was decided about the batch, in two queries. Who was merged into another meanwhile is that one."""
    rows = batch.decisions.values_list("row", "choice", "member_id", "fields")
    left = ever_left([key for _row, _choice, key, _fields in rows])
    decided = {
        row: Decision(Choice(choice) if choice else None, part_of(key) if key in left else key, fields)
        for row, choice, key, fields in rows
    }
    units = {written: UUID(key) for written, key in batch.unit_names.items()}
    known = dict(KnownUnitName.objects.filter(path=batch.path[:WIDTH]).values_list("written", "unit_id"))
    return Decisions(Rule(batch.rule), batch.field_rules, decided, units, known)


def told(
    batch: Batch, rows: Mapping[int, str], fields: Mapping[int, Mapping[str, str]]
) -> list[BatchDecision]:
    """The rows as they are decided now, to be stored in place of those before; what is not said anew of a row stays.
    Whoever was merged into another is that one; where that one is outside the batch's unit, the row is open again.

    DomainError for a choice that there is not, and for a member outside the batch's unit.
    """
    asked = {*rows, *fields}
    kept = {it.row: it for it in batch.decisions.filter(row__in=asked)}
    made = []
    for row in sorted(asked):
        before = kept.get(row, BatchDecision())
        choice, member_id = (
            _chosen(batch, row, rows[row]) if row in rows else (before.choice, before.member_id)
        )
        said = by_field(fields[row], f"field-{row}") if row in fields else before.fields
        if choice or said:
            made.append(BatchDecision(batch=batch, row=row, choice=choice, member_id=member_id, fields=said))
    return made


def by_field(said: Mapping[str, str], place: str) -> dict[str, str]:
    """Take or keep by field, what is not decided left out. DomainError for anything else."""
    for key, choice in said.items():
        if key not in COLUMNS or choice not in ("", Rule.TAKE, Rule.KEEP):
            raise DomainError(_("没有这样的选择。"), field=f"{place}-{key}")
    return {key: choice for key, choice in said.items() if choice}


def by_name(batch: Batch, said: Mapping[str, str]) -> dict[str, str]:
    """The units by the names that mean them, as they are decided now, names left out of which nothing is said any
    more. DomainError for a unit that no member of the batch's ground can be in."""
    named = Unit.objects.filter(inside(batch.path), pk__in=filter(None, map(_key, said.values())))
    named = named.filter(ended_on__isnull=True).exclude(kind=UnitKind.GROUP)
    there = set(map(str, named.values_list("pk", flat=True)))
    for written, key in said.items():
        if key and (key not in there or not 0 < len(written) <= _NAME):
            raise DomainError(_("没有找到，或者不在您管理的范围内。"), field=f"unit-{written}")
    return {written: key for written, key in {**batch.unit_names, **said}.items() if key}


def remember(batch: Batch, said: Mapping[str, str]) -> None:
    """Take these names so in the committee's next rosters; those forgotten of which nothing is said any more."""
    root = batch.path[:WIDTH]
    KnownUnitName.objects.filter(path=root, written__in=said).delete()
    KnownUnitName.objects.bulk_create(
        KnownUnitName(path=root, written=written, unit_id=key) for written, key in said.items() if key
    )


def _key(said: str) -> UUID | None:
    try:
        return UUID(said)
    except ValueError:
        return None


def _chosen(batch: Batch, row: int, said: str) -> tuple[str, UUID | None]:
    word, _colon, key = said.partition(":")
    try:
        choice, member_id = Choice(word) if word else "", UUID(key) if key else None
    except ValueError:
        raise DomainError(_("没有这样的选择。"), field=f"row-{row}") from None
    if (choice == Choice.SAME) != bool(key):
        raise DomainError(_("没有这样的选择。"), field=f"row-{row}")
    stays = part_of(member_id) if member_id else None
    if stays is None or Member.objects.filter(inside(batch.path), pk=stays).exists():
        return choice, stays
    if stays != member_id:
        return "", None
    raise DomainError(_("没有找到，或者不在您管理的范围内。"), field=f"row-{row}")
