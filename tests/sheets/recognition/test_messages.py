"""What is said beside a cell that cannot be taken: what to write instead, in the reader's language."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from tests.sheets.recognition.layouts.writing import Cell
from tests.sheets.recognition.test_structures import opened
from yanzhen.sheets.recognition.fields import FIELDS
from yanzhen.sheets.recognition.messages import sentence
from yanzhen.sheets.recognition.outcome import Bad


@pytest.mark.parametrize(
    ("heading", "right", "written", "told"),
    [
        ("出生日期", "1980-07-01", "七月", "出生日期“七月”看不懂，请写成 2010-07-01 这样的日期。"),
        ("党费交至年月", "2026-09", "春节", "党费交至年月“春节”看不懂，请写成 2010-07 这样的年月。"),
        ("手机号码", "19900001111", "问家人", "手机号码“问家人”看不懂，请写 11 位手机号码。"),
        ("手机号码", "19900001111", "1990000", "手机号码“1990000”位数不对，请写 11 位手机号码。"),
        (
            "联系人电话",
            "19900001111",
            "问家人",
            "联系人电话“问家人”看不懂，请写 11 位手机号码，或带区号的固定电话。",
        ),
        ("公民身份号码", "", "5226", "公民身份号码“5226”位数不对，请写 18 位公民身份号码。"),
        ("年龄", "45", "不小", "年龄“不小”看不懂，请核对，写成 45 这样的整数。"),
        (
            "电子邮箱",
            "name@example.com",
            "没开通@",
            "电子邮箱“没开通@”看不懂，请写成 name@example.com 这样的邮箱。",
        ),
        ("性别", "男", "X", "性别“X”不在可用的选项里，请写“男”或“女”。"),
        ("是否为流动党员", "是", "可能", "是否为流动党员“可能”不在可用的选项里，请写“是”或“否”。"),
        ("人员类别", "正式党员", "群众", "人员类别“群众”不在可用的选项里，请写“正式党员”或“预备党员”。"),
        ("民族", "布依族", "汉簇", "民族“汉簇”不在可用的选项里，请写民族全称，如“布依族”。"),
    ],
)
def test_the_form_of_the_field_is_named(heading: str, right: str, written: str, told: str) -> None:
    others: list[list[Cell]] = [[name, "双溪村党支部", right] for name in ("李水生", "赵小满", "周文")]
    _roster, rows, _skipped = opened(
        [
            ["姓名", "所在党支部", heading],
            ["王桐林", "双溪村党支部", written],
            *others,
        ]
    )
    assert [it.message for it in rows[0].problems] == [told]


def test_in_english() -> None:
    with override("en"):
        assert sentence("birth_on", Bad("format"), written="七月").endswith(
            "cannot be understood; please write a date like 2010-07-01."
        )
        assert sentence("phone", Bad("length"), written="1990000").endswith(
            "please write a mobile number of 11 digits."
        )
        assert sentence("is_lost", Bad("unknown_value"), written="可能").endswith("please write 是 or 否.")


@pytest.mark.parametrize("code", ["format", "length", "unknown_value"])
def test_every_field_has_a_whole_sentence(code: str) -> None:
    """Also a tick beside a choice of a field that takes any word (外出流向)."""
    for field in FIELDS:
        assert "，请" in sentence(field.key, Bad(code), written="？")
