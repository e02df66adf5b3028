"""The correction workbook: the rows of a roster that need work, in its own columns, with what is wrong marked in the
cells. Put right, it is handed in like any roster."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from io import BytesIO
from uuid import UUID

from django.utils.translation import gettext as _
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from yanzhen.kernel.actor import Actor
from yanzhen.ledger.acts import act
from yanzhen.ledger.facts import record
from yanzhen.sheets import outcome
from yanzhen.sheets.against import walk
from yanzhen.sheets.columns import PROBLEMS
from yanzhen.sheets.founding import listed_units
from yanzhen.sheets.models import Batch, BatchState
from yanzhen.sheets.opening import open_batch
from yanzhen.sheets.outcome import RowReport
from yanzhen.sheets.queries import batch_for
from yanzhen.sheets.recognition import ANY_FIELD, Problem, Roster, Row
from yanzhen.sheets.recognition.tables import column_index
from yanzhen.sheets.writing import written

_SHEET = "要改的行"
_WIDTH, _PROBLEMS_WIDTH = 15, 60  # characters
_YELLOW = "#FFF2B3"


@dataclass
class _Sheet:
    """The workbook while it is written."""

    page: Worksheet
    marked: Format
    columns: dict[int, str | None]  # by their place; the field each was taken for
    added: list[str]  # fields that the roster tells outside its columns, as a line above the people
    line: int = 0

    @property
    def problems_at(self) -> int:
        return max(self.columns, default=-1) + 1 + len(self.added)

    @property
    def places_added(self) -> list[tuple[int, str]]:
        return list(enumerate(self.added, start=self.problems_at - len(self.added)))


@act("sheets.import", facts=("sheets.batch.handed_back",))
def correction_xlsx(*, actor: Actor, batch_id: UUID) -> bytes:
    """The rows of the batch that need work, before its import or after. Without any, the headings alone."""
    batch = batch_for(actor=actor, batch_id=batch_id)
    roster = open_batch(batch)
    reports = _reports(batch, roster)
    columns = {column_index(it.letter): it.field for it in roster.columns}
    values = {row.row: row for row in roster.rows() if row.row in reports}
    has_unit_line = "unit" not in columns.values() and any("unit" in row.values for row in values.values())
    target = BytesIO()
    with Workbook(target, {"default_date_format": "yyyy-mm-dd"}) as book:
        sheet = _Sheet(
            book.add_worksheet(_SHEET),
            book.add_format({"bg_color": _YELLOW}),
            columns,
            ["unit"] if has_unit_line else [],
        )
        _write(sheet, roster, values, reports, book.add_format({"bold": True}))
    record(
        "sheets.batch.handed_back",
        unit=batch,
        subject_id=batch.id,
        batch=str(batch.id),
        file=batch.file_name,
        count=len(reports),
    )
    return target.getvalue()


def _reports(batch: Batch, roster: Roster) -> Mapping[int, RowReport]:
    if batch.state == BatchState.APPLIED:
        done = outcome.fetch(batch.id)
        return _by_row((*done.left_out, *done.with_problems))
    if roster.is_of_units:
        return _by_row(one.report for one in listed_units(batch, roster) if one.problems)
    return _by_row(
        RowReport(one.row.row, str(one.values.get("name", "")), tuple(one.told))
        for one in walk(batch)
        if one.told
    )


def _by_row(reports: Iterable[RowReport]) -> dict[int, RowReport]:
    """The reports by their rows; those of the people whom one row names together."""
    found: dict[int, RowReport] = {}
    for it in reports:
        before = found.get(it.row)
        found[it.row] = replace(before, problems=before.problems + it.problems) if before else it
    return found


def _write(
    sheet: _Sheet, roster: Roster, values: Mapping[int, Row], reports: Mapping[int, RowReport], bold: Format
) -> None:
    sheet.page.set_column(0, sheet.problems_at, _WIDTH)
    sheet.page.set_column(sheet.problems_at, sheet.problems_at, _PROBLEMS_WIDTH)
    above = roster.header_rows[0] - 1
    for top, left, bottom, right in roster.heading_regions():
        sheet.page.merge_range(top - above, left, bottom - above, right, "", bold)
    for number, cells in roster.source_rows({*roster.header_rows, *reports}):
        if number in roster.header_rows:
            for column, cell in enumerate(cells):
                _put(sheet, column, cell, bold)
            if number == roster.header_rows[-1]:
                for place, key in sheet.places_added:
                    _put(sheet, place, ANY_FIELD[key].label, bold)
                _put(sheet, sheet.problems_at, PROBLEMS, bold)
                sheet.page.freeze_panes(sheet.line + 1, 0)
        else:
            _person(sheet, list(cells), values.get(number), reports[number].problems)
        sheet.line += 1


def _person(sheet: _Sheet, cells: list[object], row: Row | None, problems: tuple[Problem, ...]) -> None:
    """One row as it was handed in; what merged cells and unit lines said of it is written out.

    Not in fields with several columns: lists side by side, choices to be ticked.
    """
    told = row.values if row else {}
    places = {key: column for column, key in sheet.columns.items() if key}
    wrong: dict[int, list[str]] = {}
    for problem in problems:
        if problem.field in places:
            wrong.setdefault(places[problem.field], []).append(problem.message)
    fields = list(sheet.columns.values())
    for column, key in sheet.columns.items():
        cell = cells[column] if column < len(cells) else ""
        if key in told and fields.count(key) == 1 and (cell in ("", None) or isinstance(cell, date)):
            cell = written(key, told[key])
        _put(sheet, column, cell, sheet.marked if column in wrong else None)
    for place, key in sheet.places_added:
        _put(sheet, place, written(key, told[key]) if key in told else "", None)
    for column, sentences in wrong.items():
        sheet.page.write_comment(sheet.line, column, "\n".join(sentences), {"author": _("雁阵")})
    _put(sheet, sheet.problems_at, "；".join(it.message for it in problems), None)


def _put(sheet: _Sheet, column: int, cell: object, look: Format | None) -> None:
    """A cell as it stood. Text stays text, whatever it looks like."""
    if isinstance(cell, bool):
        sheet.page.write_boolean(sheet.line, column, cell, look)
    elif isinstance(cell, int | float):
        sheet.page.write_number(sheet.line, column, cell, look)
    elif isinstance(cell, date):
        sheet.page.write_string(sheet.line, column, cell.isoformat()[:10], look)
    elif cell not in ("", None) or look is not None:
        sheet.page.write_string(sheet.line, column, str(cell or ""), look)
