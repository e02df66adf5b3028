"""A list of units handed in: what is missing in the tree is founded where the list says, and taken back by an undo."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from tests.sheets.books import workbook
from tests.sheets.conftest import Desk
from yanzhen.kernel.errors import DomainError
from yanzhen.ledger.facts import tell
from yanzhen.ledger.models import Fact
from yanzhen.org.models import Unit
from yanzhen.org.services import found_unit, rename_unit
from yanzhen.people.services import add_member
from yanzhen.sheets import founding, services
from yanzhen.sheets.correcting import correction_xlsx
from yanzhen.sheets.models import Batch
from yanzhen.sheets.outcome import Outcome
from yanzhen.sheets.preview import preview

HEADINGS = ["序号", "党组织名称", "党组织类别", "上级党组织", "党组织代码", "书记"]
LIST = (
    ["1", "东河村第一党支部", "党支部", "东河村党总支", "", "石磊"],
    ["2", "东河村党总支", "党总支", "", "QH-90", "卢芳"],
    ["3", "驻深圳流动党员党支部", "流动党员党支部", "青禾镇党委", "", ""],
    ["4", "青石村支部", "党支部", "", "", ""],
)


def hand_in(desk: Desk, *rows: list[str], headings: list[str] | None = None) -> Batch:
    return services.stage(
        actor=desk.officer,
        unit_id=desk.cast.town.id,
        file_name="党组织名册.xlsx",
        data=workbook(headings or HEADINGS, *rows),
    )


def carry(desk: Desk, batch: Batch) -> Outcome:
    return services.apply(actor=desk.officer, batch_id=batch.id, confirm_new_units=True)


def tree(desk: Desk) -> set[tuple[str, str, str]]:
    units = Unit.objects.filter(path__startswith=desk.cast.town.path).select_related("parent")
    return {(it.name, it.kind, it.parent.name if it.parent else "") for it in units}


def problems(desk: Desk, batch: Batch) -> list[tuple[int, str, str]]:
    seen = preview(actor=desk.officer, batch_id=batch.id)
    return [(one.row.row, it.field, it.code) for one in seen.units for it in one.problems]


def test_missing_units_are_founded_below_those_that_the_list_names_and_taken_back(desk: Desk) -> None:
    before, town = tree(desk), desk.cast.town.name
    done = carry(desk, hand_in(desk, *LIST))
    assert tree(desk) - before == {
        ("东河村党总支", "general_branch", town),
        ("东河村第一党支部", "branch", "东河村党总支"),
        ("驻深圳流动党员党支部", "mobile_unit", town),
    }
    assert Unit.objects.get(name="东河村党总支").code == "QH-90"
    assert (done.counts["units"], done.counts["same"], done.counts["left_out"]) == (3, 1, 0)
    fact = Fact.objects.get(kind="sheets.units.founded")
    assert "建立了 3 个党组织，0 行没有建立" in tell([fact])[0].sentence
    desk.undo(done)
    assert tree(desk) == before
    assert "撤掉 3 个党组织" in tell([Fact.objects.get(kind="sheets.units.taken_back")])[0].sentence


def test_a_unit_without_a_code_leaves_those_of_later_rows_alone(desk: Desk) -> None:
    rows = (
        ["1", "东河村党总支", "党总支", "", "", ""],
        ["2", "东河村第一党支部", "党支部", "东河村党总支", "001.03", ""],
    )
    carry(desk, hand_in(desk, *rows))
    codes = dict(Unit.objects.filter(name__startswith="东河村").values_list("name", "code"))
    assert codes == {"东河村党总支": "001.04", "东河村第一党支部": "001.03"}


def test_the_same_list_again_founds_nothing(desk: Desk) -> None:
    carry(desk, hand_in(desk, *LIST))
    before = tree(desk)
    assert carry(desk, hand_in(desk, *LIST)).counts["units"] == 0
    assert tree(desk) == before


def test_a_unit_that_was_used_stays_and_those_above_it(desk: Desk) -> None:
    done = carry(desk, hand_in(desk, *LIST))
    branch = Unit.objects.get(name="东河村第一党支部")
    add_member(actor=desk.officer, unit_id=branch.id, values={"name": "罗大山"})
    desk.undo(done)
    names = {name for name, _kind, _above in tree(desk)}
    assert {"东河村第一党支部", "东河村党总支"} <= names
    assert "驻深圳流动党员党支部" not in names


def test_numbered_branches_are_told_apart_by_what_they_stand_below(desk: Desk) -> None:
    rows = [
        [name, upper]
        for upper in ("红岩村党总支", "大坪村党总支")
        for name in (upper, "第一党支部", "第二党支部")
    ]
    rows = [[name, "" if name == upper else upper] for name, upper in rows]
    headings = ["党组织名称", "上级党组织"]
    done = carry(desk, hand_in(desk, *rows, headings=headings))
    assert done.counts["units"] == 6
    assert {above for name, _kind, above in tree(desk) if name == "第一党支部"} == {
        "红岩村党总支",
        "大坪村党总支",
    }
    assert carry(desk, hand_in(desk, *rows, headings=headings)).counts["same"] == 6


def test_what_cannot_be_founded_stays_out_and_is_said(desk: Desk) -> None:
    found_unit(
        actor=desk.officer, parent_id=desk.cast.town.id, name="高坡村党支部", kind="branch", code="GP-1"
    )
    batch = hand_in(
        desk,
        ["1", "东河村党支部", "", "不存在的党总支", "", ""],
        ["2", "西河村党支部", "", "", "GP-1", ""],
        ["3", "西河村支部", "", "", "", ""],
        ["4", "第一党小组", "党小组", "", "", ""],
        ["5", "河" * 101 + "党支部", "党支部", "", "", ""],
        ["6", "甲党总支", "", "乙党总支", "", ""],
        ["7", "乙党总支", "", "甲党总支", "", ""],
        ["8", "青石村党支部", "", "高坡村党支部", "", ""],
    )
    assert problems(desk, batch) == [
        (2, "upper_unit", "unknown_unit"),
        (3, "unit_code", "conflict"),
        (4, "unit", "duplicate_in_file"),
        (5, "unit_kind", "conflict"),
        (6, "unit", "length"),
        (7, "upper_unit", "conflict"),
        (8, "upper_unit", "conflict"),
        (9, "upper_unit", "conflict"),
    ]
    done = carry(desk, batch)
    assert done.new_units == ("西河村党支部",)
    assert done.counts == {
        "rows": 8, "units": 1, "added": 0, "changed": 0, "same": 1, "left_out": 6, "problems": 2,
    }  # fmt: skip


def test_a_list_without_anything_but_names(desk: Desk) -> None:
    done = carry(
        desk, hand_in(desk, ["1", "东河村党支部"], ["2", "西河村党支部"], headings=["序号", "党支部名称"])
    )
    assert done.new_units == ("东河村党支部", "西河村党支部")


def test_without_a_yes_and_with_too_many_rows_it_is_refused(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch, before = hand_in(desk, *LIST), tree(desk)
    with pytest.raises(DomainError, match="3 个党组织还没有建立"):
        services.apply(actor=desk.officer, batch_id=batch.id, confirm_new_units=False)
    monkeypatch.setattr(founding, "MOST", 3)
    with pytest.raises(DomainError, match="一次最多 3 行党组织"):
        carry(desk, batch)
    assert tree(desk) == before


def test_the_page_lists_them_and_lets_columns_be_corrected(desk: Desk, client: Client) -> None:
    client.force_login(desk.cast.account("zhouhui"), backend="django.contrib.auth.backends.ModelBackend")
    batch = hand_in(desk, *LIST)
    page = client.get(reverse("batch", args=[batch.id])).content.decode()
    assert "建立 3 个党组织" in page
    assert '<option value="upper_unit" selected>' in page
    assert "东河村第一党支部" in page
    client.post(reverse("batch_columns", args=[batch.id]), {"column-D": ""})
    page = client.get(reverse("batch", args=[batch.id])).content.decode()
    assert '<option value="upper_unit" selected>' not in page


def test_that_a_unit_was_found_by_its_former_name_is_said(desk: Desk, client: Client) -> None:
    """As in rosters of members: of the unit that the row is, and of the one that it is to stand below."""
    rename_unit(actor=desk.officer, unit_id=desk.cast.qingshi.id, name="青岩村党支部")
    rows = (
        ["1", "青石村党支部", "党支部", "", "", ""],
        ["2", "东岭党小组", "党小组", "青石村党支部", "", ""],
    )
    batch = hand_in(desk, *rows)
    told = "“青石村党支部”现在叫“青岩村党支部”，按“青岩村党支部”办（2 行）。"
    client.force_login(desk.cast.account("zhouhui"), backend="django.contrib.auth.backends.ModelBackend")
    assert told in client.get(reverse("batch", args=[batch.id])).content.decode()
    assert carry(desk, batch).notes == (told,)
    again = hand_in(desk, ["1", "青岩村党支部", "党支部", "", "", ""])
    assert preview(actor=desk.officer, batch_id=again.id).renamed == ()


@pytest.mark.parametrize("when", ["before", "after"])
def test_the_rows_that_need_work_go_out_and_come_in_again(desk: Desk, when: str) -> None:
    batch = hand_in(desk, *LIST, ["5", "西岭村党支部", "党支部", "西岭乡党委", "", ""])
    if when == "after":
        carry(desk, batch)
    content = correction_xlsx(actor=desk.officer, batch_id=batch.id)
    book = load_workbook(BytesIO(content))
    page = book["要改的行"]
    assert [[cell.value or "" for cell in row][1] for row in page.iter_rows(min_row=2)] == ["西岭村党支部"]
    page["D2"] = "青禾镇党委"
    target = BytesIO()
    book.save(target)
    again = services.stage(
        actor=desk.officer, unit_id=desk.cast.town.id, file_name="再来.xlsx", data=target.getvalue()
    )
    assert carry(desk, again).new_units == ("西岭村党支部",)


def test_what_a_list_costs_does_not_grow_with_its_rows(desk: Desk) -> None:
    """Three levels of five units and of sixty: the same queries to look, to found, to look again, to take back."""

    def queries(count: int, letter: str) -> list[int]:
        rows = [
            [
                "",
                f"{above}{letter}{number}村党总支",
                "党总支",
                f"{below}{letter}{number}村党总支" if below else "",
                "",
                "",
            ]
            for above, below in (("甲", ""), ("乙", "甲"), ("丙", "乙"))
            for number in range(count)
        ]
        batch = hand_in(desk, *rows)
        seen = []
        for step in (
            lambda: preview(actor=desk.officer, batch_id=batch.id),
            lambda: carry(desk, batch),
            lambda: preview(actor=desk.officer, batch_id=hand_in(desk, *rows).id),
            lambda: services.undo(actor=desk.officer, batch_id=batch.id),
        ):
            with CaptureQueriesContext(connection) as captured:
                step()
            seen.append(len(captured))
        return seen

    assert queries(60, "B") == queries(5, "A")
