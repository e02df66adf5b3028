"""Figures as a workbook: exactly the table that the page shows."""

from __future__ import annotations

import io

import xlsxwriter
from django.utils.translation import gettext as _

from yanzhen.duties.registry import DUTIES
from yanzhen.oversight.queries import Figures, Row


def figures_xlsx(figures: Figures) -> bytes:
    """One sheet: a row for each unit right below, the sum at the end."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet(_("情况"))
        title, head = (
            book.add_format({"bold": True, "font_size": 14}),
            book.add_format({"bold": True, "bottom": 1}),
        )
        sheet.write_string(0, 0, figures.total.unit.name, title)
        sheet.write_string(1, 0, _("截至 %(day)s") % {"day": figures.today.isoformat()})
        for column, heading in enumerate(_headings()):
            sheet.write_string(3, column, heading, head)
        for at, row in enumerate([*figures.rows, figures.total], start=4):
            sheet.write_string(at, 0, _("合计") if row is figures.total else row.unit.name)
            for column, number in enumerate(_numbers(row), start=1):
                sheet.write_number(at, column, number)
        sheet.set_column(0, 0, 30)
        sheet.set_column(1, len(_headings()), 14)
        sheet.freeze_panes(4, 1)
    return out.getvalue()


def _headings() -> list[str]:
    overdue = [_("超期：%(duty)s") % {"duty": duty.label} for duty in DUTIES]
    return [_("党组织"), _("党员"), _("外出"), _("其中流动党员"), _("去向清楚"), _("本季度已联系"), *overdue]


def _numbers(row: Row) -> list[int]:
    return [row.members, row.away, row.mobile, row.known, row.contacted, *row.overdue.values()]
