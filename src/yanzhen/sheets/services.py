"""Acts on batches: hand a roster in, correct how it is read, import it, take the import back, drop it."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from yanzhen.kernel import clock
from yanzhen.kernel.actor import Actor
from yanzhen.kernel.errors import Conflict, DomainError
from yanzhen.kernel.paths import WIDTH
from yanzhen.ledger.acts import act, current
from yanzhen.ledger.facts import record
from yanzhen.org.models import Unit
from yanzhen.org.queries import unit_for
from yanzhen.sheets import columns, decisions, outcome, storage
from yanzhen.sheets.founding import Founding
from yanzhen.sheets.importing import Import
from yanzhen.sheets.models import APPLIED, UNDONE, Batch, BatchDecision, BatchState, Rule
from yanzhen.sheets.opening import ROSTER, Unrecognized, as_recognized, open_batch, recognize
from yanzhen.sheets.outcome import Outcome
from yanzhen.sheets.progress import Report
from yanzhen.sheets.queries import batch_for
from yanzhen.sheets.undoing import Undo


@act("sheets.import", facts=("sheets.batch.staged",))
def stage(*, actor: Actor, unit_id: UUID, file_name: str, data: bytes, sheet: str | None = None) -> Batch:
    """Hand a roster in for a unit and everything below it; nothing of it is imported yet. The file is kept sealed.

    Raises Unrecognized where the file is damaged, empty, locked or no roster. Several sheets that read like rosters
    are taken in: which one is meant is asked later (`correct`). Raises NotKept where the disk is full.
    """
    unit = unit_for(actor=actor, permission="sheets.import", unit_id=unit_id)
    batch = Batch(
        unit=unit,
        path=unit.path,
        file_name=file_name[-200:],
        sheet=sheet or "",
        handed_in_by=actor.id,
        handed_in_at=clock.now(),
    )
    try:
        roster = recognize(data, batch)
        batch.sheet = roster.sheet or ""
        columns.recall(batch, roster)
    except Unrecognized as refusal:
        if not refusal.sheets:
            raise
    batch.save(force_insert=True)
    record("sheets.batch.staged", unit=batch, subject_id=batch.id, batch=str(batch.id), file=batch.file_name)
    storage.keep(batch.id, ROSTER, data)
    return batch


@act("sheets.import", facts=("sheets.batch.corrected",))
def correct(
    *, actor: Actor, batch_id: UUID, fields: Mapping[str, str | None] | None = None, sheet: str | None = None
) -> Batch:
    """Say which sheet is meant, and what columns mean: letter to field key, None for no field. Corrections add up and
    hold for the committee's next roster with these headings; another sheet drops those made before, and every
    correction what was decided about rows. Raises Unrecognized where the roster cannot be read so."""
    batch = _locked(actor, batch_id, BatchState.STAGED)
    if sheet is not None and sheet != batch.sheet:
        batch.sheet, batch.fields = sheet, {}
        columns.recall(batch, as_recognized(batch))
    if fields:
        columns.correct(batch, as_recognized(batch), fields)
    open_batch(batch)
    if fields:
        columns.remember(batch, as_recognized(batch))
    batch.decisions.all().delete()
    batch.save(update_fields=["sheet", "fields", "recalled"])
    record(
        "sheets.batch.corrected", unit=batch, subject_id=batch.id, batch=str(batch.id), file=batch.file_name
    )
    return batch


@act("sheets.import", facts=("sheets.batch.recognized_anew",))
def recognize_anew(*, actor: Actor, batch_id: UUID) -> Batch:
    """Drop every correction of columns, of this roster and of those with the same headings before it."""
    batch = _locked(actor, batch_id, BatchState.STAGED)
    columns.forget(batch, as_recognized(batch))
    batch.decisions.all().delete()
    batch.save(update_fields=["fields", "recalled"])
    record(
        "sheets.batch.recognized_anew",
        unit=batch,
        subject_id=batch.id,
        batch=str(batch.id),
        file=batch.file_name,
    )
    return batch


@act("sheets.import", facts=("sheets.batch.decided",))
def decide(
    *,
    actor: Actor,
    batch_id: UUID,
    rule: str = "",
    rows: Mapping[int, str] | None = None,
    fields: Mapping[int, Mapping[str, str]] | None = None,
    every: Mapping[str, str] | None = None,
    units: Mapping[str, str] | None = None,
) -> list[int]:
    """Say before the import what happens where roster and base differ: by `rule` (`models.Rule`) for all rows, and for
    single rows by number: take, keep, skip, other, `same:` and the member's key, or "" for: not decided.

    `fields` decides single fields of rows, `every` a field for all rows: take, keep or "", by the keys of
    `comparing.parts`. `units` says which unit a name means that no unit bears: its key, or "" for: not decided;
    the committee's next rosters take it so. DomainError for anything else, and for a member or a unit outside the
    batch's unit. Returns the rows that are open all the same, since whom they were said to speak of has just become
    part of a registration out there.
    """
    batch = _locked(actor, batch_id, BatchState.STAGED)
    rows, fields, every, units = rows or {}, fields or {}, every or {}, units or {}
    decided = decisions.told(batch, rows, fields)
    if rule not in ("", *Rule.values):
        raise DomainError(_("没有这样的选择。"), field="rule")
    batch.rule = rule or batch.rule
    batch.field_rules = decisions.by_field({**batch.field_rules, **every}, "every")
    if units:
        batch.unit_names = decisions.by_name(batch, units)
        decisions.remember(batch, units)
    batch.save(update_fields=["rule", "field_rules", "unit_names"])
    batch.decisions.filter(row__in=[*rows, *fields]).delete()
    BatchDecision.objects.bulk_create(decided)
    record(
        "sheets.batch.decided",
        unit=batch,
        subject_id=batch.id,
        batch=str(batch.id),
        file=batch.file_name,
        rule=batch.rule,
        rows={str(row): choice for row, choice in rows.items()},
        fields={str(row): dict(told) for row, told in fields.items()},
        every=dict(every),
        units=dict(units),
    )
    kept = {it.row for it in decided if it.choice}
    return [row for row, choice in rows.items() if choice and row not in kept]


@act("sheets.import", facts=APPLIED)
def apply(
    *, actor: Actor, batch_id: UUID, confirm_new_units: bool, progress: Report | None = None
) -> Outcome:
    """Import a batch that was handed in: every acceptable row, all or nothing. Of a list of units, found the units.

    `confirm_new_units` is the officer's yes to founding the units that the roster names and the tree has not; without
    it a roster that names one is refused. `progress` hears the rows done and may stop it by raising
    `progress.Cancelled`. Raises Unrecognized, Conflict where the batch was imported or dropped before.
    """
    batch = _locked(actor, batch_id, BatchState.STAGED)
    current().batch_id = batch.id
    roster = open_batch(batch)
    importing: Import | Founding = (
        Founding(actor=actor, batch=batch, roster=roster)
        if roster.is_of_units
        else Import(actor=actor, batch=batch, roster=roster, today=clock.today())
    )
    if not confirm_new_units:
        importing.refuse_new_units()
    done = importing.run(progress)
    if not done.counts["rows"]:
        raise DomainError(_("花名册里没有一行是党员或者党组织，什么都没有导入。"), code="no_rows")
    batch.state, batch.applied_at, batch.counts = BatchState.APPLIED, clock.now(), dict(done.counts)
    batch.save(update_fields=["state", "applied_at", "counts"])
    record(
        APPLIED[roster.is_of_units],
        unit=batch,
        subject_id=batch.id,
        batch=str(batch.id),
        file=batch.file_name,
        units=list(done.new_units),
        founded=len(done.new_units),
        added=done.counts["added"],
        changed=done.counts["changed"],
        left_out=done.counts["left_out"],
    )
    outcome.keep(done)
    return done


@act("sheets.import", facts=UNDONE)
def undo(*, actor: Actor, batch_id: UUID) -> Batch:
    """Take an import back whole: whom it added goes, what it changed is as before, units it founded go where empty.

    Raises `undoing.InTheWay` with the later acts on these members, Conflict where the batch was not imported.
    """
    batch = _locked(actor, batch_id, BatchState.APPLIED)
    current().batch_id = batch.id
    counts = Undo(actor=actor, batch=batch).run()
    batch.state = BatchState.UNDONE
    if counts["without_group"]:
        batch.counts["without_group"] = counts["without_group"]
    batch.save(update_fields=["state", "counts"])
    record(
        UNDONE[batch.is_of_units],
        unit=batch,
        subject_id=batch.id,
        batch=str(batch.id),
        file=batch.file_name,
        units=counts["units"],
        added=counts["added"],
        changed=counts["changed"],
    )
    return batch


@act("sheets.import", facts=("sheets.batch.discarded",))
def discard(*, actor: Actor, batch_id: UUID) -> None:
    """Drop a batch that was never imported, and its file."""
    batch = _locked(actor, batch_id, BatchState.STAGED)
    batch.state = BatchState.DISCARDED
    batch.save(update_fields=["state"])
    record(
        "sheets.batch.discarded", unit=batch, subject_id=batch.id, batch=str(batch.id), file=batch.file_name
    )
    storage.forget(batch.id)


_STANDS = {
    BatchState.STAGED: _lazy("这份花名册还没有导入。"),
    BatchState.APPLIED: _lazy("这份花名册已经导入过了。"),
    BatchState.UNDONE: _lazy("这份花名册的导入已经撤销，需要时请重新上传。"),
    BatchState.DISCARDED: _lazy("这份花名册已经放弃，需要时请重新上传。"),
}


def _locked(actor: Actor, batch_id: UUID, state: BatchState) -> Batch:
    """The batch in `state`, its committee locked: two imports of one committee go one after the other, and the second
    finds whom the first one added."""
    batch = batch_for(actor=actor, permission="sheets.import", batch_id=batch_id)
    Unit.objects.select_for_update(no_key=True).get(path=batch.path[:WIDTH])
    batch.refresh_from_db(
        fields=["state", "sheet", "fields", "recalled", "rule", "field_rules", "unit_names", "counts"]
    )
    if batch.state != state:
        raise Conflict(str(_STANDS[BatchState(batch.state)]))
    return batch
