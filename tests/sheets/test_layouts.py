"""The official layouts: the headings that offices expect, filled from the base, and read back as nothing new."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.cast import TODAY, send_away
from tests.sheets.books import id_number
from tests.sheets.conftest import Desk
from tests.sheets.test_export import FULL
from yanzhen.ledger.models import Fact
from yanzhen.mobility.services import record_return, report_departure
from yanzhen.org.models import UnitKind
from yanzhen.org.services import found_unit
from yanzhen.people.columns import Value
from yanzhen.people.models import Member
from yanzhen.people.services import add_member
from yanzhen.sheets import services
from yanzhen.sheets.against import comparison
from yanzhen.sheets.export import members_xlsx
from yanzhen.sheets.layouts import LAYOUTS
from yanzhen.sheets.plan import Sort
from yanzhen.sheets.recognition import open_roster

# Columns that are for the eye or the pen.
WITHOUT_FIELD = {"个性化分类", "序号", "党组织类型", "接收单位性质类别"}
PEOPLE: list[dict[str, Value]] = [
    FULL,
    {
        "name": "罗大山",
        "lost_on": "2024",
        "is_lost": True,
        "departed_on": "2025",
        "returned_on": "2026-02",
        "direction": "省外",
        "has_certificate": True,
    },
    {  # namesakes, of two branches; neither has a number
        "name": "王芳",
        "unit": "青石村党支部",
        "birth_on": "1990-05-06",
        "departed_on": "2026-01",
        "destination": "浙江省杭州市",
        "annual_income": "5万元",
    },
    {
        "name": "王芳",
        "unit": "柳河村党支部",
        "birth_on": "1971",
        "joined_on": "1995-06-30",
        "departed_on": "2025-12-03",
        "destination": "美国",
        "has_certificate": False,
    },
    {"name": "石 敏", "unit": "柳河村党支部", "id_number": id_number("19700101", 1), "age": 40, "note": "无"},
]


@pytest.fixture
def town(desk: Desk) -> Desk:
    """Everybody whom a layout can trip over: away, back, lost, with a certificate, of one name with somebody else."""
    send_away(desk.cast)
    desk.bring_in(*PEOPLE)
    return desk


def out(desk: Desk, layout: str) -> bytes:
    return members_xlsx(actor=desk.officer, unit_id=desk.cast.town.id, reason="上报县委", layout=layout)


def sheet(content: bytes) -> Worksheet:
    found = load_workbook(BytesIO(content)).active
    assert isinstance(found, Worksheet)
    return found


@pytest.mark.parametrize("layout", [it.key for it in LAYOUTS])
def test_what_goes_out_in_a_layout_is_known_when_it_comes_in(town: Desk, layout: str) -> None:
    content = out(town, layout)
    roster = open_roster(content, "", today=TODAY)
    unread = {it.heading for it in roster.columns if it.field is None}
    assert {it.rpartition("/")[2] for it in unread} <= WITHOUT_FIELD
    count = Member.objects.filter(LAYOUTS[layout].who).count()
    assert count > 4
    rows = list(roster.rows())
    assert [it for row in rows for it in row.problems] == []
    assert {it.reason for it in roster.skipped} <= {"title", "unit"}

    batch = services.stage(actor=town.officer, unit_id=town.cast.town.id, file_name="名册.xlsx", data=content)
    counts = comparison(actor=town.officer, batch_id=batch.id, sort=Sort.SAME).counts
    assert {sort: number for sort, number in counts.items() if number} == {Sort.SAME: count}
    done = services.apply(actor=town.officer, batch_id=batch.id, confirm_new_units=False)
    assert done.counts == {
        "rows": count,
        "added": 0,
        "changed": 0,
        "same": count,
        "left_out": 0,
        "problems": 0,
    }


@pytest.mark.parametrize("layout", [it.key for it in LAYOUTS])
def test_branches_of_one_name_are_told_apart(desk: Desk, layout: str) -> None:
    """Every general branch has its 第一党支部, and one of them a namesake without a number in each."""
    for name in ("清水片区党总支", "兴隆产业园党总支"):
        above = found_unit(
            actor=desk.officer, parent_id=desk.cast.town.id, name=name, kind=UnitKind.GENERAL_BRANCH
        )
        first = found_unit(actor=desk.officer, parent_id=above.id, name="第一党支部", kind=UnitKind.BRANCH)
        added = add_member(actor=desk.officer, unit_id=first.id, values={"name": "王芳"})
        report_departure(
            actor=desk.officer,
            member_id=added.id,
            departed_on="2026-03-01",
            reason="务工",
            destination="广东省深圳市",
        )
    content = out(desk, layout)
    batch = services.stage(actor=desk.officer, unit_id=desk.cast.town.id, file_name="名册.xlsx", data=content)
    counts = comparison(actor=desk.officer, batch_id=batch.id, sort=Sort.SAME).counts
    assert {sort for sort, number in counts.items() if number} == {Sort.SAME}


HEADINGS = {
    "a": "序号 姓名 所在党支部 公民身份证号 性别 民族 出生日期 学历 人员类别 加入党组织日期 转为正式党员日期 工作岗位"
    " 手机号 固定电话 家庭住址 党籍状态 是否为失联党员 失去联系日期 是否为流动党员 外出流向",
    "b": "姓名 性别 出生年月 文化程度 外出时间 外出地点 流动党员联系电话 正式组织关系所在支部 支部联系电话",
    "c": "序号 姓名 性别 年龄 文化程度 家庭人口 外出务工情况/何时外出 外出务工情况/地点 外出务工情况/从事职业及年收入"
    " 与党组织联系方式 思想状况 备注",
    "d": "用户 公民身份号码 所属组织机构 原职业 外出流向 流出时间 流出省份 流出原因"
    " 是否持有《中国共产党流动党员活动证》 组织关系状态",
    "e": "姓名 公民身份号码 流出日期 外出流向 是否持有流动党员活动证 流动党员活动证编号 流入单位 流入单位党组织联系人"
    " 流入单位党组织联系方式 党组织类型 外出原因",
    "f": "姓名 性别 公民身份号码 参加工作时间 人员状态 接收单位性质类别 是否持活动证 结束流动日期",
}


@pytest.mark.parametrize("layout", HEADINGS)
def test_headings_are_those_that_offices_expect(town: Desk, layout: str) -> None:
    roster = open_roster(out(town, layout), "", today=TODAY)
    found = [it.heading for it in roster.columns]
    wanted = HEADINGS[layout].split()
    assert [it if layout == "c" else it.rpartition("/")[2] for it in found] == wanted
    assert len(roster.header_rows) == {"a": 4, "c": 2}.get(layout, 1)


def test_a_form_prints_as_a_form(town: Desk) -> None:
    page = sheet(out(town, "a"))
    assert page["A1"].value == "党员基本信息汇总表"
    assert page["A2"].value == "填报单位：云岭县青禾镇党委　　填报时间：2026年11月23日"
    merged = {str(it) for it in page.merged_cells.ranges}
    assert {"A1:T1", "A2:T2", "A3:L3", "A4:H4", "I4:L4", "M3:O3", "M4:M6", "P3:T3"} <= merged
    assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 9)
    assert page.print_title_rows == "$3:$6"
    assert page.oddFooter
    assert page.oddFooter.center.text == "第 &P 页，共 &N 页"
    assert page.sheet_properties.pageSetUpPr is not None
    born = next(row[6] for row in page.iter_rows(min_row=7) if row[1].value == "阿依古丽·买买提")
    assert str(born.value) == "1988-03-09 00:00:00"
    assert born.number_format == 'yyyy"年"mm"月"dd"日"'


def test_branches_stand_between_the_members_of_a_list_without_them(town: Desk) -> None:
    column = [row[0].value for row in sheet(out(town, "c")).iter_rows(min_row=5)]
    lines = [it for it in column if isinstance(it, str)]
    assert lines == ["党支部：青石村党支部", "党支部：柳河村党支部", "党支部：大坪村党支部"]
    assert [it for it in column if isinstance(it, int)] == list(range(1, 6))


def test_the_fact_counts_whom_the_layout_is_about(town: Desk) -> None:
    out(town, "b")
    assert Fact.objects.get(kind="sheets.exported").data["count"] == 5


TYPED = st.sampled_from(
    [
        "华强电子厂",
        "=1+1",
        "一厂\n二车间",
        "１２３厂",
        "a/b",
        "2026-03",
        "0012",
        "张三、李四",
        "三组 二队",
        "本科",
        "是",
    ]
)
DATES = st.sampled_from(["1999", "2010-07", "2010-07-01"])
SOMEBODY = st.fixed_dictionaries(
    {"name": st.sampled_from(["农 一", "阿依古丽•买买提", "欧阳修文", "Li Ming"])},
    optional={
        "gender": st.sampled_from(["male", "female"]),
        "birth_on": st.sampled_from(["1985", "1985-03", "1985-03-07"]),
        "age": st.integers(20, 60),
        "phone": st.just("19900000031"),
        "is_lost": st.booleans(),
        "household_size": st.integers(1, 9),
        "annual_income": st.sampled_from(["5万元", "50000"]),
        **dict.fromkeys(("education", "degree", "employer", "position", "occupation", "note"), TYPED),
        **dict.fromkeys(("home_address", "thought_note", "membership_status", "wechat"), TYPED),
        **dict.fromkeys(("joined_on", "converted_on", "started_work_on", "lost_on"), DATES),
    },
)


@given(
    layout=st.sampled_from([it.key for it in LAYOUTS]),
    people=st.lists(SOMEBODY, min_size=1, max_size=3, unique_by=lambda it: str(it["name"])),
    back=st.booleans(),
)
@settings(
    max_examples=20,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_whatever_was_typed_reads_back(
    desk: Desk, layout: str, people: list[dict[str, Value]], back: bool
) -> None:
    """Also of who has but a name, and of words that a roster would have been read as others."""
    before = transaction.savepoint()
    try:
        for number, values in enumerate(people):
            added = add_member(actor=desk.officer, unit_id=desk.cast.qingshi.id, values=values)
            report_departure(
                actor=desk.officer,
                member_id=added.id,
                departed_on="2026-03",
                reason="务工",
                destination=("广东省深圳市", "厂里", "美国")[number],
            )
            if back and not number:
                record_return(actor=desk.officer, member_id=added.id, returned_on=TODAY)
        batch = services.stage(
            actor=desk.officer, unit_id=desk.cast.town.id, file_name="名册.xlsx", data=out(desk, layout)
        )
        counts = comparison(actor=desk.officer, batch_id=batch.id, sort=Sort.SAME).counts
        assert {sort for sort, number in counts.items() if number} <= {Sort.SAME}
    finally:
        transaction.savepoint_rollback(before)
