"""Headings that no rule knows are read by the wordings of many offices."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tooling import learning
from yanzhen.sheets.recognition import columns, evidence, likeness
from yanzhen.sheets.recognition.fields import FIELD_BY_KEY

# Written by a hand that never saw the corpus; never learned from.
HELD_OUT = learning.read_lines(Path(__file__).parent / "held_out.jsonl")
# What is seen once only is not learned.
EXAMPLES = 2 * [
    learning.Example(["外", "出", "时"], "departed_on"),
    learning.Example(["离", "开", "时"], "departed_on"),
    learning.Example(["入", "党", "时"], "joined_on"),
    learning.Example(["血", "型"], likeness.NOTHING),
]


def fields_of(sheet: Mapping[str, Any]) -> list[str | None]:
    """What each column of a list of the corpus is read as."""
    seen = {at: evidence.gather(it["values"]) for at, it in enumerate(sheet["columns"])}
    heads = {at: tuple(it["parts"]) for at, it in enumerate(sheet["columns"])}
    found = columns.assign(heads, seen, today=learning.TODAY, way=learning.way(sheet))
    return [column.field for column in found]


def test_headings_of_another_hand_are_read() -> None:
    """98 of 100 when this was written; the rules alone read 85."""
    read = sum(fields_of(sheet)[-1] in sheet["columns"][-1]["fields"] for sheet in HELD_OUT)
    assert read / len(HELD_OUT) >= 0.96


def test_few_headings_that_are_nothing_are_taken_for_something() -> None:
    nothing = [sheet for sheet in HELD_OUT if sheet["columns"][-1]["fields"] == [None]]
    assert len(nothing) > 100
    assert sum(fields_of(sheet)[-1] is not None for sheet in nothing) / len(nothing) < 0.05


def test_the_weights_are_those_of_the_corpus() -> None:
    """After a change of the corpus: `python dev.py learn`."""
    for of in ("columns", "lists"):
        kept = (learning.WEIGHTS / f"likeness_of_{of}.tsv").read_text("utf-8")
        assert kept.splitlines()[0] == learning.digest()


def test_the_corpus_means_what_there_is() -> None:
    parts = (learning.OFFICIAL, learning.LISTS, learning.HEADINGS)
    for sheet in (sheet for name in parts for sheet in learning.read_lines(learning.CORPUS / name)):
        assert sheet["way"] in ("in", "out", "all")
        for column in sheet["columns"]:
            assert column["parts"], sheet["title"]
            assert {field for field in column["fields"] if field} <= set(FIELD_BY_KEY), column


@pytest.mark.parametrize(
    ("signs", "meaning"),
    [
        (["离", "开"], "departed_on"),
        (["入", "党", "时"], "joined_on"),
        (["血"], likeness.NOTHING),
        (["身", "高"], likeness.NOTHING),
    ],
)
def test_signs_speak_for_what_they_stood_for(signs: list[str], meaning: str) -> None:
    spoken = likeness.spoken_for(learning.learn(EXAMPLES), signs)
    assert max(spoken, key=spoken.__getitem__, default=likeness.NOTHING) == meaning


def test_signs_that_nobody_knows_say_nothing() -> None:
    assert likeness.spoken_for(learning.learn(EXAMPLES), ["身", "高"]) == {}


@pytest.mark.parametrize(
    ("values", "field"),
    [(["2020", "2019.3", "2018年", "2021"], "departed_on"), (["记不清", "很久以前", "没写", "同上"], None)],
)
def test_a_heading_with_a_form_is_not_likened_over_other_values(values: list[str], field: str | None) -> None:
    people = {"parts": ["姓名"], "values": ["王芳", "李敏", "赵立", "石磊"]}
    left = {"parts": ["毕业离校的日子"], "values": values}
    assert fields_of({"way": "out", "columns": [people, left]}) == ["name", field]


PHONES, ONE_PHONE = [f"1990000000{at}" for at in range(4)], ["19900000009"] * 4


@pytest.mark.parametrize(
    ("headings", "values", "fields"),
    [
        (["手机", "联系电话"], [PHONES, ONE_PHONE], ["phone", None]),
        (["工作单位", "现工作单位"], [["县医院"], ["某公司"]], ["employer", "host_employer"]),
        (["住址", "现住址"], [["青石村3组"], ["某路1号"]], ["home_address", "destination_address"]),
    ],
)
def test_of_two_columns_that_sound_alike_one_has_the_field_and_the_other_what_else_it_means(
    headings: list[str], values: list[list[str]], fields: list[str | None]
) -> None:
    people = {"parts": ["姓名"], "values": ["王芳", "李敏", "赵立", "石磊"]}
    two = [{"parts": [it], "values": below} for it, below in zip(headings, values, strict=True)]
    assert fields_of({"way": "out", "columns": [people, *two]}) == ["name", *fields]
