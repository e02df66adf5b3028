"""Lists out as .xlsx: every column under the heading that the import knows it by, so that a list comes in again."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from itertools import islice
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from yanzhen.kernel.actor import Actor
from yanzhen.kernel.errors import DomainError
from yanzhen.kernel.paths import Subtree
from yanzhen.ledger.acts import act
from yanzhen.ledger.facts import record
from yanzhen.org.queries import unit_for
from yanzhen.people.category_lists import names_of
from yanzhen.people.models import Member
from yanzhen.people.queries import members
from yanzhen.sheets.plan import CHUNK
from yanzhen.sheets.recognition import FIELDS
from yanzhen.sheets.records import records
from yanzhen.sheets.writing import written

_WIDTHS = {"id_number": 21, "name": 10, "gender": 6, "unit": 24, "home_address": 32, "note": 24}
_USUAL_WIDTH = 15  # characters
_SHEET = "党员名册"
_CATEGORIES = "个性化分类"  # to be read; no column of a roster, so that coming in again it changes nothing


@act("sheets.export", facts=("sheets.exported",))
def members_xlsx(
    *,
    actor: Actor,
    unit_id: UUID,
    reason: str,
    chosen: QuerySet[Member] | None = None,
    described: str = "",
) -> bytes:
    """The members of a unit and below as a workbook, sealed values in full: that it was made, and why, is a fact.

    `chosen` narrows and orders the list (of members that the actor may see), `described` says how in a few words.
    DomainError without a reason.
    """
    unit = unit_for(actor=actor, permission="sheets.export", unit_id=unit_id)
    if not reason.strip():
        raise DomainError(_("请写明导出的用途。"), field="reason")
    below = Subtree(unit.path)
    allowed = members(actor=actor, permission="sheets.export").filter(
        path__gte=below.low, path__lt=below.high
    )
    if chosen is None:
        chosen = Member.objects.order_by("path", "name_key")
    content, count = _workbook(chosen.filter(pk__in=allowed.values("pk")))
    record(
        "sheets.exported",
        unit=unit,
        subject_id=unit.id,
        count=count,
        filter=described or unit.name,
        reason=reason.strip(),
    )
    return content


def _workbook(chosen: QuerySet[Member]) -> tuple[bytes, int]:
    target, count = BytesIO(), 0
    with Workbook(target, {"constant_memory": True}) as book:
        sheet = book.add_worksheet(_SHEET)
        widths = [_WIDTHS.get(it.key, _USUAL_WIDTH) for it in FIELDS]
        headings = [*(it.label for it in FIELDS), _CATEGORIES]
        _headings(sheet, book.add_format({"bold": True}), headings, [*widths, _USUAL_WIDTH])
        for chunk in _chunks(chosen.select_related("unit")):
            known, sorted_into = records(chunk), names_of([member.id for member in chunk])
            for member in chunk:
                count += 1
                for column, field in enumerate(FIELDS):
                    value = known[member.id].get(field.key)
                    if value is not None:
                        sheet.write_string(count, column, written(field.key, value))
                sheet.write_string(count, len(FIELDS), "、".join(sorted_into[member.id]))
    return target.getvalue(), count


def _headings(sheet: Worksheet, bold: Format, headings: list[str], widths: list[int]) -> None:
    for column, (heading, width) in enumerate(zip(headings, widths, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, heading, bold)
    sheet.freeze_panes(1, 1)


def _chunks(chosen: QuerySet[Member]) -> Iterator[list[Member]]:
    found = chosen.iterator(chunk_size=CHUNK)
    while chunk := list(islice(found, CHUNK)):
        yield chunk
